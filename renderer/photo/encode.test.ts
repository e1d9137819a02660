import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KIOSK_PHOTO, PHOTO } from '../../main/contract/application.ts';
import { jpegThatFits } from './encode.ts';

/** A camera's picture: the better the quality, the larger the file. @param most bytes at quality 1 */
const maker = (most: number) => {
  const asked: number[] = [];
  return {
    asked,
    make: async (quality: number) => {
      asked.push(quality);
      return { size: Math.round(most * quality ** 3), quality };
    },
  };
};

it('takes the best quality that fits', async () => {
  const usual = maker(250_000);
  expect(await jpegThatFits(usual.make)).toMatchObject({ ok: true, value: { quality: 0.92 } });
  expect(usual.asked).toEqual([0.92]);
  const rich = maker(1_500_000);
  expect(await jpegThatFits(rich.make)).toMatchObject({ ok: true, value: { quality: 0.6 } });
});

it('takes the finest where there is little in the picture', async () => {
  expect(await jpegThatFits(maker(22_000).make)).toMatchObject({ ok: true, value: { quality: 1 } });
});

it('says so when nothing fits', async () => {
  expect(await jpegThatFits(maker(5_000).make)).toEqual({ ok: false, error: 'too-plain' });
  expect(await jpegThatFits(maker(90_000_000).make)).toEqual({ ok: false, error: 'too-large' });
});

it('never answers a file outside the limits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30_000_000 }), async (most) => {
      const made = await jpegThatFits(maker(most).make);
      if (!made.ok) return;
      expect(made.value.size).toBeGreaterThanOrEqual(PHOTO.leastBytes);
      expect(made.value.size).toBeLessThanOrEqual(KIOSK_PHOTO.mostBytes);
    }),
  );
});
