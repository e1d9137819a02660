import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { runs } from '../../../test/support/runs.ts';
import type { QueueFile } from './file-row.ts';
import { type FileRow, unsentRow } from './file-row.ts';
import { encodeRecord, type NewRecord, sha256 } from './journal-record.ts';
import { migrations } from './migrations.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';
import { isInUse, openQueueFile } from './queue-file.ts';

const FIXTURES = join(import.meta.dirname, '../../../test/fixtures/outbox');
const PAGE = 4096;
const ROWS = 60;
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const sealed = (n: number) => `sealed-${n}-`.repeat(300);
const limits = { maxRows: 500, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'queue-file-'));
  path = join(folder, 'outbox.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function store(): OutboxStore {
  const opened = openOutbox({ folder, limits, clock: createManualClock(), log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}
function fill(count = ROWS): void {
  const outbox = store();
  for (let n = 1; n <= count; n++) outbox.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
  outbox.close();
}
async function read(file: string): Promise<{ rows: FileRow[]; gaps: number; faults: string[]; file: QueueFile } | string> {
  const opened = await openQueueFile(file, folder);
  if (!opened.ok) return opened.error;
  try {
    const rows = [...opened.value.rows()];
    return { rows, gaps: opened.value.gaps, faults: opened.value.faults(), file: opened.value };
  } finally {
    await opened.value.close();
  }
}
async function readWell(file: string) {
  const done = await read(file);
  if (typeof done === 'string') throw new Error(done);
  return done;
}
/** Numbers of the rows that can be put back; each with exactly what was written. */
const savedOf = (rows: readonly FileRow[]) =>
  rows.flatMap((row) => {
    const unsent = unsentRow(row);
    if (unsent === null) return [];
    const n = Number(unsent.receipt);
    expect(unsent).toMatchObject({ id: id(n), kind: 'set-up', sealed: sealed(n) });
    return [n];
  });
const all = Array.from({ length: ROWS }, (_, n) => n + 1);

const stored = readdirSync(FIXTURES).filter((name) => name.endsWith('.db'));
it('a file of every version that was superseded is kept', () => {
  const versions = migrations.slice(0, -1).map((_, at) => `version-${at + 1}.db`);
  expect(versions.filter((name) => !stored.includes(name))).toEqual([]);
});

it.each(stored)('%s: its row can be put back', async (name) => {
  copyFileSync(join(FIXTURES, name), path);
  const { rows, gaps, faults, file } = await readWell(path);
  expect(file.version).toBe(Number(/\d+/.exec(name)?.[0]));
  expect(rows.map(unsentRow)).toEqual([expect.objectContaining({ receipt: '1234567897', sealed: 'sealed-in-an-old-version' })]);
  expect([gaps, faults]).toEqual([0, []]);
});

describe('a whole database', () => {
  it('is read with what still lies in its WAL, changed nowhere, and nothing is left behind', async () => {
    const outbox = store();
    outbox.enqueue({ id: id(1), kind: 'set-up', receipt: receipt(1), sealed: sealed(1) });
    outbox.enqueue({ id: id(2), kind: 'set-up', receipt: receipt(2), sealed: sealed(2) });
    outbox.settle([{ id: id(2), state: 'accepted', reference: 'REF-2' }]);
    const aside = join(folder, 'aside');
    mkdirSync(aside);
    for (const end of ['', '-wal']) copyFileSync(path + end, join(aside, `outbox.db.damaged-1${end}`));
    outbox.close();
    const before = readdirSync(aside).map((name) => readFileSync(join(aside, name)));
    const { rows } = await readWell(join(aside, 'outbox.db.damaged-1'));
    expect(rows.map(({ state, good }) => [state, good])).toEqual([
      ['pending', true],
      ['accepted', true],
    ]);
    expect(savedOf(rows)).toEqual([1]);
    expect(readdirSync(aside).map((name) => readFileSync(join(aside, name)))).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('madoguchi-salvage-'))).toEqual([]);
  });

  it('is in use while a core has it open, and only then', () => {
    expect(isInUse(path)).toBe(false);
    const outbox = store();
    outbox.enqueue({ id: id(1), kind: 'set-up', receipt: receipt(1), sealed: sealed(1) });
    expect(isInUse(path)).toBe(true);
    outbox.close();
    expect(isInUse(path)).toBe(false);
  });
});

