import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { runs } from '../../../test/support/runs.ts';
import { type Hours, type HoursOrder, minutesOf, WEEKDAYS } from '../../contract/hours.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { createCalendar } from '../hours/calendar.ts';
import { createOpening } from '../hours/opening.ts';
import { overrideInMemory } from '../hours/override-store.ts';
import { sumsOf } from '../staff/report/sums.ts';
import { createUsageCollector } from './collector.ts';
import type { Mark, ServiceRow } from './stats-file.ts';
import { openUsageStats, type UsageStats } from './usage-stats.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string) => Date.parse(`${text}:00+09:00`);

/** A machine with a kiosk on it, on a virtual clock: real opening, real feed, real file. */
function machine(openCounts: (clock: ManualClock, log: (fault: string) => void) => UsageStats, hours: Hours, from: string) {
  const clock = createManualClock(at(from));
  const calendar = createCalendar(hours);
  const store = overrideInMemory();
  const faults: string[] = [];
  let bootedAt = clock.monotonic() - HOUR;
  let boots = 1;
  let screen: Snapshot['screen'] = { name: 'attract', can: [] };
  let up: { usageStats: UsageStats; opening: ReturnType<typeof createOpening>; stop: () => void } | null = null;
  let heard = (_: Snapshot) => {};
  const seen = () => {
    const attract = screen.name === 'attract';
    return {
      screen: attract && up?.opening.state.open === false ? { name: 'closed', opens: null, ask: null, card: false } : screen,
    } as Snapshot;
  };
  const tell = () => heard(seen());
  return {
    clock,
    faults,
    start() {
      if (up !== null) return;
      const opening = createOpening({ calendar, clock, store });
      const usageStats = openCounts(clock, (fault) => faults.push(fault));
      up = { usageStats, opening, stop: () => {} };
      opening.onChange(tell);
      opening.start();
      const kiosk = {
        snapshot: seen,
        onSnapshot: (listener: typeof heard) => {
          heard = listener;
          return () => {};
        },
        opening,
      };
      const id = `boot ${boots}`;
      const begin = bootedAt;
      const run = boots;
      const stop = createUsageCollector(
        kiosk,
        clock,
        { id, uptimeMs: () => clock.monotonic() - (boots === run ? bootedAt : begin) },
        usageStats,
        () => faults.push('feed'),
      );
      up.stop = stop;
    },
    /** The core ends in order. */
    stop() {
      up?.stop();
      up?.opening.stop();
      up?.usageStats.close();
      up = null;
      heard = () => {};
    },
    /** The machine is switched off, and on again after so long. */
    reboot(ms: number) {
      this.stop();
      clock.advance(ms);
      boots += 1;
      bootedAt = clock.monotonic();
      this.start();
    },
    show(next: Snapshot['screen']['name']) {
      screen = next === 'out-of-order' ? { name: next, reason: 'reader-missing' } : { name: 'attract', can: [] };
      tell();
    },
    order: (order: HoursOrder) => up?.opening.order(order),
    /** Its timers stand still while the machine's uptime goes on. */
    sleep(ms: number) {
      bootedAt -= ms;
      clock.jump(ms);
    },
    /** Of what was kept when the core has ended. */
    numbers() {
      this.stop();
      const usageStats = openCounts(clock, (fault) => faults.push(fault));
      const read = usageStats.read('2020-01-01', '2099-12-31');
      usageStats.close();
      if (!read.ok) throw new Error(read.error);
      return sumsOf(read.value, { from: '2026-11-01', to: '2026-12-31' });
    },
  };
}

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'service-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const openFile = (clock: ManualClock, log: (fault: string) => void) =>
  openUsageStats({ data, clock, log: (_, fields) => log(JSON.stringify(fields)) });
