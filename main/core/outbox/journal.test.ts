import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import { Journal } from './journal.ts';
import { findPut, payloadReader, readJournal } from './journal-content.ts';
import { segmentName } from './journal-files.ts';
import { encodeRecord, type NewRecord, readSegment, sha256 } from './journal-record.ts';
import { payloadHash } from './row-hash.ts';

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const row = (n: number, bytes = 200) => {
  const sealed = `sealed-${n}.`.padEnd(bytes, 'x');
  return { seq: n, id: id(n), kind: 'set-up' as const, receipt: receipt(n), at: 1000 + n, sealed, hash: payloadHash(sealed) };
};
let folder: string;
const begin = () =>
  new Journal({
    files: fs,
    folder,
    journal: '0199aaaa-0000-4000-8000-000000000001',
    content: readJournal(fs, folder),
    live: new Map(),
  });
const file = (number: number) => join(folder, segmentName(number));

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it('is text that an engineer can read: a line a record, a payload behind its line, then laid room', () => {
  const journal = begin();
  journal.put(row(1));
  journal.sync();
  journal.close();
  const lines = fs.readFileSync(file(1), 'utf8').split('\n');
  expect(lines[0]).toMatch(/^\{"n":1,"what":"segment",.*"prev":""\} [A-Za-z0-9_-]{43}$/);
  expect(lines[1]).toMatch(/^\{"n":2,"what":"put","seq":1,"id":"0199aaaa-.*\} [A-Za-z0-9_-]{43}$/);
  expect(lines[2]).toBe(row(1).sealed);
  expect(lines[3]).toMatch(/^\0+$/);
  expect(fs.statSync(file(1)).size).toBe(1024 * 1024);
});

it('goes on in a new file at every start and when one is full; the chain holds over files', () => {
  const first = begin();
  for (let n = 1; n <= 30; n++) first.put(row(n, 50_000));
  first.sync();
  first.close();
  const second = begin();
  second.put(row(31, 1_500_000));
  second.sync();
  second.close();
  const content = readJournal(fs, folder);
  expect(content.segments.length).toBeGreaterThan(3);
  expect(content).toMatchObject({ damaged: false, journal: '0199aaaa-0000-4000-8000-000000000001' });
  expect([...content.puts.keys()]).toEqual(Array.from({ length: 31 }, (_, at) => id(at + 1)));
  const read = payloadReader(fs, folder);
  for (const { put, segment } of content.puts.values()) expect(read(segment, put.id)?.length).toBe(put.bytes);
  expect(findPut(fs, folder, content.segments, 17)).toMatchObject({ put: { id: id(17) }, sealed: row(17, 50_000).sealed });
});

it('the end of a row is said again when the file that says it goes and the row’s own file stays: else the row would come back', () => {
  const journal = begin();
  const segment = journal.put(row(1));
  journal.put(row(2));
  journal.rotate();
  journal.settled([{ id: id(1), segment }]);
  journal.rotate();
  journal.drop(2);
  journal.rotate();
  journal.drop(3);
  journal.close();
  const content = readJournal(fs, folder);
  expect([content.segments, [...content.done.keys()], [...content.puts.keys()]]).toEqual([[1, 4], [id(1)], [id(1), id(2)]]);
  // Also by a journal that found it so.
  const next = begin();
  next.drop(4);
  next.close();
  expect([...readJournal(fs, folder).done.keys()]).toEqual([id(1)]);
});

it('a file whose dropping a full disk stopped is dropped another time', () => {
  let full = false;
  const files = {
    ...fs,
    writeSync: ((...given: Parameters<typeof fs.writeSync>) => {
      if (full) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return fs.writeSync(...given);
    }) as typeof fs.writeSync,
  };
  const options = { folder, journal: '0199aaaa-0000-4000-8000-000000000001', content: readJournal(fs, folder), live: new Map() };
  const journal = new Journal({ files, ...options });
  const segment = journal.put(row(1));
  journal.rotate();
  journal.settled([{ id: id(1), segment }]);
  full = true;
  expect(() => journal.drop(1)).toThrow();
  full = false;
  expect(journal.cleanable(false)).toMatchObject({ number: 1, live: 0 });
  journal.drop(1);
  expect(fs.existsSync(file(1))).toBe(false);
  journal.close();
});

it('what was settled is wiped with its file; what was taken back is remembered beyond it', () => {
  const journal = begin();
  const segment = journal.put(row(1));
  journal.put(row(2));
  journal.settled([{ id: id(1), segment }]);
  journal.cancel(receipt(2), 2);
  journal.letGo(segment, 1);
  expect(journal.cleanable(false)).toBeNull();
  expect(journal.cleanable(true)).toMatchObject({ number: 1, live: 0 });
  journal.rotate();
  journal.drop(1);
  journal.close();
  expect(fs.existsSync(file(1))).toBe(false);
  const content = readJournal(fs, folder);
  expect(content.damaged).toBe(false);
  expect(content.cancelled.get(receipt(2))).toMatchObject({ upTo: 2 });
  expect(content.puts.size).toBe(0);
});

it('a refused act does not come back, as long as any file could still hold it', () => {
  const journal = begin();
  const segment = journal.put(row(1));
  journal.put(row(2));
  journal.withdraw(id(1), segment);
  journal.close();
  expect([...readJournal(fs, folder).puts.keys()]).toEqual([id(2)]);
});

it('a file that is missing, or was cut, shows', () => {
  const journal = begin();
  for (let n = 1; n <= 60; n++) journal.put(row(n, 50_000));
  journal.sync();
  journal.close();
  const cut = readSegment(fs.readFileSync(file(2))).records;
  const at = cut[4]?.payloadAt ?? 0;
  const whole = fs.readFileSync(file(2));
  fs.truncateSync(file(2), at);
  expect(readJournal(fs, folder).damaged).toBe(true);
  fs.writeFileSync(file(2), whole);
  expect(readJournal(fs, folder).damaged).toBe(false);
  fs.rmSync(file(2));
  expect(readJournal(fs, folder).damaged).toBe(true);
});

it('a line of another shape is not believed, although its checksum fits: another version may have written it', () => {
  const { seq, kind, receipt: of, at } = row(1);
  const names = { seq, id: id(1), kind, receipt: of, at };
  const put = { what: 'put', ...names, bytes: 10, sha256: sha256('x') };
  const found = (changed: object) => {
    const { line } = encodeRecord({ ...put, ...changed } as unknown as NewRecord, 1, '');
    return readSegment(Buffer.from(`${line}0123456789\n`)).records.length;
  };
  expect(found({})).toBe(1);
  for (const changed of [
    { kind: 'x' },
    { seq: 0 },
    { seq: '1' },
    { id: 'x' },
    { receipt: 7 },
    { at: 0.5 },
    { bytes: null },
    { sha256: '' },
    { more: 1 },
  ])
    expect([changed, found(changed)]).toEqual([changed, 0]);
});

it('one wrong bit anywhere takes at most one row, and is never believed', () => {
  const journal = begin();
  for (let n = 1; n <= 12; n++) journal.put(row(n));
  journal.sync();
  journal.close();
  const whole = fs.readFileSync(file(1));
  const { end } = readSegment(whole);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: end - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      fs.writeFileSync(file(1), bytes);
      const content = readJournal(fs, folder);
      const read = payloadReader(fs, folder);
      const rows = [...content.puts.values()].filter(({ put, segment }) => read(segment, put.id) === row(put.seq).sealed);
      expect(rows.length).toBeGreaterThanOrEqual(11);
      for (const { put } of content.puts.values()) expect(put).toMatchObject({ id: id(put.seq), receipt: receipt(put.seq) });
      // A wrong bit in a line breaks the chain; one in a payload is found by the payload's own hash; a line end is neither.
      expect(content.damaged || rows.length === 11 || bytes[at] === 0x0a || whole[at] === 0x0a).toBe(true);
    }),
    { numRuns: runs(120, 40) },
  );
});
