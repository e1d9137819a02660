import { describe, expect, it } from 'vitest';
import { createRateMeter, FIRST_RATE } from './rate-meter.ts';

const KB = 1024;

describe('the rate of the line', () => {
  it('is not known at first, and then 16 kbit/s is counted on', () => {
    const meter = createRateMeter();
    expect(meter.rate).toBeNull();
    expect(meter.pessimistic).toBe(FIRST_RATE);
  });

  it('small requests that are answered quickly show that it is no slow one, and small ones that are not show nothing', () => {
    const meter = createRateMeter();
    meter.took(500, 10);
    expect(meter.pessimistic).toBe(25_000);
    meter.took(500, 3000);
    expect(meter.pessimistic).toBe(FIRST_RATE);
    expect(meter.rate).toBeNull();
    meter.took(20_000, 2000);
    meter.took(500, 1);
    expect(meter.pessimistic).toBe(5000);
  });

  it('is what was carried; half the slowest of the last eight is counted on', () => {
    const meter = createRateMeter();
    meter.took(20_000, 2000);
    expect(meter.rate).toBe(10_000);
    expect(meter.pessimistic).toBe(5000);
    for (let n = 0; n < 7; n++) meter.took(100_000, 1000);
    expect(meter.rate).toBeGreaterThan(90_000);
    expect(meter.pessimistic).toBe(5000);
    meter.took(100_000, 1000);
    expect(meter.pessimistic).toBe(50_000);
  });

  it('a time-out makes the next deadline longer, a dead line never longer than an unknown one', () => {
    const meter = createRateMeter();
    meter.took(1_000_000, 1000);
    meter.failed(700 * KB, 10_000);
    const once = meter.pessimistic;
    expect(once).toBeLessThan(20_000);
    for (let n = 0; n < 20; n++) meter.failed(700 * KB, 600_000);
    expect(meter.pessimistic).toBe(FIRST_RATE);
  });

  it('however slow it was, a deadline ends', () => {
    const meter = createRateMeter();
    meter.took(20 * KB, 10_000_000);
    expect((20 * KB) / meter.pessimistic).toBeLessThan(100);
  });
});
