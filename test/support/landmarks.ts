import type { Face, Point } from '../../renderer/photo/face.ts';

/** How a face of landmarks is held. */
export interface Held {
  /** Middle between the eyes, px. */
  readonly x: number;
  readonly y: number;
  /** Distance between the eyes' middles, px. */
  readonly between: number;
  /** Degrees, to the right of the picture. */
  readonly tilt: number;
  /** -1 to 1: the nose moves by so much of half the face's width. */
  readonly turn: number;
}

export const FRONTAL: Held = { x: 175, y: 207, between: 88, tilt: 0, turn: 0 };

/** On the face's own axes, in distances between the eyes: (0, 0) is the middle between them, down is positive. */
function own({ turn }: Held): Point[] {
  const points: Point[] = [];
  // Jaw: a half oval from ear to ear; 8 is the chin.
  for (let at = 0; at <= 16; at += 1) {
    const angle = Math.PI - (at * Math.PI) / 16;
    points.push({ x: Math.cos(angle) * 1.05, y: Math.sin(angle) * 1.75 });
  }
  // Brows
  for (const side of [-1, 1])
    for (let at = 0; at < 5; at += 1) points.push({ x: side * 0.5 + (at - 2) * 0.16, y: -0.35 - (2 - Math.abs(at - 2)) * 0.04 });
  // Nose: its back, then its wings
  for (let at = 0; at < 4; at += 1) points.push({ x: (turn * at) / 3, y: 0.1 + at * 0.2 });
  for (let at = 0; at < 5; at += 1) points.push({ x: turn + (at - 2) * 0.12, y: 0.85 });
  // Eyes: corner, two above, corner, two below
  for (const side of [-1, 1]) {
    const middle = side * 0.5;
    const half = 0.22;
    const lid = 0.3 * half;
    points.push(
      { x: middle - half, y: 0 },
      { x: middle - half / 3, y: -lid },
      { x: middle + half / 3, y: -lid },
      { x: middle + half, y: 0 },
      { x: middle + half / 3, y: lid },
      { x: middle - half / 3, y: lid },
    );
  }
  // Mouth: nothing is measured of it
  for (let at = 0; at < 20; at += 1) points.push({ x: Math.cos(at) * 0.4, y: 1.15 + Math.sin(at) * 0.1 });
  return points;
}

/** 68 landmarks of a face that is held so. */
export function landmarks(held: Held): Face {
  const turn = (held.tilt * Math.PI) / 180;
  const points = own(held).map(({ x, y }) => ({
    x: held.x + held.between * (x * Math.cos(turn) - y * Math.sin(turn)),
    y: held.y + held.between * (x * Math.sin(turn) + y * Math.cos(turn)),
  }));
  return { points, box: boxAround(points) };
}

/** The same face in a mirror of this width: left and right change, and with them which landmark is which. */
export function mirrored({ points }: Face, width: number): Face {
  const other = points.map((_, index) => points[MIRROR[index] ?? index] ?? { x: 0, y: 0 });
  const turned = other.map(({ x, y }) => ({ x: width - x, y }));
  return { points: turned, box: boxAround(turned) };
}

/** Which landmark takes the place of which (iBUG 300-W). */
const MIRROR: readonly number[] = [
  ...Array.from({ length: 17 }, (_, at) => 16 - at),
  ...Array.from({ length: 10 }, (_, at) => 26 - at),
  ...[27, 28, 29, 30],
  ...Array.from({ length: 5 }, (_, at) => 35 - at),
  ...[45, 44, 43, 42, 47, 46],
  ...[39, 38, 37, 36, 41, 40],
];

function boxAround(points: readonly Point[]): Face['box'] {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
