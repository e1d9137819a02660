import type { Copies } from './copies.ts';
import { waitingOf } from './heads.ts';
import { holdsPayload, readHeader, type WaitingRow } from './rows.ts';
import type { Statements } from './statements.ts';

export interface DueLimits {
  readonly items: number;
  readonly bytes: number;
  /** Rows that are on their way already. */
  readonly except?: ReadonlySet<number>;
}

/** A due time further ahead than any back-off comes from a clock that jumped. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** A row that is tried alone waits for hours: a longer wait than this comes from a clock. */
const LONGEST_ALONE_MS = 12 * 3_600_000;

/** `bad`: something in the row, or its payload, is not what was written. */
export type Read = { readonly row: WaitingRow } | { readonly bad: number } | null;

export function readWaiting(sql: Statements, seq: number): Read {
  const raw = sql.header.get(seq);
  if (raw === undefined) return null;
  const header = readHeader(raw);
  if (header === null) return { bad: seq };
  const { id, kind, receipt, attempts, state, alone } = header;
  if (state !== 'pending' && state !== 'sending') return null;
  const sealed: unknown = sql.sealed.get(seq);
  if (typeof sealed !== 'string' || sealed === '' || !holdsPayload(header, sealed)) return { bad: seq };
  return { row: { seq, id, kind, receipt, sealed, attempts, state, alone: alone === 1 } };
}

/** Places of rows that may be sent now: first rows of their receipts, and what stands behind them and is due as well. */
function* placesDue(sql: Statements, now: number, most: number): Generator<{ seq: number; receipt: string }> {
  const isDue = (at: number) => at <= now || at > now + LONGEST_WAIT_MS;
  const heads = sql.places.due(now, most);
  if (heads.length < most) heads.push(...sql.places.tooFar(now + LONGEST_WAIT_MS, most - heads.length));
  let left = most - heads.length;
  for (const { seq, receipt } of heads) {
    yield { seq, receipt };
    if (left <= 0) continue;
    for (const { seq: behind, next_attempt } of waitingOf(sql, receipt, seq, left)) {
      if (!isDue(next_attempt)) break;
      left -= 1;
      yield { seq: behind, receipt };
    }
  }
}

/** `bad`: places of rows that are to be mended. `misled`: an index leads to a row that is not there: the file as a whole cannot be trusted. */
export interface Due {
  readonly rows: WaitingRow[];
  readonly bad: number[];
  readonly misled: boolean;
}

const nothing: Due = { rows: [], bad: [], misled: false };

/**
 * Rows to send now, each checked against its own hashes.
 * @param apart places that are not to be read now
 * @param readRow `readWaiting`
 */
export function dueRows(
  { sql }: Copies,
  now: number,
  { items, bytes, except = new Set() }: DueLimits,
  apart: ReadonlySet<number>,
  readRow: typeof readWaiting,
): Due {
  const rows: WaitingRow[] = [];
  const bad: number[] = [];
  /** A receipt whose row is missing here stops: its later rows wait for it. */
  const held = new Set<string>();
  let size = 0;
  for (const { seq, receipt } of placesDue(sql, now, items + except.size + apart.size)) {
    if (rows.length >= items) break;
    if (except.has(seq)) held.add(receipt);
    if (held.has(receipt)) continue;
    const read = apart.has(seq) ? { bad: seq } : readRow(sql, seq);
    // The index names a row that is not there, or does not wait.
    if (read === null) return { rows: [], bad: [], misled: true };
    if ('bad' in read) {
      held.add(receipt);
      if (!apart.has(seq)) bad.push(seq);
      continue;
    }
    const { row } = read;
    // Behind the first row of a receipt may stand one that goes alone, since the first was released by staff: not with others, and not before its time.
    if (row.alone) {
      held.add(receipt);
      continue;
    }
    size += row.sealed.length;
    if (rows.length > 0 && size > bytes) break;
    rows.push(row);
  }
  if (rows.length > 0 || bad.length > 0) return { rows: rows.sort((a, b) => a.seq - b.seq), bad, misled: false };
  return dueAlone(sql, now, except, apart, readRow);
}

/** A row at which the platform fails is tried by itself, when nothing else is due. */
function dueAlone(
  sql: Statements,
  now: number,
  except: ReadonlySet<number>,
  apart: ReadonlySet<number>,
  readRow: typeof readWaiting,
): Due {
  const next = sql.nextOf('nextAlone');
  if (next === null) return nothing;
  const place = sql.places.alone(next > now + LONGEST_ALONE_MS ? next : now);
  if (place === null || apart.has(place.seq) || except.has(place.seq)) return nothing;
  const read = readRow(sql, place.seq);
  if (read === null) return { ...nothing, misled: true };
  if ('bad' in read) return { ...nothing, bad: [read.bad] };
  return { ...nothing, rows: [read.row] };
}

/** Epoch ms at which the next row is due; null: nothing waits. @param now epoch ms */
export function nextDue(sql: Statements, now: number): number | null {
  const next = sql.nextOf('nextDue');
  const alone = sql.nextOf('nextAlone');
  const times = [
    ...(next === null ? [] : [Math.min(next, now + LONGEST_WAIT_MS)]),
    ...(alone === null ? [] : [Math.min(alone, now + LONGEST_ALONE_MS)]),
  ];
  return times.length === 0 ? null : Math.max(now, Math.min(...times));
}
