import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PHOTO } from '../../main/contract/application.ts';
import { cropOf, LOOK } from './crop.ts';

it('cuts the middle out of a camera’s picture', () => {
  expect(cropOf(1920, 1080)).toEqual({ x: 540, y: 0, width: 840, height: 1080 });
  expect(cropOf(640, 480)).toEqual({ x: 133, y: 0, width: 373, height: 479 });
  // A camera that stands upright.
  expect(cropOf(1080, 1920)).toEqual({ x: 0, y: 266, width: 1080, height: 1388 });
});

it('lies in the picture, in its middle, with the photo’s shape', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 4000 }), fc.integer({ min: 200, max: 4000 }), (width, height) => {
      const crop = cropOf(width, height);
      expect(crop.x + crop.width).toBeLessThanOrEqual(width);
      expect(crop.y + crop.height).toBeLessThanOrEqual(height);
      expect(Math.abs(crop.x - (width - crop.width - crop.x))).toBeLessThanOrEqual(1);
      expect(crop.height / crop.width).toBeCloseTo(PHOTO.height / PHOTO.width, 1);
    }),
  );
});

it('is looked at in the same shape', () => {
  expect(LOOK.height / LOOK.width).toBe(PHOTO.height / PHOTO.width);
});
