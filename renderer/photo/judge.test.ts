import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PhotoHint } from '../../main/contract/application.ts';
import { drawnFace, type FacePose, GOOD_POSE } from '../../test/support/drawn-face.ts';
import { FRONTAL, type Held, landmarks, mirrored } from '../../test/support/landmarks.ts';
import { runs } from '../../test/support/runs.ts';
import { LOOK } from './crop.ts';
import type { Face } from './face.ts';
import { hintsOf, measure } from './judge.ts';
import { type Grey, greyOf } from './pixels.ts';

const { width, height } = LOOK;

/** A drawn picture with something done to its light. */
function picture(some: Partial<FacePose> = {}, light: (value: number, x: number, y: number) => number = (value) => value): Grey {
  const at = drawnFace(width, height, { ...GOOD_POSE, ...some });
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const [index, value] of at(x, y).entries()) data[(y * width + x) * 4 + index] = light(value, x, y);
    }
  }
  return greyOf({ width, height, data });
}

const GOOD = picture();
const face = (some: Partial<Held> = {}): Face => landmarks({ ...FRONTAL, ...some });
const hints = (faces: readonly Face[], grey = GOOD): PhotoHint[] => hintsOf(measure(grey, faces), 'normal');

it('says nothing of a good picture', () => {
  expect(hints([face()])).toEqual([]);
});

describe('one thing wrong is one hint', () => {
  it.each<[PhotoHint, Partial<Held>]>([
    ['too-small', { between: 45 }],
    ['too-large', { between: 125 }],
    ['off-centre', { x: 225 }],
    ['off-centre', { y: 275 }],
    ['tilted', { tilt: 14 }],
    ['tilted', { tilt: -14 }],
    ['turned', { turn: 0.3 }],
    ['turned', { turn: -0.3 }],
  ])('%s: %o', (hint, some) => {
    expect(hints([face(some)])).toEqual([hint]);
  });

  it.each<[PhotoHint, Grey]>([
    ['background', picture({ background: 'busy' })],
    ['too-dark', picture({}, (value) => value * 0.25)],
    ['too-bright', picture({}, (value) => 230 + value * 0.03 + ((value * 7) % 9))],
    ['glare', picture({}, (value, x, y) => (Math.hypot(x - 131, y - 205) < 14 ? 255 : value))],
    [
      'eyes-hidden',
      picture({}, (value, x, y) =>
        Math.hypot((Math.abs(x - 175) - 44) / 40, (y - 207) / 28) < 1 ? 24 + ((x * 7 + y * 3) % 9) : value,
      ),
    ],
    ['blurred', { ...GOOD, light: blur(GOOD) }],
  ])('%s', (hint, grey) => {
    expect(hints([face()], grey)).toEqual([hint]);
  });

  it('nobody, and two', () => {
    expect(hints([])).toEqual(['no-face']);
    expect(hints([face(), face({ x: 300, between: 60 })])).toEqual(['two-faces']);
    // A face in a picture on the wall.
    expect(hints([face(), face({ x: 320, between: 20 })])).toEqual([]);
  });
});

describe('ways', () => {
  const wrong: Partial<Held> = { x: 230, tilt: 20, turn: 0.4 };
  it('spare whoever cannot hold the pose', () => {
    const measures = measure(GOOD, [face(wrong)]);
    expect(hintsOf(measures, 'normal')).toEqual(['off-centre', 'turned', 'tilted']);
    expect(hintsOf(measures, 'pose')).toEqual([]);
    expect(hintsOf(measures, 'cover')).toEqual(['off-centre', 'turned', 'tilted']);
  });

  it('do not take a head cover for the background', () => {
    const measures = measure(picture({ background: 'busy' }), [face()]);
    expect(hintsOf(measures, 'cover')).toEqual([]);
    expect(hintsOf(measures, 'pose')).toEqual(['background']);
  });
});

describe('symmetry', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const held: fc.Arbitrary<Held> = fc.record({
    x: number(100, 250),
    y: number(150, 280),
    between: number(40, 130),
    tilt: number(-25, 25),
    turn: number(-0.5, 0.5),
  });
  const only = (all: readonly PhotoHint[], ...wanted: PhotoHint[]) => all.filter((hint) => wanted.includes(hint));
  const ofLight: PhotoHint[] = ['too-dark', 'too-bright', 'glare', 'background', 'blurred'];

  it('a mirrored picture of a mirrored face has the same hints', () => {
    const light = new Uint8Array(GOOD.light.length);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) light[y * width + x] = GOOD.light[y * width + (width - 1 - x)] ?? 0;
    fc.assert(
      fc.property(held, (some) => {
        const here = landmarks(some);
        const there = hints([mirrored(here, width)], { ...GOOD, light });
        const withoutLight = (all: PhotoHint[]) => all.filter((hint) => !ofLight.includes(hint));
        expect(withoutLight(there)).toEqual(withoutLight(hints([here])));
      }),
      { numRuns: runs(40, 15) },
    );
  });

  it('size changes only what is said of size, place only what is said of the middle', () => {
    const posed: PhotoHint[] = ['tilted', 'turned'];
    fc.assert(
      fc.property(held, number(40, 130), number(100, 250), (some, between, x) => {
        const before = hints([landmarks(some)]);
        const resized = hints([landmarks({ ...some, between })]);
        expect(only(resized, ...posed, 'off-centre')).toEqual(only(before, ...posed, 'off-centre'));
        const moved = hints([landmarks({ ...some, x })]);
        expect(only(moved, ...posed, 'too-small', 'too-large')).toEqual(only(before, ...posed, 'too-small', 'too-large'));
      }),
      { numRuns: runs(40, 15) },
    );
  });
});

/** The mean of 7 x 7 pixels around each. */
function blur({ light }: Grey): Uint8Array {
  const soft = new Uint8Array(light.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      let count = 0;
      for (let dy = -3; dy <= 3; dy += 1) {
        for (let dx = -3; dx <= 3; dx += 1) {
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          sum += light[(y + dy) * width + x + dx] ?? 0;
          count += 1;
        }
      }
      soft[y * width + x] = sum / count;
    }
  }
  return soft;
}