describe('a damaged database', () => {
  it('whichever page is gone: what lies on the others is read, and the first page takes nothing at all', async () => {
    fill();
    const whole = readFileSync(path);
    const pages = whole.length / PAGE;
    expect(pages).toBeGreaterThan(50);
    for (let page = 0; page < pages; page++) {
      const bytes = Buffer.from(whole);
      bytes.fill(0x55, page * PAGE, (page + 1) * PAGE);
      writeFileSync(path, bytes);
      const { rows } = await readWell(path);
      const saved = savedOf(rows);
      if (page === 0) expect(saved).toEqual(all);
      // Some pages name where others lie; then all that hangs on them is gone. Of any other, a few rows at the most.
      // A page without payloads names about thirty rows.
      expect(saved.length === 0 || saved.length >= ROWS - 30, `page ${page}: ${saved.length}`).toBe(true);
    }
  }, 60_000);

  it('cut anywhere, emptied, or something else: never an exception, and never a row that is not what was written', async () => {
    fill();
    const whole = readFileSync(path);
    // Behind a deeper cut lie the rows' own pages, of which so short a queue has two.
    for (const part of [0.99, 0.7]) {
      writeFileSync(path, whole);
      truncateSync(path, Math.floor(whole.length * part));
      expect(savedOf((await readWell(path)).rows).length).toBeGreaterThan(0);
    }
    truncateSync(path, 100);
    expect(await read(path)).toBe('unknown');
    truncateSync(path, 0);
    expect(await read(path)).toBe('unknown');
    writeFileSync(path, 'hello');
    expect(await read(path)).toBe('unknown');
    rmSync(path);
    expect(await read(path)).toBe('missing');
    copyFileSync(join(FIXTURES, 'write-old.ts'), path);
    expect(await read(path)).toBe('unknown');
  });

  it('any byte changed: a row is as it was written, or it is not handed out', async () => {
    fill(20);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        writeFileSync(path, bytes);
        const done = await read(path);
        if (typeof done !== 'string') savedOf(done.rows);
      }),
      { numRuns: runs(150, 25) },
    );
  }, 60_000);

  it('a changed payload is named by its receipt, and so is a broken index', async () => {
    fill();
    const bytes = readFileSync(path);
    const at = bytes.indexOf('sealed-7-');
    bytes.write('SEALED', at);
    writeFileSync(path, bytes);
    const { rows } = await readWell(path);
    expect(rows.filter(({ good }) => !good).map((row) => row.receipt)).toEqual([receipt(7)]);
    // The last place at which this id stands is in the index.
    bytes.write('f', bytes.lastIndexOf(id(9)) + 8);
    writeFileSync(path, bytes);
    expect((await readWell(path)).faults).not.toEqual([]);
  });
});

describe('a journal', () => {
  let n = 0;
  let prev = '';
  const put = (number: number) =>
    line({ what: 'put', seq: number, id: id(number), kind: 'set-up', receipt: receipt(number), at: 5, ...ofPayload(number) }) +
    `${sealed(number)}\n`;
  const ofPayload = (number: number) => ({ bytes: sealed(number).length, sha256: sha256(sealed(number)) });
  const line = (record: NewRecord): string => {
    n += 1;
    const { line: text, hash } = encodeRecord(record, n, prev);
    prev = hash;
    return text;
  };
  const segment = (number: number) =>
    line({ what: 'segment', v: 1, journal: '0199aaaa-0000-4000-8000-000000000000', segment: number, live: [] });
  const first = () => join(folder, 'journal-00000001.log');
  const second = () => join(folder, 'journal-00000002.log');
  beforeEach(() => {
    n = 0;
    prev = '';
    writeFileSync(first(), segment(1) + put(1) + put(2) + put(3) + line({ what: 'closed' }));
    const later = segment(2) + line({ what: 'done', id: id(1) }) + line({ what: 'cancelled', receipt: receipt(2), upTo: 2 });
    writeFileSync(second(), later + put(4) + '\0'.repeat(500));
  });

  it('what a later file settled is settled, in the folder and in one file of it', async () => {
    const { rows, faults, gaps, file } = await readWell(folder);
    expect(file.form).toBe('journal');
    expect(rows.map(({ state }) => state)).toEqual(['settled', 'cancelled', 'sending', 'sending']);
    expect(savedOf(rows)).toEqual([3, 4]);
    expect([gaps, faults]).toEqual([0, []]);
    expect(savedOf((await readWell(first())).rows)).toEqual([3]);
  });

  it('a changed payload, a changed record, a cut end: named, and the others are read', async () => {
    const whole = readFileSync(first(), 'latin1');
    writeFileSync(first(), whole.replace('sealed-3-', 'SEALED-3-'));
    const payload = await readWell(folder);
    expect(savedOf(payload.rows)).toEqual([4]);
    expect(payload.rows.filter(({ good }) => !good).map((row) => row.receipt)).toEqual([receipt(3)]);
    writeFileSync(first(), whole.replace('"seq":2', '"seq":9'));
    const record = await readWell(folder);
    expect(savedOf(record.rows)).toEqual([3, 4]);
    expect(record.faults.length).toBeGreaterThan(0);
    writeFileSync(first(), whole.slice(0, whole.lastIndexOf('{"n"')));
    expect((await readWell(folder)).faults).toEqual(['journal-00000001.log: its end is missing']);
    expect(existsSync(second())).toBe(true);
  });
});
