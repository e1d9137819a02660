import { z } from 'zod';
import { type Copies, SMALL_BYTES } from './copies.ts';
import { fileBytes } from './database.ts';
import type { RowChanges } from './row-changes.ts';
import { HEADER_COLUMNS, holdsPayload, type RowHeader, readHeader } from './rows.ts';
import type { UpkeepDeps } from './upkeep.ts';

const Seq = z.object({ seq: z.number().int() });

/** What the long check has seen so far. */
export interface Verdict {
  /** `put-off`: the core stood still at it; it begins again by itself some hours later, or when staff ask. */
  readonly state: 'running' | 'put-off' | 'good' | 'repaired' | 'damaged';
  /** Epoch ms of its end; null: it has not ended yet. */
  readonly at: number | null;
  readonly checked: number;
  readonly wrong: number;
}

/** Reads every row, its payload, its way through the index, and its second copy; mends what is not as it was written. */
export function* checkAll(options: UpkeepDeps, say: (verdict: Verdict) => void): Generator<void, void> {
  const { storage, clock, repair } = options;
  let checked = 0;
  let wrong = 0;
  for (let after = 0; ; ) {
    const found = storage.read(null, (copies) => checkSlice(copies, after));
    if (found === null) {
      // The file was given up, or cannot be opened: the check begins again when it can.
      say({ state: 'damaged', at: clock.now(), checked, wrong: wrong + 1 });
      return;
    }
    if (found.misled) {
      // The way through the index leads elsewhere: the file as a whole cannot be trusted, and is made anew from both copies.
      storage.distrust('index');
      say({ state: 'damaged', at: clock.now(), checked, wrong: wrong + 1 });
      return;
    }
    for (const seq of found.wrong) repair(seq);
    checked += found.rows;
    wrong += found.wrong.length;
    if (found.last === null) break;
    after = found.last;
    say({ state: 'running', at: null, checked, wrong });
    yield;
  }
  storage.read(null, ({ journal }) => journal.forgetRead());
  yield* dropStrayPayloads(options);
  if (!storage.read(true, pagesAgree)) {
    storage.distrust('pages');
    say({ state: 'damaged', at: clock.now(), checked, wrong: wrong + 1 });
    return;
  }
  say({ state: wrong === 0 ? 'good' : 'repaired', at: clock.now(), checked, wrong });
}

/** SQLite's own look at every page, where that takes a few milliseconds; of a long queue every row was read one by one. */
function pagesAgree({ db }: Copies): boolean {
  return fileBytes(db) > SMALL_BYTES || db.pragma('quick_check', { simple: true }) === 'ok';
}

const ROWS_A_CHECK = 20;

/** A payload whose row is gone, or settled, must not stay: only damage leaves one. */
function* dropStrayPayloads({ storage }: UpkeepDeps): Generator<void, void> {
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after;
    const { stray, last } = storage.read<ReturnType<RowChanges['strayPayloads']>>({ stray: [], last: null }, ({ sql }) =>
      sql.change.strayPayloads(from, ROWS_A_CHECK),
    );
    if (stray.length > 0)
      storage.write(({ db, sql }) => db.transaction(() => stray.forEach((seq) => void sql.change.dropPayload(seq)))());
    after = last;
    yield;
  }
}

/** Every index that must lead to a row leads there. */
function indexed(sql: Copies['sql'], { seq, receipt, state, head, alone, next_attempt: at }: RowHeader): boolean {
  if (sql.viaReceipt.get(receipt, state, seq) !== 1 || sql.viaState.get(state, seq) !== 1) return false;
  if (head !== 1 || (state !== 'pending' && state !== 'sending')) return true;
  return (alone === 1 ? sql.viaAlone : sql.viaDue).get(at, seq) === 1;
}

interface Checked {
  readonly rows: number;
  readonly last: number | null;
  readonly wrong: readonly number[];
  /** An index does not lead to its row. */
  readonly misled: boolean;
}

function checkSlice({ db, sql, journal }: Copies, after: number): Checked {
  const rows = db.prepare(`SELECT ${HEADER_COLUMNS} FROM outbox WHERE seq > ? ORDER BY seq LIMIT ${ROWS_A_CHECK}`).all(after);
  const wrong = new Set<number>();
  const bySegment = new Map<number, Map<string, number>>();
  let misled = false;
  for (const raw of rows) {
    const { seq } = Seq.parse(raw);
    const header = readHeader(raw);
    if (header === null) {
      wrong.add(seq);
      continue;
    }
    const { id, state, segment } = header;
    const found = sql.find.get(id) as { seq?: unknown } | undefined;
    if (found?.seq !== seq || !indexed(sql, header)) misled = true;
    if (state !== 'pending' && state !== 'sending' && state !== 'parked') continue;
    const sealed: unknown = sql.sealed.get(seq);
    if (typeof sealed !== 'string' || !holdsPayload(header, sealed)) wrong.add(seq);
    else if (segment === null) wrong.add(seq);
    else bySegment.set(segment, (bySegment.get(segment) ?? new Map()).set(id, seq));
  }
  for (const [segment, ids] of bySegment)
    for (const id of missing(journal, segment, [...ids.keys()])) wrong.add(ids.get(id) ?? 0);
  wrong.delete(0);
  const last = rows.length < ROWS_A_CHECK ? null : Seq.parse(rows.at(-1)).seq;
  return { rows: rows.length, last, wrong: [...wrong], misled };
}

function missing(journal: Copies['journal'], segment: number, ids: readonly string[]): readonly string[] {
  try {
    return journal.check(segment, ids);
  } catch {
    // The file is gone or cannot be read: every row of it is written again.
    return ids;
  }
}
