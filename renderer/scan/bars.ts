interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Light {
  readonly width: number;
  readonly height: number;
  /** 0 to 255 a pixel, row by row. */
  readonly values: Uint8Array;
}

/** A bar code's bars. `angle`: of the line across them to the picture's rows, radians, -π/2 to π/2, clockwise. */
export interface Bars {
  readonly centre: Point;
  readonly angle: number;
}

/** Four corners, as the reader answers them. */
export type Corners = { readonly [corner in 'topLeft' | 'topRight' | 'bottomRight' | 'bottomLeft']: Point };

/** Bars run one way. Below this share of the light's changes across one line there are none: print, a pattern, a shadow. */
const LEAST_COHERENCE = 0.6;
const SIDE = 47;
const MIDDLE = 162;
/** Around the lines that were read, px. */
const AROUND = 12;

export function lightOf({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): Light {
  const values = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < values.length; at += 1, from += 4)
    values[at] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 151 + (data[from + 2] ?? 0) * 28) >> 8;
  return { width, height, values };
}

/**
 * The direction across the bars near the lines that a reader has read: the structure tensor's main axis (Bigün and Granlund, 1987).
 * @returns null: what is there does not run one way
 */
export function barsAt({ width, height, values }: Light, corners: Corners): Bars | null {
  const points = [corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.max(1, Math.min(...xs) - AROUND);
  const right = Math.min(width - 2, Math.max(...xs) + AROUND);
  const top = Math.max(1, Math.min(...ys) - AROUND);
  const bottom = Math.min(height - 2, Math.max(...ys) + AROUND);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let y = Math.round(top); y <= bottom; y += 1) {
    for (let x = Math.round(left); x <= right; x += 1) {
      const at = y * width + x;
      const [a, b, c] = [values[at - width - 1] ?? 0, values[at - width] ?? 0, values[at - width + 1] ?? 0];
      const [d, f] = [values[at - 1] ?? 0, values[at + 1] ?? 0];
      const [g, h, i] = [values[at + width - 1] ?? 0, values[at + width] ?? 0, values[at + width + 1] ?? 0];
      // Scharr's operator: of all of this size the one whose answer depends least on the direction.
      const dx = SIDE * (c - a + i - g) + MIDDLE * (f - d);
      const dy = SIDE * (g - a + i - c) + MIDDLE * (h - b);
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  }
  const all = xx + yy;
  if (all === 0 || Math.hypot(xx - yy, 2 * xy) / all < LEAST_COHERENCE) return null;
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
  return { centre: { x: mean(xs), y: mean(ys) }, angle: Math.atan2(2 * xy, xx - yy) / 2 };
}

/** A strip across bars, through their middle from one side of the picture to the other, with the bars upright. Outside the picture it is black: what the edge cuts has no margin, and is not whole. */
export function stripAlong({ width, height, values }: Light, { centre, angle }: Bars, high: number): ImageData {
  const half = Math.ceil(Math.hypot(width, height));
  const data = new Uint8ClampedArray(2 * half * high * 4);
  for (let alpha = 3; alpha < data.length; alpha += 4) data[alpha] = 255;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0; row < high; row += 1) {
    const v = row - high / 2;
    for (let column = 0; column < 2 * half; column += 1) {
      const u = column - half;
      const x = centre.x + u * cos - v * sin;
      const y = centre.y + u * sin + v * cos;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const at = top * width + left;
      const [fx, fy] = [x - left, y - top];
      const upper = (values[at] ?? 0) * (1 - fx) + (values[at + 1] ?? 0) * fx;
      const lower = (values[at + width] ?? 0) * (1 - fx) + (values[at + width + 1] ?? 0) * fx;
      const to = (row * 2 * half + column) * 4;
      data.fill(upper * (1 - fy) + lower * fy, to, to + 3);
    }
  }
  return typeof ImageData === 'undefined'
    ? ({ width: 2 * half, height: high, data, colorSpace: 'srgb' } as ImageData)
    : new ImageData(data, 2 * half, high);
}
