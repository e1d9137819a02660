import { describe, expect, it } from 'vitest';
import { MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../contract/platform.ts';
import { createSendWindow } from './send-window.ts';

const bytes = (window: ReturnType<typeof createSendWindow>) => window.limits(null, false).bytes;

describe('send window', () => {
  it('begins at 256 KB, doubles while full batches get through, and never goes beyond what the contract holds', () => {
    const window = createSendWindow();
    const sizes = Array.from({ length: 5 }, () => {
      const size = bytes(window);
      window.passed(size);
      return size;
    });
    expect(sizes.slice(0, 2)).toEqual([262_144, 524_288]);
    expect(Math.max(...sizes)).toBeLessThan(MAX_BATCH_BYTES);
    expect(window.limits(null, false).items).toBe(MAX_BATCH_ITEMS);
  });
  it('halves after a break, and from there grows by a tenth', () => {
    const window = createSendWindow();
    window.passed(262_144);
    window.broke();
    expect(bytes(window)).toBe(262_144);
    window.passed(262_144);
    expect(bytes(window)).toBe(Math.floor(262_144 * 1.1));
    for (let n = 0; n < 20; n++) window.broke();
    expect(bytes(window)).toBe(8192);
  });
  it('a batch that was mostly empty shows nothing', () => {
    const window = createSendWindow();
    window.passed(6000);
    expect(bytes(window)).toBe(262_144);
  });
  it('beyond its first size is no more than the known rate carries in half a minute, and little while probing', () => {
    const window = createSendWindow();
    window.passed(262_144);
    window.passed(524_288);
    expect(window.limits(10_000, false).bytes).toBe(300_000);
    expect(window.limits(10, false).bytes).toBe(262_144);
    expect(window.limits(null, true).bytes).toBe(16_384);
  });
});
