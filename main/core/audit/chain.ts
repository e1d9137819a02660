import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../contract/staff.ts';

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

export type Unhashed = Omit<AuditEntry, 'hash'>;

/**
 * SHA-256 over the hash before and the entry's own fields, in a fixed order and as JSON, so that no two entries have the same bytes.
 * @returns 64 hex digits
 */
export function linkHash(before: string, { seq, at, role, key, action, outcome }: Unhashed): string {
  const text = JSON.stringify(['madoguchi-audit-1', before, seq, at, role, key, action, outcome]);
  return createHash('sha256').update(text).digest('hex');
}

/** A place in the chain: the last entry that was looked at, and its hash. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}
export const BEGINNING: Link = { seq: 0, hash: GENESIS };

export type ChainState =
  | { readonly state: 'whole'; readonly checked: number }
  | { readonly state: 'broken'; readonly at: number };

/**
 * Follows the chain from a link that holds (from its beginning where none is given). `rows`: those after it as stored, in order; what is
 * not an entry is null.
 *
 * What it shows: any entry that was changed, taken out, put in or moved, and, by `head` (the last link, kept apart from the entries),
 * an end that was cut off. What no chain can show by itself: that somebody with the rights of the core wrote the whole of it anew, head
 * included. Against that helps only a link that left the kiosk in time: every export of the log holds one, and so does the kiosk's
 * daily log.
 * @returns the first entry that does not hold
 */
export function followChain(rows: Iterable<AuditEntry | null>, head: Link, from: Link = BEGINNING): ChainState {
  let before = from.hash;
  let expected = from.seq + 1;
  for (const row of rows) {
    if (row === null || row.seq !== expected || row.hash !== linkHash(before, row)) return { state: 'broken', at: expected };
    before = row.hash;
    expected += 1;
  }
  const last = expected - 1;
  if (head.seq > last) return { state: 'broken', at: expected };
  if (head.seq !== last || head.hash !== before) return { state: 'broken', at: Math.max(1, last) };
  return { state: 'whole', checked: last };
}
