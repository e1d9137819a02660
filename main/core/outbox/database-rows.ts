import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/submission.ts';
import { type FileRow, isUnsent } from './file-row.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { RowState } from './rows.ts';

const whole = z.number().int();
const text = z.string().nullable().catch(null);
const bytes = z.instanceof(Uint8Array).nullable().catch(null);
const Found = z.object({
  seq: whole,
  id: SubmissionId.nullable().catch(null),
  kind: SubmissionKind.nullable().catch(null),
  receipt: ReceiptNumber.nullable().catch(null),
  state: RowState.nullable().catch(null),
  created_at: whole.nullable().catch(null),
  attempts: whole.min(0).catch(0),
  settled_at: whole.nullable().catch(null),
  reference: text,
  code: text,
  sealed: z.string().min(1).nullable().catch(null),
  hash: bytes,
  row_hash: bytes,
});
type Found = z.infer<typeof Found>;

const NAMES = 'seq, id, kind, receipt, state, created_at, attempts, settled_at, reference, code';
/** Before any kiosk wrote one, the stored file of version 1 had no hash of its payload. */
const SHA256_BYTES = 32;
/** Places of a gap that are tried one by one, before steps grow: damage can name any place. */
const NEAR = 200;
/** Behind them each step is longer by this part: a page of rows is hardly jumped over, and the end of all numbers is a few hundred steps away. */
const GROWTH = 0.05;
/** In all gaps together; after these the steps double. */
const MOST_STEPS = 5000;
const LAST_PLACE = 2 ** 42;
/** Behind a long gap it is looked back so often, by so many places: a page that can be read may stand between two that cannot. */
const LOOKS_BACK = 50;
const BACK = 8;
/** Steps between two turns: each may cost a tenth of a millisecond. */
const STEPS_A_TURN = 20;

/** Columns as this file has them, whatever version wrote it. */
interface Shape {
  /** Since version 3 a row has a hash over what names it. */
  readonly ownHash: boolean;
  readonly hashes: string;
  /** Since version 4 the payload stands in a table of its own. */
  readonly sealed: string;
}

function canPrepare(db: Database.Database, sql: string): boolean {
  try {
    db.prepare(sql);
    return true;
  } catch {
    return false;
  }
}

function shapeOf(db: Database.Database): Shape {
  const ownHash = canPrepare(db, 'SELECT row_hash FROM outbox');
  const apart = canPrepare(db, 'SELECT seq, sealed FROM payload');
  return {
    ownHash,
    hashes: ownHash ? 'hash, row_hash' : 'hash, NULL AS row_hash',
    sealed: apart ? '(SELECT sealed FROM payload WHERE payload.seq = outbox.seq) AS sealed' : 'sealed',
  };
}

