import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { openDatabase } from '../outbox/database.ts';
import { sumsOf } from '../staff/report/sums.ts';
import { createUsageCollector } from './collector.ts';
import { statsMigrations } from './stats-file.ts';
import { openUsageStats, statsFile, type UsageStats } from './usage-stats.ts';

const day = '2026-11-23';
let data: string;
let clock: ReturnType<typeof createManualClock>;
let faults: string[];
const open = () => openUsageStats({ data, clock, log: (_, fields) => faults.push(String((fields as { where?: string }).where)) });
const read = (usageStats: ReturnType<typeof open>, from = day, to = day) => {
  const counted = usageStats.read(from, to);
  if (!counted.ok) throw new Error(counted.error);
  return counted.value;
};

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'tally-'));
  // 10:00 in Japan.
  clock = createManualClock(Date.UTC(2026, 10, 23, 1));
  faults = [];
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('the counts', () => {
  it('are gathered into one transaction a second, seen before it, and there after a restart', () => {
    const usageStats = open();
    for (let n = 0; n < 100; n++) usageStats.add(day, 'visits', 1);
    expect(clock.pending).toBe(1);
    expect(read(usageStats).rows).toEqual([{ day, key: 'visits', count: 100 }]);
    clock.advance(1000);
    usageStats.add(day, 'visits', -1);
    usageStats.add('2026-11-24', 'visits', 5);
    usageStats.close();
    const again = open();
    expect(read(again).rows).toEqual([{ day, key: 'visits', count: 99 }]);
    expect(again.setIssued('2026-11', 40)).toEqual({ ok: true, value: null });
    expect(again.setIssued('2026-11', 41)).toEqual({ ok: true, value: null });
    expect(read(again).issued).toEqual([{ month: '2026-11', cards: 41 }]);
    expect(faults).toEqual([]);
    again.close();
  });

  it('a count that was taken back leaves no row', () => {
    const usageStats = open();
    usageStats.add(day, 'outcome:set-up:received', 1);
    clock.advance(1000);
    usageStats.add(day, 'outcome:set-up:received', -1);
    usageStats.close();
    const db = new Database(statsFile(data), { readonly: true });
    expect(db.prepare('SELECT * FROM tally').all()).toEqual([]);
    db.close();
  });

  it('go after 400 days', () => {
    const usageStats = open();
    usageStats.add('2025-10-01', 'visits', 7);
    usageStats.add('2025-11-01', 'visits', 8);
    clock.advance(1000);
    expect(read(usageStats, '2025-01-01', '2026-12-31').rows).toEqual([{ day: '2025-11-01', key: 'visits', count: 8 }]);
    usageStats.close();
  });

  it('a damaged file is set aside, never deleted, and counting goes on', () => {
    open().close();
    writeFileSync(statsFile(data), 'no database at all, '.repeat(500));
    const usageStats = open();
    expect(faults).toEqual(['usage-stats.damaged']);
    usageStats.add(day, 'visits', 1);
    usageStats.close();
    const kept = readdirSync(join(data, 'tally')).find((name) => name.startsWith('tally.db.damaged-')) ?? '';
    expect(readFileSync(join(data, 'tally', kept), 'utf8')).toContain('no database at all');
    expect(read(open()).rows).toEqual([{ day, key: 'visits', count: 1 }]);
  });

  it('without a file they live until the core stops, and nobody waits', () => {
    writeFileSync(join(data, 'tally'), 'a file where the folder should be');
    const usageStats = open();
    usageStats.add(day, 'visits', 2);
    clock.advance(60_000);
    expect(read(usageStats).rows).toEqual([{ day, key: 'visits', count: 2 }]);
    expect(usageStats.setIssued('2026-11', 1)).toEqual({ ok: false, error: 'storage' });
    usageStats.close();
  });

  it('a file that cannot be written loses nothing meanwhile, says so once, and is tried again', () => {
    const usageStats = open();
    usageStats.close();
    // The connection is closed under it: every write fails.
    usageStats.add(day, 'visits', 1);
    clock.advance(1000);
    usageStats.add(day, 'visits', 1);
    clock.advance(59_000);
    clock.advance(60_000);
    expect(faults.filter((where) => where === 'usage-stats.write')).toHaveLength(1);
  });

  it('a row that is no count is refused, not believed', () => {
    open().close();
    const db = new Database(statsFile(data));
    db.prepare('INSERT INTO tally (day, key, count) VALUES (?, ?, ?)').run(day, 'Tanaka Hanako', 1);
    db.close();
    const usageStats = open();
    expect(usageStats.read(day, day)).toEqual({ ok: false, error: 'storage' });
    usageStats.close();
  });

  it('what a town counted under the old name of a journey and its screens is read under the new one', () => {
    const path = statsFile(data);
    const old = openDatabase(path, statsMigrations.slice(0, 4));
    if (!old.ok) throw new Error(old.error);
    const add = old.value.prepare('INSERT INTO tally (day, key, count) VALUES (?, ?, ?)');
    for (const [index, key] of [
      'outcome:pending:shown',
      'minutes:pending:3',
      'abandoned:pending:pending-find:left',
      'abandoned:pending:pending-row:finished',
      'abandoned:pending:pending-sure:timeout',
      'abandoned:pending:pending-cancelled:timeout',
      'abandoned:menu:menu:left',
      'outcome:status:shown',
    ].entries())
      add.run(day, key, index + 1);
    old.value.close();
    const counts = open();
    expect(
      read(counts)
        .rows.map(({ key, count }) => [count, key])
        .sort(),
    ).toEqual([
      [1, 'outcome:receipt-lookup:shown'],
      [2, 'minutes:receipt-lookup:3'],
      [3, 'abandoned:receipt-lookup:receipt-find:left'],
      [4, 'abandoned:receipt-lookup:receipt-state:finished'],
      [5, 'abandoned:receipt-lookup:receipt-cancel:timeout'],
      [6, 'abandoned:receipt-lookup:receipt-cancelled:timeout'],
      [7, 'abandoned:menu:menu:left'],
      [8, 'outcome:status:shown'],
    ]);
    counts.close();
  });

  it('an empty file of every old version is brought up', () => {
    for (let version = 0; version < statsMigrations.length; version++) {
      const path = join(data, `old-${version}.db`);
      const old = openDatabase(path, statsMigrations.slice(0, version));
      if (old.ok) old.value.close();
      const now = openDatabase(path, statsMigrations);
      expect(now.ok && now.value.pragma('user_version', { simple: true })).toBe(statsMigrations.length);
      if (now.ok) now.value.close();
    }
  });
});