/** What the file does, for many runs. */
function openMemory() {
  const rows: ServiceRow[] = [];
  let kept: Mark | null = null;
  return (): UsageStats => ({
    add: () => {},
    countMinute: () => {},
    serve: (more, mark) => {
      rows.push(...more);
      kept = mark;
    },
    mark: () => kept,
    dropMark: () => {},
    setIssued: () => ({ ok: true, value: null }),
    read: () => ({ ok: true, value: { rows: [], opening: [], service: rows, issued: [] } }),
    close: () => {},
  });
}

const office: Hours = { week: { fri: ['08:30-12:00', '13:00-17:30'], mon: ['09:00-10:00'] } };

describe('time within the opening hours', () => {
  it('closed hours count for nothing; out of order and a core that does not run count against it', () => {
    const m = machine(openFile, office, '2026-11-27T08:00');
    m.start();
    m.clock.advance(HOUR);
    m.show('out-of-order');
    m.clock.advance(12 * MINUTE);
    m.show('attract');
    m.clock.advance(18 * MINUTE);
    m.stop();
    m.clock.advance(HOUR);
    m.start();
    m.clock.advance(20 * HOUR);
    // 08:30 to 12:00 and 13:00 to 17:30 are 480 minutes; 12 out of order, 60 not running.
    expect(m.numbers()).toMatchObject({
      uptimePercent: 85,
      opening: { promisedMinutes: 480, servedMinutes: 408, closedByStaffMinutes: 0 },
    });
    expect(m.faults).toEqual([]);
  });

  it('what staff close by hand counts apart, also while the machine is then switched off; what they open outside counts for nothing', () => {
    const m = machine(openFile, office, '2026-11-27T08:30');
    m.start();
    m.clock.advance(HOUR);
    m.order('close-till-next');
    m.clock.advance(HOUR);
    m.reboot(HOUR + 30 * MINUTE);
    m.clock.advance(HOUR);
    m.order('open-today');
    m.clock.advance(10 * HOUR);
    expect(m.numbers()).toMatchObject({
      uptimePercent: 100,
      opening: { promisedMinutes: 480, servedMinutes: 330, closedByStaffMinutes: 150 },
    });
  });

  it('what staff say within two minutes of switching on changes nothing of what they had said before', () => {
    const m = machine(openFile, { week: { fri: ['00:00-24:00'] } }, '2026-11-27T01:00');
    m.start();
    m.order('close');
    m.reboot(HOUR);
    m.order('open');
    m.stop();
    m.clock.advance(HOUR);
    m.start();
    m.clock.advance(HOUR);
    expect(m.numbers().opening).toEqual({ promisedMinutes: 180, servedMinutes: 60, closedByStaffMinutes: 60 });
  });

  it('what is served within two minutes of switching on counts, also when the core or the machine is started again in them', () => {
    const m = machine(openFile, { week: { fri: ['00:00-24:00'] } }, '2026-11-27T01:00');
    m.start();
    for (const again of ['core', 'machine']) {
      m.reboot(HOUR);
      m.clock.advance(MINUTE);
      if (again === 'machine') m.reboot(HOUR);
      else {
        m.stop();
        m.clock.advance(HOUR);
        m.start();
      }
    }
    m.clock.advance(HOUR);
    expect(m.numbers().opening).toEqual({ promisedMinutes: 302, servedMinutes: 62, closedByStaffMinutes: 0 });
  });

  it('a clock that is set makes time neither longer nor double', () => {
    const m = machine(openFile, { week: { fri: ['00:00-24:00'], sat: ['00:00-24:00'] } }, '2026-11-27T01:00');
    m.start();
    for (const jump of [HOUR, -2 * HOUR, 5 * MINUTE, -4 * MINUTE]) {
      m.clock.advance(HOUR);
      m.clock.jump(jump);
    }
    m.clock.advance(HOUR);
    expect(m.numbers().opening).toEqual({ promisedMinutes: 300, servedMinutes: 300, closedByStaffMinutes: 0 });
  });

  it('a machine whose clock was behind when it was switched on is given the time first', () => {
    const m = machine(openFile, { week: { fri: ['00:00-24:00'] } }, '2026-11-27T01:00');
    m.start();
    m.clock.advance(HOUR);
    m.stop();
    m.clock.jump(-2 * HOUR);
    m.reboot(HOUR);
    m.clock.advance(30_000);
    m.clock.jump(2 * HOUR);
    m.clock.advance(HOUR);
    expect(m.numbers().opening).toEqual({ promisedMinutes: 181, servedMinutes: 121, closedByStaffMinutes: 0 });
  });

  it('who sleeps serves nobody', () => {
    const m = machine(openFile, { week: { fri: ['00:00-24:00'] } }, '2026-11-27T01:00');
    m.start();
    m.clock.advance(HOUR);
    m.sleep(2 * HOUR);
    m.clock.advance(HOUR);
    // In the minute in which it fell asleep nobody knows until when it was awake.
    expect(m.numbers().opening).toEqual({ promisedMinutes: 240, servedMinutes: 119, closedByStaffMinutes: 0 });
  });
});

