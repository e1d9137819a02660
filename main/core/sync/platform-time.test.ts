import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlatformTime, type TimeNote } from './platform-time.ts';

const START = Date.UTC(2026, 10, 27);
const YEARS = 10 * 365 * 86_400_000;

/** One machine in the true flow of time: `wall` is off by what was set, `uptime` begins anew with each boot. */
function world() {
  let truth = START;
  let off = 0;
  let bootAt = START;
  let boots = 0;
  let note: TimeNote | null = null;
  const store = {
    noteTime: (next: TimeNote) => {
      note = next;
      return true;
    },
    notedTime: () => note,
  };
  const begin = () => {
    const id = `boot-${boots}`;
    const time = createPlatformTime({
      boot: { id, uptimeMs: () => truth - bootAt },
      clock: { now: () => truth + off },
      store: () => store,
    });
    time.load();
    return time;
  };
  let time = begin();
  return {
    get time() {
      return time;
    },
    get truth() {
      return truth;
    },
    pass: (ms: number) => {
      truth += ms;
    },
    jump: (ms: number) => {
      off += ms;
    },
    setWall: (ms: number) => {
      off = ms;
    },
    answer(roundTrip: number) {
      const sentAt = time.uptime();
      truth += roundTrip;
      const date = Math.floor((truth - roundTrip / 2) / 1000) * 1000;
      time.note(date, sentAt, time.uptime());
    },
    /** The queue is made anew out of the journal, which does not know the time. */
    loseNote: () => {
      note = null;
    },
    restart: () => {
      time = begin();
    },
    reboot(offMs: number) {
      truth += offMs;
      bootAt = truth;
      boots += 1;
      time = begin();
    },
  };
}

describe('the platform’s time', () => {
  it('is not known before the first answer', () => {
    const { time } = world();
    expect(time.now()).toBeNull();
    expect(time.latest()).toBeNull();
    expect(time.civil()).toBe(START);
  });
  it('is written again into a queue that was made anew, before the kiosk counts on it', () => {
    const w = world();
    w.answer(100);
    w.loseNote();
    w.pass(60_000);
    w.answer(100);
    w.jump(-YEARS);
    w.restart();
    expect(Math.abs((w.time.now() ?? 0) - w.truth)).toBeLessThanOrEqual(1500);
  });
  it('lies within the round trip and the second that a Date counts', () => {
    const w = world();
    w.pass(12_345);
    w.answer(800);
    expect(Math.abs((w.time.now() ?? 0) - w.truth)).toBeLessThanOrEqual(900);
    expect(w.time.latest()).toBeGreaterThanOrEqual(w.truth);
  });
  const step = fc.oneof(
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 5 * 86_400_000 }) }),
    fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -YEARS, max: YEARS }) }),
    fc.record({ do: fc.constant('answer' as const), ms: fc.integer({ min: 0, max: 20_000 }) }),
    fc.record({ do: fc.constant('restart' as const), ms: fc.constant(0) }),
    fc.record({ do: fc.constant('keep' as const), ms: fc.constant(0) }),
  );
  it('within one boot no jump of the wall clock changes anything, over restarts of the core too', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const w = world();
        let known = false;
        for (const one of steps) {
          if (one.do === 'pass') w.pass(one.ms);
          else if (one.do === 'jump') w.jump(one.ms);
          else if (one.do === 'answer') {
            w.answer(one.ms);
            known = true;
          } else if (one.do === 'restart') w.restart();
          else w.time.keep();
          if (!known) continue;
          // Never earlier than the truth, so that nothing over-age is handed out; and close to it, so that what is good is.
          expect(w.time.latest()).toBeGreaterThanOrEqual(w.truth);
          expect(Math.abs((w.time.now() ?? 0) - w.truth)).toBeLessThanOrEqual(11_000);
        }
      }),
      { numRuns: 500 },
    );
  });
  it('after a boot the wall clock says how long the machine was off; one that went back says nothing, and nothing counts as fresh', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: YEARS }), fc.integer({ min: -YEARS, max: YEARS }), (off, jump) => {
        const w = world();
        w.answer(100);
        w.jump(jump);
        w.time.keep();
        w.reboot(off);
        expect(w.time.latest()).toBeGreaterThanOrEqual(w.truth);
        // And the clock set back while it was off.
        w.setWall(-YEARS * 2);
        w.reboot(0);
        expect(w.time.latest()).toBe(Number.POSITIVE_INFINITY);
        expect(w.time.now()).toBeGreaterThanOrEqual(START);
        w.answer(100);
        expect(Math.abs((w.time.now() ?? 0) - w.truth)).toBeLessThanOrEqual(1000);
      }),
    );
  });
});
