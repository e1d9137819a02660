import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { migrations } from './migrations.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';

const limits = { maxRows: 5, ballastBytes: 64 * 1024, minFreeBytes: 0, challengeStock: 10 };
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number, receipt = '1234567897') => ({
  id: id(n),
  kind: 'set-up' as const,
  receipt,
  sealed: `sealed-${n}`.padEnd(40, '.'),
});
const all = { items: 100, bytes: 1_000_000 };

let folder: string;
let clock: ReturnType<typeof createManualClock>;
let events: string[];
const open = (more: Partial<typeof limits> = {}) => {
  const opened = openOutbox({ folder, limits: { ...limits, ...more }, clock, log: (event) => events.push(event) });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const put = (box: OutboxStore, n: number, receipt?: string) => {
  expect(box.reserve(id(n), 100)).toEqual({ ok: true, value: null });
  expect(box.enqueue(row(n, receipt))).toEqual({ ok: true, value: null });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-'));
  clock = createManualClock();
  events = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('rows', () => {
  it('are there after a restart, in the order they came, and lose their payload when settled', () => {
    const first = open();
    put(first, 1);
    put(first, 2, '0987654321');
    first.close();
    const box = open();
    expect(box.due(clock.now(), all).map((found) => found.id)).toEqual([id(1), id(2)]);
    expect(box.settle([{ id: id(1), state: 'accepted', reference: 'R-1' }])).toEqual([id(1)]);
    expect(box.settle([{ id: id(1), state: 'accepted', reference: 'R-1' }])).toEqual([]);
    expect(box.settle([{ id: id(2), state: 'parked', code: 'conflict' }])).toEqual([id(2)]);
    box.tidy();
    box.finishChores();
    box.close();
    const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    expect(bytes.some((content) => content.includes('sealed-1'))).toBe(false);
    expect(bytes.some((content) => content.includes('sealed-2'))).toBe(true);
  });

  it('the same id and bytes again is one row; other bytes are a bug', () => {
    const box = open();
    put(box, 1);
    expect(box.enqueue(row(1)).ok).toBe(true);
    expect(box.counts().pending).toBe(1);
    expect(box.enqueue({ ...row(1), sealed: 'x'.repeat(40) })).toEqual({ ok: false, error: 'storage' });
    expect(box.counts().pending).toBe(1);
    box.close();
  });

  it('a row that was handed to the network stays "sending" until it is settled, also over a restart', () => {
    const first = open();
    put(first, 1);
    expect(first.markSending(first.due(clock.now(), all))).toEqual(new Set([id(1)]));
    first.close();
    const box = open();
    expect(box.counts()).toMatchObject({ pending: 0, sending: 1 });
    expect(box.due(clock.now(), all)).toMatchObject([{ state: 'sending' }]);
    box.close();
  });

  it('an earlier row of the same receipt that waits holds the later one back, and nobody else', () => {
    const box = open();
    put(box, 1);
    put(box, 2);
    put(box, 3, '0987654321');
    box.postpone([id(1)], clock.now() + 5000, true);
    expect(box.due(clock.now(), all).map((found) => found.id)).toEqual([id(3)]);
    expect(box.nextDue()).toBe(clock.now());
    expect(box.due(clock.now() + 5000, all).map((found) => found.id)).toEqual([id(1), id(2), id(3)]);
    box.close();
  });

  it('a due time from a clock that jumped is not believed', () => {
    const box = open();
    put(box, 1);
    box.postpone([id(1)], clock.now() + 3_600_000 * 24, true);
    expect(box.due(clock.now(), all)).toHaveLength(1);
    box.close();
  });

  it('a batch keeps to its size, but one large row always goes', () => {
    const box = open();
    for (const n of [1, 2, 3]) put(box, n, `000000000${n}`);
    expect(box.due(clock.now(), { items: 2, bytes: 1000 })).toHaveLength(2);
    expect(box.due(clock.now(), { items: 9, bytes: 10 })).toHaveLength(1);
    box.close();
  });

  it('a parked row keeps its payload for staff', () => {
    const box = open();
    put(box, 1);
    box.settle([{ id: id(1), state: 'parked', code: 'conflict' }]);
    expect(box.counts().parked).toBe(1);
    expect(box.due(clock.now(), all)).toEqual([]);
    expect(box.staff.exportRow(id(1))?.sealed).toBe(row(1).sealed);
    box.close();
  });
});

describe('room', () => {
  it('refuses a reservation above the cap, before anything is signed', () => {
    const box = open();
    for (const n of [1, 2, 3, 4, 5]) put(box, n);
    expect(box.reserve(id(6), 100)).toEqual({ ok: false, error: 'full' });
    box.close();
  });

  it('refuses when the disk has less than the settings ask for', () => {
    const box = open({ minFreeBytes: Number.MAX_SAFE_INTEGER });
    expect(box.reserve(id(1), 100)).toEqual({ ok: false, error: 'full' });
    box.close();
  });

  it('lays the ballast, and lays it again', () => {
    open().close();
    expect(readFileSync(join(folder, 'ballast')).length).toBe(limits.ballastBytes);
    rmSync(join(folder, 'ballast'));
    const box = open();
    expect(box.reserve(id(1), 10).ok).toBe(true);
    expect(readFileSync(join(folder, 'ballast')).length).toBe(limits.ballastBytes);
    box.close();
  });

  it('leftover reservations of a crash do not count', () => {
    const box = open();
    box.reserve(id(1), 500_000);
    box.close();
    open().close();
    const db = new Database(join(folder, 'outbox.db'));
    expect(db.prepare('SELECT count(*) AS n FROM reservation').get()).toEqual({ n: 0 });
    db.close();
  });
});

describe('challenges', () => {
  const challenge = (n: number) => String(n).repeat(32).slice(0, 32);
  it('each is spent once, the one that ends first goes first, an unsigned one can go back', () => {
    const box = open();
    box.addChallenges([
      { challenge: challenge(1), expiresAt: clock.now() + 9000 },
      { challenge: challenge(2), expiresAt: clock.now() + 5000 },
      { challenge: challenge(3), expiresAt: clock.now() - 1 },
    ]);
    expect(box.challengeCount()).toBe(2);
    expect(box.takeChallenge()).toBe(challenge(2));
    box.giveBackChallenge(challenge(2));
    expect(box.takeChallenge()).toBe(challenge(2));
    expect(box.takeChallenge()).toBe(challenge(1));
    expect(box.takeChallenge()).toBeNull();
    box.giveBackChallenge(challenge(9));
    expect(box.challengeCount()).toBe(0);
    box.close();
  });

  it('a spent one stays spent over a crash', () => {
    const box = open();
    box.addChallenges([{ challenge: challenge(1), expiresAt: clock.now() + 9000 }]);
    expect(box.takeChallenge()).toBe(challenge(1));
    box.close();
    const after = open();
    expect(after.takeChallenge()).toBeNull();
    after.close();
  });
});

describe('the file', () => {
  it('is opened durably: WAL and synchronous=FULL, whatever the library sets', () => {
    const box = open();
    put(box, 1);
    box.close();
    const db = new Database(join(folder, 'outbox.db'));
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    db.close();
  });

  it.each([
    ['not a database', (path: string) => writeFileSync(path, 'hello '.repeat(1000))],
    [
      'a torn page',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes.fill(0x41, 4096, 4096 * 3);
        writeFileSync(path, bytes);
      },
    ],
  ])('damaged (%s): set aside, never deleted, and the kiosk goes on', (_name, damage) => {
    const first = open();
    for (const n of [1, 2, 3]) put(first, n);
    first.close();
    damage(join(folder, 'outbox.db'));
    const box = open();
    expect(events).toContain('outbox.set-aside');
    expect(readdirSync(folder).some((name) => name.startsWith('outbox.db.damaged-'))).toBe(true);
    put(box, 4);
    // The other copy gave them back.
    expect(box.due(clock.now(), all).map((found) => found.id)).toEqual([id(1), id(2), id(3), id(4)]);
    expect(box.staff.findings()).toMatchObject([
      { what: 'database-damaged', receipts: ['1234567897', '1234567897', '1234567897'] },
    ]);
    box.close();
  });

  it('of a later version is left alone', () => {
    open().close();
    const db = new Database(join(folder, 'outbox.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(openOutbox({ folder, limits, clock, log: () => {} })).toEqual({ ok: false, error: 'too-new' });
  });

  it('cannot be opened by two cores', () => {
    const box = open();
    const connect = (file: string) => new Database(file, { timeout: 50 });
    const second = openOutbox({ folder, limits, clock, connect, log: () => {} });
    if (!second.ok) throw new Error(second.error);
    expect(second.value.usable).toBe(false);
    expect(second.value.reserve(id(1), 10)).toEqual({ ok: false, error: 'storage' });
    // The first one ends, as a core that is replaced does: the second comes into its place by itself.
    box.close();
    clock.advance(60_000);
    expect(second.value.usable).toBe(true);
    second.value.close();
  });

  it.each(readdirSync(join(import.meta.dirname, '../../../test/fixtures/outbox')).filter((name) => name.endsWith('.db')))(
    'of an old version (%s) is migrated with its rows',
    (name) => {
      copyFileSync(join(import.meta.dirname, '../../../test/fixtures/outbox', name), join(folder, 'outbox.db'));
      const box = open();
      expect(box.due(clock.now() + 1, all).map((found) => found.id)).toEqual([id(1)]);
      box.close();
      const db = new Database(join(folder, 'outbox.db'));
      expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
      db.close();
    },
  );
});
