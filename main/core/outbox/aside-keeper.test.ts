import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { asideFiles } from './aside-files.ts';
import { AsideKeeper, KEPT_MS, mayGo } from './aside-keeper.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';

const HOURS_6 = 6 * 3_600_000;
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const sealed = (n: number) => `sealed-${n}-`.repeat(100);
const all = { items: 1000, bytes: 100_000_000 };
let folder: string;
let clock: ManualClock;
let box: OutboxStore;
let keeper: AsideKeeper;
const limits = { maxRows: 500, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
const path = () => join(folder, 'queue', 'outbox.db');
const journalFolder = () => join(folder, 'journal');
const open = () => {
  const opened = openOutbox({ folder: join(folder, 'queue'), journalFolder: journalFolder(), limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  box = opened.value;
  keeper = new AsideKeeper({ store: box, path: path(), journalFolder: journalFolder(), clock, log: () => {} });
};
const put = (n: number) => box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
const settleAll = () => {
  const rows = box.due(clock.now(), all);
  box.markSending(rows);
  box.settle(rows.map((row) => ({ id: row.id, state: 'accepted', reference: 'REF-1' })));
};
/** The journal has everything; the database is set aside with what it held. @param at where a byte of it is changed */
const setAside = (at: (file: Buffer) => number): void => {
  for (const n of [1, 2, 3]) put(n);
  box.close();
  const bytes = readFileSync(path());
  bytes[at(bytes)] = 0x7f;
  writeFileSync(path(), bytes);
  open();
};
const inFirstPage = () => 30;
const aside = () => asideFiles(path(), journalFolder()).length;
const looks = async (times: number) => {
  for (let look = 0; look < times; look++) {
    clock.advance(HOURS_6);
    await keeper.look();
  }
};
/** Whether a payload can be read in any file below the folder. */
const readable = (n: number): boolean =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(`sealed-${n}-`));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-'));
  clock = createManualClock();
  open();
});
afterEach(() => {
  box.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a file whose rows are all in the queue goes when nothing waits and staff have seen what was found, and its payloads with it', async () => {
  setAside(inFirstPage);
  expect(aside()).toBe(1);
  await looks(1);
  settleAll();
  box.tidy();
  box.finishChores();
  await looks(1);
  expect([aside(), readable(1)]).toEqual([1, true]);
  box.staff.acknowledgeFindings();
  put(4);
  await looks(1);
  expect(aside()).toBe(1);
  settleAll();
  box.tidy();
  box.finishChores();
  await looks(1);
  expect([aside(), readable(1)]).toEqual([0, false]);
});

it('not seen by anybody: it goes after 30 days that really passed; a clock that jumps ends nothing', async () => {
  setAside(inFirstPage);
  settleAll();
  await looks(2);
  clock.advance(3650 * 24 * 3_600_000);
  await looks(1);
  expect(aside()).toBe(1);
  await looks(KEPT_MS / HOURS_6);
  expect(aside()).toBe(0);
});

it('a row that can be saved and never was in this queue keeps the file, whoever has seen it, until it is saved', async () => {
  setAside(inFirstPage);
  settleAll();
  box.staff.acknowledgeFindings();
  const file = asideFiles(path(), journalFolder())[0] ?? '';
  const bytes = readFileSync(file);
  box.close();
  rmSync(join(folder, 'queue'), { recursive: true });
  rmSync(journalFolder(), { recursive: true });
  mkdirSync(join(folder, 'queue'), { recursive: true });
  writeFileSync(file, bytes);
  open();
  await looks(2 + KEPT_MS / HOURS_6);
  expect(aside()).toBe(1);
  box.staff.putBack([1, 2, 3].map((n) => ({ seq: n, id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n), at: 1 })));
  settleAll();
  await looks(1);
  expect(aside()).toBe(0);
});

it('once accounted is for ever, also for the process after this one: settled rows are forgotten after a while', async () => {
  setAside(inFirstPage);
  settleAll();
  await looks(1);
  const forgetful = { findings: () => [], stateOf: () => null };
  const next = { usable: true, counts: box.counts, staff: forgetful };
  await new AsideKeeper({ store: next, path: path(), journalFolder: journalFolder(), clock, log: () => {} }).look();
  expect(aside()).toBe(0);
});

it('the journal in the place of another: its files are kept, and go by the same rule', async () => {
  put(1);
  settleAll();
  const foreign = join(journalFolder(), 'journal-00000009.log.foreign-2026-01-01');
  writeFileSync(foreign, readFileSync(join(journalFolder(), 'journal-00000001.log')));
  writeFileSync(`${journalFolder()}.damaged-2026-01-01`, 'something');
  await looks(1);
  expect(asideFiles(path(), journalFolder())).toEqual([`${journalFolder()}.damaged-2026-01-01`]);
  await looks(KEPT_MS / HOURS_6);
  expect(aside()).toBe(0);
});

it('copies that a core died over are removed at the start', () => {
  const left = join(folder, 'queue', 'madoguchi-salvage-abc');
  mkdirSync(left);
  writeFileSync(join(left, 'copy.db'), sealed(1));
  keeper.start();
  keeper.stop();
  expect(existsSync(left)).toBe(false);
});

it('the rule', () => {
  const known = { lookedAt: 0, ageMs: 0, accounted: true, whole: true };
  expect(mayGo(known, true)).toBe(true);
  expect(mayGo(known, false)).toBe(false);
  expect(mayGo({ ...known, whole: false }, true)).toBe(false);
  expect(mayGo({ ...known, whole: false, ageMs: KEPT_MS }, false)).toBe(true);
  expect(mayGo({ ...known, accounted: false, ageMs: KEPT_MS }, true)).toBe(false);
});