/** Whether a table of rows can be seen in the file. */
export function showsRows(db: Database.Database): boolean {
  return canPrepare(db, `SELECT ${NAMES}, hash, ${shapeOf(db).sealed} FROM outbox NOT INDEXED WHERE seq > ?`);
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

function fileRow(raw: unknown, { ownHash }: Shape): FileRow {
  const { created_at: at, settled_at: settledAt, hash, row_hash, sealed, ...found }: Found = Found.parse(raw);
  const { seq, id, kind, receipt, state } = found;
  const intact = sealed !== null && hash !== null && (hash.length !== SHA256_BYTES || same(hash, payloadHash(sealed)));
  const row = { ...found, at, settledAt, sealed: intact ? sealed : null };
  if (id === null || kind === null || receipt === null || state === null || at === null || hash === null)
    return { ...row, named: false, good: false };
  const named = !ownHash || (row_hash !== null && same(row_hash, rowHash(seq, id, kind, receipt, at, hash)));
  return { ...row, named, good: named && (intact || (sealed === null && !isUnsent(found))) };
}

/** @param jumped places were passed over of which not each was tried */
export type OnGap = (jumped: boolean) => void;

/**
 * In the order of the queue; jumps over what cannot be read, so that damage takes no more than what lies on it. Null: a turn of work without a row,
 * after which a caller that serves a screen as well may pause.
 */
export function* readRows(db: Database.Database, gap: OnGap): Generator<FileRow | null> {
  const shape = shapeOf(db);
  const all = db.prepare(`SELECT ${NAMES}, ${shape.hashes}, ${shape.sealed} FROM outbox NOT INDEXED WHERE seq >= ? ORDER BY seq`);
  const bare = [`${shape.hashes}, NULL AS sealed`, 'NULL AS hash, NULL AS row_hash, NULL AS sealed'].map((rest) =>
    db.prepare(`SELECT ${NAMES}, ${rest} FROM outbox NOT INDEXED WHERE seq = ?`),
  );
  const gaps = new Gaps(db, gap);
  let last = 0;
  for (;;) {
    try {
      for (const raw of all.iterate(last + 1)) {
        const row = fileRow(raw, shape);
        // A damaged tree leads back to where it came from: gone round for ever, if it were followed.
        if (row.seq <= last) throw new Error('the order of the rows is broken');
        last = row.seq;
        yield row;
      }
      return;
    } catch {}
    const next = yield* gaps.over(last + 1);
    if (next === null) return;
    const { seq, gap: isBehind } = next;
    last = isBehind ? seq - 1 : seq;
    if (isBehind) continue;
    const raw = atPlace(bare, seq);
    // Its own line can be read, only its payload cannot.
    if (raw !== undefined) yield fileRow(raw, shape);
    else gap(false);
  }
}

/** @param bare statements, each asking for less than the one before */
function atPlace(bare: readonly Database.Statement[], seq: number): unknown {
  for (const statement of bare) {
    try {
      return statement.get(seq);
    } catch {}
  }
  return undefined;
}

/** The first place that has a row, from one on; null: there is none; undefined: the way there cannot be read. */
type Next = number | null | undefined;

/** Finds the way over places that cannot be read, in some hundred steps, wherever the next row stands. */
class Gaps {
  private readonly from: Database.Statement;
  private readonly gap: OnGap;
  private steps = 0;

  constructor(db: Database.Database, gap: OnGap) {
    this.from = db.prepare('SELECT seq FROM outbox NOT INDEXED WHERE seq >= ? ORDER BY seq LIMIT 1').pluck();
    this.gap = gap;
  }

  private next(start: number): Next {
    this.steps += 1;
    try {
      const seq: unknown = this.from.get(start);
      if (seq === undefined) return null;
      return typeof seq === 'number' && seq >= start ? seq : undefined;
    } catch {
      return undefined;
    }
  }

  private get turnEnds(): boolean {
    return this.steps % STEPS_A_TURN === 0;
  }

  /**
   * @param first place behind the last row
   * @returns the place of the next row, and whether a gap lies before it; null: no other can be read
   */
  *over(first: number): Generator<null, { readonly seq: number; readonly gap: boolean } | null> {
    const here = this.next(first);
    if (here !== undefined) return here === null ? null : { seq: here, gap: false };
    let start = first;
    let found: Next;
    let unread = first;
    while (found === undefined && start < LAST_PLACE) {
      unread = start;
      const far = start - first;
      start += far < NEAR ? 1 : this.steps < MOST_STEPS ? Math.ceil(far * GROWTH) : far;
      found = this.next(start);
      if (this.turnEnds) yield null;
    }
    const jumped = start - first > NEAR;
    if (found !== undefined && jumped) found = yield* this.nearest(first, unread, { start, found });
    this.gap(jumped);
    return typeof found === 'number' ? { seq: found, gap: true } : null;
  }

  /** Halves back, so that no row is passed over that stands behind the damage. @param first @param unread places that cannot be read, before `start` */
  private *nearest(first: number, unread: number, from: { start: number; found: number | null }): Generator<null, number | null> {
    let { start, found } = from;
    for (let low = unread; ; low = first) {
      while (start - low > 1) {
        const middle = Math.floor((low + start) / 2);
        const nearer = this.next(middle);
        if (nearer === undefined) low = middle;
        else [start, found] = [middle, nearer];
        if (this.turnEnds) yield null;
      }
      let back: number | null | undefined;
      let place = start;
      for (let look = 0; look < LOOKS_BACK && back === undefined && place - BACK > first; look++) {
        place -= BACK;
        back = this.next(place);
        if (this.turnEnds) yield null;
      }
      if (back === undefined || this.steps >= MOST_STEPS) return found;
      [start, found] = [place, back];
    }
  }
}
