import type { Box } from './face.ts';

/** Light of a picture, 0 to 255 a pixel, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
}

/** A pixel this light has lost what was in it. */
const BLOWN = 248;

/** @param rgba four bytes a pixel. Weights of ITU-R BT.601, which JPEG uses too. */
export function greyOf({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): Grey {
  const light = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < light.length; at += 1, from += 4)
    light[at] = Math.round(0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0));
  return { width, height, light };
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
  readonly count: number;
}

/** The part of a box that lies in the picture, whole pixels. */
function inside({ width, height }: Grey, box: Box) {
  return {
    left: Math.max(0, Math.round(box.x)),
    top: Math.max(0, Math.round(box.y)),
    right: Math.min(width, Math.round(box.x + box.width)),
    bottom: Math.min(height, Math.round(box.y + box.height)),
  };
}

function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, deviation: 0, count: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length), count: values.length };
}

function lightsIn(grey: Grey, box: Box): number[] {
  const { left, top, right, bottom } = inside(grey, box);
  const values: number[] = [];
  for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) values.push(grey.light[y * grey.width + x] ?? 0);
  return values;
}

/** Mean light, 0 to 255. */
export function brightnessIn(grey: Grey, box: Box): number {
  return spreadOf(lightsIn(grey, box)).mean;
}

/** Share of pixels that are blown out, 0 to 1. */
export function glareIn(grey: Grey, box: Box): number {
  const values = lightsIn(grey, box);
  return values.length === 0 ? 0 : values.filter((value) => value >= BLOWN).length / values.length;
}

/** Variance of the Laplacian: how much a picture has of edges one pixel wide. A blurred one has few. */
export function sharpnessIn(grey: Grey, box: Box): number {
  const { left, top, right, bottom } = inside(grey, box);
  const { width, light } = grey;
  const values: number[] = [];
  for (let y = Math.max(1, top); y < Math.min(grey.height - 1, bottom); y += 1) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, right); x += 1) {
      const here = y * width + x;
      values.push(
        (light[here - 1] ?? 0) +
          (light[here + 1] ?? 0) +
          (light[here - width] ?? 0) +
          (light[here + width] ?? 0) -
          4 * (light[here] ?? 0),
      );
    }
  }
  return spreadOf(values).deviation ** 2;
}

/** Side of the squares that the borders are looked at in, px. */
const SQUARE = 15;

/** How plain the borders beside the head are. */
export interface Background {
  /** Share of squares with something in them, 0 to 1. */
  readonly busy: number;
  /** How far the squares differ from one another in light: a shadow, a door frame, two walls. */
  readonly uneven: number;
}

const meet = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** A square with more than this in it is not plain: sensor noise in a dim room stays below. */
const PLAIN = 12;

/**
 * Looks at the strips left and right, from the top down to the shoulders.
 * @param head what of the picture is the head and its hair, and no background
 */
export function backgroundOf(grey: Grey, head: Box | null): Background {
  const strip = Math.round(grey.width * 0.13);
  const down = Math.round(grey.height * 0.5);
  const squares: Spread[] = [];
  for (const from of [0, grey.width - strip]) {
    for (let y = 0; y + SQUARE <= down; y += SQUARE)
      for (let x = from; x + SQUARE <= from + strip; x += SQUARE)
        if (head === null || !meet({ x, y, width: SQUARE, height: SQUARE }, head))
          squares.push(spreadOf(lightsIn(grey, { x, y, width: SQUARE, height: SQUARE })));
  }
  if (squares.length === 0) return { busy: 0, uneven: 0 };
  return {
    busy: squares.filter(({ deviation }) => deviation > PLAIN).length / squares.length,
    uneven: spreadOf(squares.map(({ mean }) => mean)).deviation,
  };
}