const hhmm = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 4 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, n) => `${hhmm(cuts[2 * n] ?? 0)}-${hhmm(cuts[2 * n + 1] ?? 0)}`),
  );
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('go' as const), minutes: fc.integer({ min: 1, max: 600 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('break' as const, 'mend' as const), minutes: fc.constant(0) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'reboot' as const),
      minutes: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'open' as const, 'follow' as const), minutes: fc.constant(0) }),
  },
);

it('equals a look at every minute: any hours, outages, restarts, closings by hand', () => {
  fc.assert(
    fc.property(fc.record({ fri: spans, sat: spans, sun: spans }), fc.array(step, { maxLength: 14 }), (week, steps) => {
      const m = machine(openMemory(), { week }, '2026-11-27T00:00');
      m.start();
      // The model: a state, and a look at it in every minute.
      const model = { promised: 0, served: 0, byStaff: 0 };
      let broken = false;
      let said: 'close' | 'open' | 'follow' = 'follow';
      let now = at('2026-11-27T00:00');
      const pass = (minutes: number, running: boolean) => {
        for (let n = 0; n < minutes; n++, now += MINUTE) {
          const japan = new Date(now + 9 * HOUR);
          const minute = japan.getUTCHours() * 60 + japan.getUTCMinutes();
          const today = week[(WEEKDAYS[japan.getUTCDay()] ?? 'mon') as 'fri'] ?? [];
          if (!today.map(minutesOf).some(({ from, to }) => from <= minute && minute < to)) continue;
          model.promised += 1;
          if (said === 'close') model.byStaff += 1;
          else if (running && !broken) model.served += 1;
        }
      };
      for (const { do: what, minutes } of steps) {
        if (what === 'go') {
          m.clock.advance(minutes * MINUTE);
          pass(minutes, true);
        } else if (what === 'break' || what === 'mend') {
          broken = what === 'break';
          m.show(broken ? 'out-of-order' : 'attract');
        } else if (what === 'close' || what === 'open' || what === 'follow') {
          said = what;
          m.order(what);
        } else {
          if (what === 'restart') {
            m.stop();
            m.clock.advance(minutes * MINUTE);
            m.start();
          } else m.reboot(minutes * MINUTE);
          pass(minutes, false);
        }
      }
      // What a machine that was just switched on holds back is counted a little later.
      m.clock.advance(3 * MINUTE);
      pass(3, true);
      const { opening, uptimePercent } = m.numbers();
      const { promised, served, byStaff } = model;
      expect(opening ?? { promisedMinutes: 0, servedMinutes: 0, closedByStaffMinutes: 0 }).toEqual({
        promisedMinutes: promised,
        servedMinutes: served,
        closedByStaffMinutes: byStaff,
      });
      const due = promised - byStaff;
      expect(uptimePercent).toBe(due <= 0 ? null : Math.round((served / due) * 1000) / 10);
      expect(m.faults).toEqual([]);
    }),
    { numRuns: runs(25, 8) },
  );
}, 60_000);
