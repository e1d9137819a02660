import { beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { StallTimer } from './stall-timer.ts';

let clock: ManualClock;
let fired: number[];
let stall: StallTimer;
beforeEach(() => {
  clock = createManualClock();
  fired = [];
  stall = new StallTimer(clock, { timeoutMs: 10_000, sendRate: 2000 }, () => fired.push(clock.monotonic()));
});

describe('a stall', () => {
  it('of a small request is noticed after about the time-out', () => {
    stall.sent(400, true);
    clock.advance(10_199);
    expect(fired).toEqual([]);
    clock.advance(1_000_000);
    expect(fired).toEqual([10_200]);
  });

  it('is none while the socket takes bytes, however slowly in all', () => {
    for (let piece = 0; piece < 100; piece++) {
      stall.sent(8000, false);
      clock.advance(13_900);
    }
    expect(fired).toEqual([]);
  });

  it('after the last byte waits for what may still be on its way', () => {
    for (let piece = 0; piece < 90; piece++) stall.sent(8000, piece === 89);
    clock.advance(369_999);
    expect(fired).toEqual([]);
    clock.advance(1);
    expect(fired).toEqual([370_000]);
  });

  it('is allowed for longer where a late answer is waited for, but only once the whole request is out', () => {
    const patient = new StallTimer(clock, { timeoutMs: 10_000, answerMs: 300_000, sendRate: 2000 }, () =>
      fired.push(clock.monotonic()),
    );
    patient.sent(8000, false);
    clock.advance(14_000);
    expect(fired).toEqual([14_000]);
    patient.sent(8000, true);
    clock.advance(307_999);
    expect(fired).toHaveLength(1);
    clock.advance(1);
    expect(fired).toHaveLength(2);
  });

  it('of an answer is noticed after the time-out; a slow one is none', () => {
    stall.sent(400, true);
    stall.received(0);
    for (let second = 0; second < 300; second++) {
      clock.advance(1000);
      stall.received(300);
    }
    expect(fired).toEqual([]);
    clock.advance(10_000);
    expect(fired).toEqual([310_000]);
  });

  it('an answer that drips is one', () => {
    stall.sent(400, true);
    stall.received(0);
    for (let second = 0; second < 60; second++) {
      clock.advance(1000);
      if (fired.length === 0) stall.received(10);
    }
    expect(fired).toHaveLength(1);
    expect(fired[0]).toBeLessThan(12_000);
  });

  it('after the end is none', () => {
    stall.sent(400, true);
    stall.stop();
    clock.advance(1_000_000);
    expect(fired).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
