import { readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutbox } from '../../main/core/outbox/outbox.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { testFolder } from '../support/test-folder.ts';
import { canMount, mountTmpfs, type Tmpfs } from '../support/tmpfs.ts';

const limits = { maxRows: 100, ballastBytes: 512 * 1024, minFreeBytes: 0, challengeStock: 10 };
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const sealed = (n: number) => `${n}`.padEnd(11_000, 'x');
const row = (n: number) => ({ id: id(n), kind: 'set-up' as const, receipt: '1234567897', sealed: sealed(n) });
const ROOM = 16 * 1024;

// Needs root for a file system of its own; `npm test` runs as root in CI and counts a skip in its last lines.
describe.skipIf(!canMount)('a full disk', () => {
  let disk: Tmpfs;
  const clock = createManualClock();
  const events: string[] = [];
  const open = () => {
    const opened = openOutbox({ folder: `${disk.path}/queue`, limits, clock, log: (event) => events.push(event) });
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
  };
  beforeEach(() => {
    disk = mountTmpfs(testFolder('kiosk', 'disk-full'), 4 * 1024 * 1024);
  });
  afterEach(() => disk.unmount());

  it('is known at the reservation, before anything is signed; nothing that waits is hurt', () => {
    const box = open();
    box.reserve(id(1), ROOM);
    box.enqueue(row(1));
    disk.fill();
    const refusals = [2, 3, 4, 5, 6, 7].map((n) => box.reserve(id(n), ROOM * 20));
    expect(refusals.at(-1)).toEqual({ ok: false, error: 'full' });
    expect(box.due(clock.now(), { items: 9, bytes: 1e6 }).map((found) => found.sealed)).toEqual([sealed(1)]);
    box.close();
    const again = open();
    expect(again.counts().pending).toBe(1);
    again.close();
  });

  it('after the reservation the row is written all the same, and can be settled on the full disk', () => {
    const box = open();
    expect(box.reserve(id(1), ROOM).ok).toBe(true);
    disk.fill();
    expect(box.enqueue(row(1))).toEqual({ ok: true, value: null });
    expect(box.settle([{ id: id(1), state: 'accepted', reference: 'R-1' }])).toEqual([id(1)]);
    expect(box.counts()).toMatchObject({ accepted: 1, pending: 0 });
    disk.empty();
    expect(box.reserve(id(2), ROOM).ok).toBe(true);
    expect(readFileSync(`${disk.path}/queue/ballast`).length).toBe(limits.ballastBytes);
    box.close();
  });

  it('a settlement that did not reach the disk is not reported as done; the row stays due', () => {
    const box = open();
    box.enqueue(row(1));
    box.markSending(box.due(clock.now(), { items: 1, bytes: 1 }));
    rmSync(`${disk.path}/queue/ballast`);
    disk.fill();
    const settlement = { id: id(1), state: 'accepted', reference: 'R-1' } as const;
    const done = Array.from({ length: 3 }, () => box.settle([settlement]));
    expect(done).toEqual([null, null, null]);
    expect(box.counts()).toMatchObject({ sending: 1, accepted: 0 });
    disk.empty();
    expect(box.settle([settlement])).toEqual([id(1)]);
    box.close();
  });

  it('a challenge that cannot be spent durably is not handed out', () => {
    const box = open();
    box.addChallenges([{ challenge: 'c'.repeat(32), expiresAt: clock.now() + 60_000 }]);
    box.reserve(id(1), ROOM);
    disk.fill();
    box.enqueue(row(1));
    // The ballast went into the row; from here on the disk is really full.
    disk.fill();
    const taken = box.takeChallenge();
    disk.empty();
    if (taken === null) expect(box.challengeCount()).toBe(1);
    else expect(box.challengeCount()).toBe(0);
    box.close();
  });
});
