import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { SILENCE, type SilenceWatch, watchSilence } from './silence.ts';

let clock: ManualClock;
let silent: number[];
let watch: SilenceWatch;
beforeEach(() => {
  clock = createManualClock();
  silent = [];
  watch = watchSilence({ ...clock, now: () => clock.monotonic() }, SILENCE, (afterMs) => silent.push(afterMs));
});

describe('a core that listens', () => {
  beforeEach(() => {
    watch.started();
    watch.listening();
  });

  it('is silent after ten seconds, and told so once', () => {
    clock.advance(9999);
    expect(silent).toEqual([]);
    clock.advance(1);
    expect(silent).toEqual([10_000]);
    clock.advance(3_600_000);
    expect([silent, clock.pending]).toEqual([[10_000], 0]);
  });

  it('is not while it beats', () => {
    for (let beat = 0; beat < 1000; beat++) {
      clock.advance(2000);
      watch.heard();
    }
    expect(silent).toEqual([]);
    clock.advance(10_000);
    expect(silent).toEqual([10_000]);
  });

  it('a launcher that stood still itself blames nobody: one tick, then what was said meanwhile is read', () => {
    // A timer that comes an hour late is one tick all the same.
    const timers: (() => void)[] = [];
    const late = watchSilence(
      { now: () => 0, setTimeout: (run) => timers.push(run), clearTimeout: () => {} },
      SILENCE,
      (afterMs) => silent.push(afterMs),
    );
    late.started();
    late.listening();
    timers.shift()?.();
    late.heard();
    for (let tick = 0; tick < 9; tick++) timers.shift()?.();
    expect(silent).toEqual([]);
    timers.shift()?.();
    expect(silent).toEqual([10_000]);
  });
});

it('a core that starts has two minutes, and a beat begins them anew', () => {
  watch.started();
  clock.advance(119_000);
  watch.heard();
  clock.advance(119_999);
  expect(silent).toEqual([]);
  clock.advance(1);
  expect(silent).toEqual([120_000]);
});

it('a core that is gone is not waited for; the next one has its time to start', () => {
  watch.started();
  watch.listening();
  watch.ended();
  clock.advance(600_000);
  expect([silent, clock.pending]).toEqual([[], 0]);
  watch.started();
  clock.advance(119_999);
  expect(silent).toEqual([]);
});
