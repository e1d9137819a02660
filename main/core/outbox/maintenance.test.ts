import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';

/** What is asked of work that is under way already is not forgotten. */
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const all = { items: 1000, bytes: 100_000_000 };
const DAY_MS = 24 * 3_600_000;
let folder: string;
let clock: ManualClock;
let box: OutboxStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-maintenance-'));
  clock = createManualClock();
  const limits = { maxRows: 5000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };
  const opened = openOutbox({ folder, limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  box = opened.value;
  box.finishChores();
});
afterEach(() => {
  box.close();
  rmSync(folder, { recursive: true, force: true });
});
const put = (most: number) => {
  for (let n = 1; n <= most; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: `sealed-${n}-bytes` });
};

it('a row set apart while others are being mended is mended as well', () => {
  put(60);
  for (let n = 1; n <= 40; n++) box.setApart(n);
  // One slice.
  clock.advance(11);
  box.setApart(50);
  expect(box.due(clock.now(), all).map(({ seq }) => seq)).not.toContain(50);
  clock.advance(DAY_MS);
  expect(box.due(clock.now(), all)).toHaveLength(60);
});

it('what staff let go while another choice of theirs is still being let go goes too', () => {
  put(400);
  box.markSending(box.due(clock.now(), all));
  box.settle(
    Array.from({ length: 400 }, (_, n) => ({ id: id(n + 1), state: 'parked', code: n < 200 ? 'conflict' : 'http-413' })),
  );
  expect([box.staff.releaseAll({ code: 'conflict' }), box.staff.releaseAll({ code: 'http-413' })]).toEqual([200, 200]);
  expect(box.counts().parked).toBe(380);
  clock.advance(DAY_MS);
  expect(box.counts()).toMatchObject({ parked: 0, sending: 400 });
});
