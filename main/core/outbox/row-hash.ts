import { hash } from 'node:crypto';
import type Database from 'better-sqlite3';

/** SHA-256 of a sealed payload, 32 bytes. */
export const payloadHash = (sealed: string): Buffer => hash('sha256', sealed, 'buffer');

/**
 * A row's own hash: over everything that names it and over its payload's hash. State, attempts and due time are not in it: they change, and
 * a wrong one costs a delivery that the platform knows already.
 * @param at epoch ms of the commit @returns 32 bytes
 */
export function rowHash(seq: number, id: string, kind: string, receipt: string, at: number, payload: Uint8Array): Buffer {
  const text = [seq, id, kind, receipt, at, Buffer.from(payload).toString('hex')].join('\n');
  return hash('sha256', text, 'buffer');
}

/** Gives SQL the two hashes, for the migration of rows that had none. */
export function addHashFunctions(db: Database.Database): void {
  db.function('sha256', { deterministic: true }, (text: unknown) => payloadHash(String(text)));
  db.function('row_hash', { deterministic: true }, (seq, id, kind, receipt, at, payload) =>
    rowHash(Number(seq), String(id), String(kind), String(receipt), Number(at), payload as Uint8Array),
  );
}