const boot = { id: 'one', uptimeMs: () => clock.monotonic() };
const opening = {
  state: { open: true, by: 'always', until: null },
  calendar: null,
  override: null,
  onChange: () => () => {},
} as const;

describe('the heartbeat', () => {
  it('is minutes served out of the minutes between the first beat of a day and its last', () => {
    const usageStats = open();
    let screen: Snapshot['screen'] = { name: 'attract', can: [] };
    const kiosk = { snapshot: () => ({ screen }) as Snapshot, onSnapshot: () => () => {}, opening };
    const stop = createUsageCollector(kiosk, clock, boot, usageStats, () => faults.push('feed'));
    clock.advance(6 * 60_000);
    screen = { name: 'out-of-order', reason: 'reader-missing' };
    clock.advance(2 * 60_000);
    screen = { name: 'out-of-order', reason: 'staff' };
    clock.advance(4 * 60_000);
    stop();
    expect(read(usageStats).opening).toEqual([{ day, first: 600, last: 611, served: 6, console: 4 }]);
    usageStats.close();
    // Down for eight minutes.
    clock.advance(8 * 60_000);
    const again = open();
    screen = { name: 'attract', can: [] };
    const end = createUsageCollector(kiosk, clock, boot, again, () => faults.push('feed'));
    clock.advance(60_000);
    end();
    const counted = read(again);
    const { uptimePercent } = sumsOf(counted, { from: day, to: day });
    // 10:00 to 10:20 are 21 minutes, 4 of them the console's; served: 6 and 1.
    expect(uptimePercent).toBe(Math.round((7 / 17) * 1000) / 10);
    again.close();
  });

  it('a bug in the counting stops the counting, and nothing else', () => {
    const usageStats = open();
    let listener = (_: Snapshot) => {};
    const kiosk = {
      snapshot: () => ({ screen: { name: 'attract', can: [] } }) as unknown as Snapshot,
      onSnapshot: (heard: (snapshot: Snapshot) => void) => {
        listener = heard;
        return () => {};
      },
      opening,
    };
    const broken: UsageStats = Object.assign(Object.create(usageStats), { add: () => raise(), countMinute: () => raise() });
    const raise = () => {
      throw new Error('a bug');
    };
    const stop = createUsageCollector(kiosk, clock, boot, broken, () => faults.push('feed'));
    const menu = { screen: { name: 'menu', can: [], cardPresent: false } } as unknown as Snapshot;
    for (let n = 0; n < 3; n++) listener(menu);
    clock.advance(300_000);
    expect(faults).toEqual(['feed']);
    stop();
    usageStats.close();
  });
});
