/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export interface FacePose {
  /** Middle of the head as parts of the picture's width and height, and the head's height. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Degrees to the right of the picture. */
  readonly tilt: number;
  readonly background: 'plain' | 'busy';
}

/** A passport photo in a frame of 16:9: the page cuts the middle out. */
export const GOOD_POSE: FacePose = { x: 0.5, y: 0.46, size: 0.68, tilt: 0, background: 'plain' };

const SKIN: Colour = [226, 184, 156];
const HAIR: Colour = [42, 34, 32];
const WALL: Colour = [206, 212, 216];
const SHIRT: Colour = [52, 72, 116];
const WHITE: Colour = [244, 242, 240];
const IRIS: Colour = [58, 40, 30];
const LIP: Colour = [178, 92, 88];

const mix = (a: Colour, b: Colour, part: number): Colour => {
  const of = Math.min(1, Math.max(0, part));
  return [a[0] + (b[0] - a[0]) * of, a[1] + (b[1] - a[1]) * of, a[2] + (b[2] - a[2]) * of];
};
const shade = ([r, g, b]: Colour, by: number): Colour => [r * by, g * by, b * by];

/** 1 inside an ellipse, 0 outside, soft at its edge. `edge` in the same units as the radii. */
const ellipse = (u: number, v: number, cx: number, cy: number, rx: number, ry: number, edge = 0.02): number => {
  const far = Math.hypot((u - cx) / rx, (v - cy) / ry);
  return Math.min(1, Math.max(0, ((1 - far) * Math.min(rx, ry)) / edge + 0.5));
};

/** A little noise, the same for every run: no camera is without, and without it a JPEG is smaller than a photo ever is. */
function noise(x: number, y: number): number {
  const n = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return (n - Math.floor(n) - 0.5) * 10;
}

/** The colour of a drawn face's picture at a pixel. Light comes from above left, as the eye expects of a face. */
export function drawnFace(width: number, height: number, pose: FacePose): (x: number, y: number) => Colour {
  const turn = (-pose.tilt * Math.PI) / 180;
  const head = pose.size * height;
  return (x, y) => {
    const dx = (x - pose.x * width) / head;
    const dy = (y - pose.y * height) / head;
    // u, v: the head's own axes; its height is 1, the eyes are at 0.
    const u = dx * Math.cos(turn) - dy * Math.sin(turn);
    const v = dx * Math.sin(turn) + dy * Math.cos(turn);
    const stripe = (Math.floor(x / 24) + Math.floor(y / 24)) % 2 === 0;
    let colour = pose.background === 'busy' && stripe ? shade(WALL, 0.35) : WALL;
    // Shoulders and neck stand still when the head leans.
    colour = mix(colour, shade(SHIRT, 1 - Math.abs(dx) * 0.3), ellipse(dx, dy, 0, 1.02, 0.72, 0.42));
    colour = mix(colour, shade(SKIN, 0.78), ellipse(dx, dy, 0, 0.48, 0.16, 0.24));
    // Hair behind, face, hair in front.
    colour = mix(colour, HAIR, ellipse(u, v, 0, -0.06, 0.4, 0.48));
    const light = 1.05 - Math.hypot(u + 0.08, v + 0.1) * 0.55;
    colour = mix(colour, shade(SKIN, light), ellipse(u, v, 0, 0.06, 0.335, 0.44));
    colour = mix(colour, shade(SKIN, light * 0.92), ellipse(u, v, -0.345, 0.06, 0.04, 0.09));
    colour = mix(colour, shade(SKIN, light * 0.85), ellipse(u, v, 0.345, 0.06, 0.04, 0.09));
    if (v < -0.2 + Math.abs(u) * 0.35) colour = mix(colour, HAIR, ellipse(u, v, 0, -0.12, 0.37, 0.38));
    for (const side of [-1, 1]) {
      const e = side * 0.145;
      // Socket, brow, eye.
      colour = mix(colour, shade(SKIN, 0.74), ellipse(u, v, e, -0.005, 0.1, 0.06, 0.06) * 0.6);
      colour = mix(colour, HAIR, ellipse(u, v, e, -0.085 + (u - e) * (u - e) * 2, 0.088, 0.016));
      colour = mix(colour, shade(HAIR, 0.8), ellipse(u, v, e, -0.002, 0.066, 0.034));
      colour = mix(colour, WHITE, ellipse(u, v, e, 0.004, 0.058, 0.025));
      colour = mix(colour, IRIS, ellipse(u, v, e, 0, 0.027, 0.029));
      colour = mix(colour, [12, 10, 10], ellipse(u, v, e, 0, 0.012, 0.012));
      colour = mix(colour, WHITE, ellipse(u, v, e - 0.009, -0.009, 0.006, 0.006, 0.006));
      // Nostrils, cheeks.
      colour = mix(colour, shade(SKIN, 0.5), ellipse(u, v, side * 0.03, 0.178, 0.016, 0.009, 0.01));
      colour = mix(colour, [224, 160, 140], ellipse(u, v, side * 0.19, 0.16, 0.08, 0.07, 0.1) * 0.5);
    }
    // Nose: light on its back, shadow on its right and below.
    colour = mix(colour, shade(SKIN, 1.12), ellipse(u, v, -0.005, 0.08, 0.022, 0.1, 0.03) * 0.7);
    colour = mix(colour, shade(SKIN, 0.76), ellipse(u, v, 0.035, 0.11, 0.018, 0.09, 0.03) * 0.6);
    colour = mix(colour, shade(SKIN, 0.68), ellipse(u, v, 0, 0.19, 0.06, 0.014, 0.02) * 0.7);
    // Mouth, chin.
    colour = mix(colour, LIP, ellipse(u, v, 0, 0.275, 0.105, 0.03));
    colour = mix(colour, shade(LIP, 0.5), ellipse(u, v, 0, 0.272 + u * u * 0.6, 0.1, 0.006, 0.008));
    colour = mix(colour, shade(SKIN, 0.8), ellipse(u, v, 0, 0.335, 0.07, 0.014, 0.02) * 0.5);
    const grain = noise(x, y);
    return [colour[0] + grain, colour[1] + grain, colour[2] + grain];
  };
}
