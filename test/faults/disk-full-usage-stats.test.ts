import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUsageStats, type UsageStats } from '../../main/core/usage-stats/usage-stats.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { testFolder } from '../support/test-folder.ts';
import { canMount, mountTmpfs, type Tmpfs } from '../support/tmpfs.ts';

const STEPS = 4000;
const day = '2026-11-23';
const sumOf = (usageStats: UsageStats): number => {
  const counted = usageStats.read(day, day);
  return counted.ok ? counted.value.rows.reduce((sum, { count }) => sum + count, 0) : -1;
};

// Needs root for a file system of its own.
describe.skipIf(!canMount)('the counts on a full disk', () => {
  let disk: Tmpfs;
  beforeEach(() => {
    disk = mountTmpfs(testFolder('kiosk', 'disk-full-tally'), 1024 * 1024);
  });
  afterEach(() => disk.unmount());

  it('are kept in memory, said once, never twice in the sum, and written when there is room again', () => {
    const clock = createManualClock();
    const faults: unknown[] = [];
    const open = () => openUsageStats({ data: disk.path, clock, log: (_, fields) => faults.push(fields) });
    const usageStats = open();
    usageStats.add(day, 'visits', 5);
    clock.advance(1000);
    disk.fill();
    // So many different keys that they need pages of their own.
    for (let n = 0; n < STEPS; n++) usageStats.add(day, `abandoned:set-up:step-${n}:home`, 1);
    clock.advance(1000);
    clock.advance(60_000);
    usageStats.add(day, 'visits', 1);
    clock.advance(60_000);
    expect(faults).toEqual([{ where: 'usage-stats.write' }]);
    expect(sumOf(usageStats)).toBe(6 + STEPS);
    disk.empty();
    clock.advance(1000);
    usageStats.add(day, 'visits', 1);
    clock.advance(60_000);
    usageStats.close();
    const again = open();
    expect(sumOf(again)).toBe(7 + STEPS);
    again.close();
    expect(faults).toHaveLength(1);
  });
});
