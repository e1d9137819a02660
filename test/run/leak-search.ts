import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findForbidden } from '../sandbox/virtual-card/forbidden.ts';
import { parseLog } from '../sandbox/virtual-card/log.ts';
import type { Needle } from './secrets.ts';

export interface Hit {
  readonly file: string;
  readonly offset: number;
  readonly needle: Pick<Needle, 'whose' | 'what' | 'form'>;
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) return [];
  if (found.isFile()) return [path];
  if (!found.isDirectory()) return [];
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

/** The first three bytes of a needle as a number: every needle is longer. */
const prefixAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);

/**
 * Where each needle first stands in `content`. One pass for all of them: thousands of needles and hundreds of megabytes would take minutes
 * one by one. A bit for every three bytes says whether a needle begins so; only there is compared.
 */
function createFinder(needles: readonly Needle[]): (content: Buffer) => Map<Needle, number> {
  const begins = new Uint8Array(1 << 21);
  const byPrefix = new Map<number, Needle[]>();
  for (const needle of needles) {
    if (needle.bytes.length < 3) throw new Error(`${needle.what}: too short to be looked for`);
    const prefix = prefixAt(needle.bytes, 0);
    begins[prefix >> 3] = (begins[prefix >> 3] ?? 0) | (1 << (prefix & 7));
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), needle]);
  }
  return (content) => {
    const found = new Map<Needle, number>();
    for (let at = 0; at + 3 <= content.length; at++) {
      const prefix = prefixAt(content, at);
      if (((begins[prefix >> 3] ?? 0) & (1 << (prefix & 7))) === 0) continue;
      for (const needle of byPrefix.get(prefix) ?? []) {
        const { bytes } = needle;
        if (!found.has(needle) && content.compare(bytes, 0, bytes.length, at, Math.min(content.length, at + bytes.length)) === 0)
          found.set(needle, at);
      }
    }
    return found;
  };
}

/** Searches every file below the given folders, whatever its kind: database, WAL, log, browser profile. */
export async function searchFor(
  needles: readonly Needle[],
  folders: readonly string[],
): Promise<{ hits: Hit[]; files: number; bytes: number }> {
  const files = (await Promise.all(folders.map(filesBelow))).flat();
  const find = createFinder(needles);
  const hits: Hit[] = [];
  let bytes = 0;
  for (const file of files) {
    const content = await readFile(file);
    bytes += content.length;
    for (const [{ whose, what, form }, offset] of find(content)) hits.push({ file, offset, needle: { whose, what, form } });
  }
  return { hits, files: files.length, bytes };
}

/** Reads every card log below the folders and returns the commands that no kiosk of ours may send (invariant 7). */
export async function forbiddenCommands(folders: readonly string[]): Promise<{ commands: number; forbidden: string[] }> {
  const files = (await Promise.all(folders.map(filesBelow))).flat().filter((file) => file.endsWith('.apdu.jsonl'));
  const forbidden: string[] = [];
  let commands = 0;
  for (const file of files) {
    const entries = parseLog(await readFile(file, 'utf8'));
    commands += entries.filter((entry) => entry.event === 'apdu').length;
    forbidden.push(...findForbidden(entries).map((found) => `${file}: ${JSON.stringify(found)}`));
  }
  return { commands, forbidden };
}
