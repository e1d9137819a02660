import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRONTAL, type Held, landmarks, mirrored } from '../../test/support/landmarks.ts';
import { headOf, LANDMARKS, poseOf } from './face.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const held: fc.Arbitrary<Held> = fc.record({
  x: number(0, 350),
  y: number(0, 450),
  between: number(20, 140),
  tilt: number(-40, 40),
  turn: number(-0.6, 0.6),
});

it('has as many landmarks as the detector answers', () => {
  expect(landmarks(FRONTAL).points).toHaveLength(LANDMARKS);
});

describe('a pose', () => {
  it('of a face that looks straight ahead is level and not turned', () => {
    const { tilt, turn } = poseOf(landmarks(FRONTAL));
    expect(tilt).toBeCloseTo(0, 6);
    expect(turn).toBeCloseTo(0, 6);
  });

  it('is tilted by the angle that the head leans by, whatever else it does', () => {
    fc.assert(
      fc.property(held, (some) => {
        expect(poseOf(landmarks(some)).tilt).toBeCloseTo(some.tilt, 6);
      }),
    );
  });

  it('is mirrored in a mirror: tilt and turn to the other side', () => {
    fc.assert(
      fc.property(held, (some) => {
        const face = landmarks(some);
        const before = poseOf(face);
        const after = poseOf(mirrored(face, 350));
        expect(after.tilt).toBeCloseTo(-before.tilt, 6);
        expect(after.turn).toBeCloseTo(-before.turn, 6);
      }),
    );
  });

  it('does not change with place or size, and a turn does not change with a tilt', () => {
    fc.assert(
      fc.property(held, number(0, 350), number(0, 450), number(20, 140), number(-40, 40), (some, x, y, between, tilt) => {
        const before = poseOf(landmarks(some));
        const after = poseOf(landmarks({ ...some, x, y, between, tilt }));
        expect(after.turn).toBeCloseTo(before.turn, 6);
        expect(after.tilt).toBeCloseTo(tilt, 6);
      }),
    );
  });

  it('turns with the nose', () => {
    const turned = (turn: number) => poseOf(landmarks({ ...FRONTAL, turn })).turn;
    expect(turned(0.3)).toBeGreaterThan(turned(0.1));
    expect(turned(-0.3)).toBeLessThan(-0.16);
  });

  it('of landmarks that all lie on one point is no pose, and no crash', () => {
    const points = Array.from({ length: LANDMARKS }, () => ({ x: 7, y: 7 }));
    expect(poseOf({ points, box: { x: 7, y: 7, width: 0, height: 0 } })).toEqual({ tilt: 0, turn: 0 });
  });
});

describe('a head', () => {
  it('grows with the face, and moves with it', () => {
    fc.assert(
      fc.property(held, number(0.5, 2), number(-50, 50), number(-50, 50), (some, by, dx, dy) => {
        const before = headOf(landmarks(some));
        const larger = headOf(landmarks({ ...some, between: some.between * by }));
        expect(larger.height).toBeCloseTo(before.height * by, 4);
        expect(larger.centre.x).toBeCloseTo(before.centre.x, 6);
        const moved = headOf(landmarks({ ...some, x: some.x + dx, y: some.y + dy }));
        expect(moved.height).toBeCloseTo(before.height, 6);
        expect(moved.centre.x).toBeCloseTo(before.centre.x + dx, 6);
        expect(moved.centre.y).toBeCloseTo(before.centre.y + dy, 6);
      }),
    );
  });

  it('is as high when it leans', () => {
    fc.assert(
      fc.property(held, number(-40, 40), (some, tilt) => {
        expect(headOf(landmarks({ ...some, tilt })).height).toBeCloseTo(headOf(landmarks(some)).height, 6);
      }),
    );
  });
});
