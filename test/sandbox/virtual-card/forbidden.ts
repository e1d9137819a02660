import { readFileSync } from 'node:fs';
import { type LogEntry, parseLog } from './log.ts';

/**
 * Reads a card's log and names every command outside invariant 7: JPKI application only, of it the files 0006, 0008,
 * 000A, 000B, 0017 and 0018, the authentication PIN and the authentication key. Written apart from the kiosk's own
 * allow-list and from the card: it judges by the commands alone.
 */
export interface Forbidden {
  /** Position in the log, 0 = the first entry. */
  readonly index: number;
  readonly card: string;
  readonly command: string;
  readonly why: string;
}

const JPKI = 'D392F000260100000001';
const readable = ['0006', '0008', '000A', '000B'];
const selectable = [...readable, '0017', '0018'];

interface Place {
  inJpki: boolean;
  /** Current EF, four hex digits. */
  file: string | null;
}

const byReference = (p: number): string => (p & 0x1f).toString(16).toUpperCase().padStart(4, '0');

/** The body of a short or extended command with data, as hex; a masked body comes out as asterisks. */
const bodyOf = (command: string): string => {
  const lc = Number.parseInt(command.slice(8, 10), 16);
  return lc === 0 && command.length > 14
    ? command.slice(14, 14 + Number.parseInt(command.slice(10, 14), 16) * 2)
    : command.slice(10, 10 + lc * 2);
};

function judgeSelect(place: Place, command: string, done: boolean): string | null {
  const p1 = command.slice(4, 6);
  const body = bodyOf(command);
  if (p1 === '04') {
    if (body !== JPKI) return 'selects another application';
    if (done) Object.assign(place, { inJpki: true, file: null });
    return null;
  }
  if (p1 !== '02' || !selectable.includes(body)) return 'selects a file outside the list';
  if (!place.inJpki) return 'selects a file outside the JPKI application';
  if (done) place.file = body;
  return null;
}

/** A command on the file that `reference` names (80: the current one). */
function judgeUse(place: Place, reference: number, allowed: readonly string[], what: string): string | null {
  const file = (reference & 0x1f) === 0 ? place.file : byReference(reference);
  if ((reference & 0xe0) !== 0x80) return `${what} by an unknown reference`;
  if (!place.inJpki) return `${what} outside the JPKI application`;
  place.file = file;
  return file !== null && allowed.includes(file) ? null : `${what} ${file ?? 'no selected file'}`;
}

function judge(place: Place, command: string, sw: string | null): string | null {
  const p1 = Number.parseInt(command.slice(4, 6), 16);
  const p2 = Number.parseInt(command.slice(6, 8), 16);
  switch (command.slice(0, 4)) {
    case '00A4':
      return judgeSelect(place, command, sw === '9000');
    case '00B0':
      return judgeUse(place, Math.max(p1, 0x80), readable, 'reads');
    case '0020':
      return p1 === 0 ? judgeUse(place, p2, ['0018'], 'verifies or asks') : 'VERIFY with other parameters';
    case '802A':
      return p1 === 0 ? judgeUse(place, p2, ['0017'], 'signs with') : 'signature with other parameters';
    case '00C0':
      return null; // GET RESPONSE: transport of the reply to an allowed command
    default:
      return 'a command outside the list';
  }
}

/** @returns every forbidden command, in order; empty = the log is clean (look at the number of commands too). */
export function findForbidden(entries: readonly LogEntry[]): Forbidden[] {
  const places = new Map<string, Place>();
  const hits: Forbidden[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry.event !== 'apdu') {
      // Laid on, taken off, switched or reset: nothing is selected.
      places.delete(entry.card);
      continue;
    }
    const place = places.get(entry.card) ?? { inJpki: false, file: null };
    places.set(entry.card, place);
    const why = judge(place, entry.command, entry.sw);
    if (why !== null) hits.push({ index, card: entry.card, command: entry.command, why });
  }
  return hits;
}

/** `node forbidden.ts LOG...`: exit 0 clean, 1 a hit, 2 nothing to judge (no file, or no command in them). */
function main(paths: readonly string[]): number {
  const logs = paths.map((path) => ({ path, entries: parseLog(readFileSync(path, 'utf8')) }));
  const commands = logs.flatMap(({ entries }) => entries).filter(({ event }) => event === 'apdu').length;
  const hits = logs.flatMap(({ path, entries }) => findForbidden(entries).map((hit) => ({ path, ...hit })));
  for (const { path, index, command, why } of hits) console.log(`${path}:${index + 1}: ${command}: ${why}`);
  console.log(`${logs.length} logs, ${commands} commands, ${hits.length} outside the allow-list`);
  if (commands === 0) return 2;
  return hits.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
