/** A place in a picture, px from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One face as the detector answers it. `points`: 68 landmarks in the order of the iBUG 300-W mark-up (jaw, brows, nose, eyes, mouth). */
export interface Face {
  readonly box: Box;
  readonly points: readonly Point[];
}

export const LANDMARKS = 68;
/** The ear-side ends of the jaw's line; its middle is the chin. */
const JAW_FROM = [0, 1, 2] as const;
const JAW_TO = [14, 15, 16] as const;
const CHIN = 8;
const NOSE_TIP = 30;
/** Corner, two above, corner, two below. The first is the one to the left in the picture. */
const EYES = [
  [36, 37, 38, 39, 40, 41],
  [42, 43, 44, 45, 46, 47],
] as const;

/** What the landmarks say of how a head is held. Nothing in it depends on where in the picture the face is, or how large. */
export interface Pose {
  /** Degrees by which the line through the eyes falls to the right of the picture; 0: level. */
  readonly tilt: number;
  /** -1 to 1: where the nose stands between the sides of the face. 0: looks straight ahead; less: to the left of the picture. */
  readonly turn: number;
}

/** A head as an upright oval. The eyes are halfway between crown and chin, so its height is twice the way from the eyes to the chin. */
export interface Head {
  readonly centre: Point;
  readonly height: number;
}

const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
const dot = (a: Point, b: Point): number => a.x * b.x + a.y * b.y;
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

const at = ({ points }: Face, index: number): Point => points[index] ?? { x: 0, y: 0 };
const meanAt = (face: Face, indexes: readonly number[]): Point => mean(indexes.map((index) => at(face, index)));

/** The eyes' middles, the one to the left in the picture first. */
function eyesOf(face: Face): readonly [Point, Point] {
  return [meanAt(face, EYES[0]), meanAt(face, EYES[1])];
}

/** The face's own axes: along the eyes, and down to the chin at right angles to it. Length 1. */
function axesOf(face: Face): { readonly along: Point; readonly down: Point; readonly middle: Point; readonly between: number } {
  const [left, right] = eyesOf(face);
  const between = distance(left, right);
  const along = between === 0 ? { x: 1, y: 0 } : { x: (right.x - left.x) / between, y: (right.y - left.y) / between };
  return { along, down: { x: -along.y, y: along.x }, middle: mean([left, right]), between };
}

export function poseOf(face: Face): Pose {
  const { along, middle, between } = axesOf(face);
  const nose = at(face, NOSE_TIP);
  // The nose against the eyes, and against the sides of the jaw: a broad nose misleads the one, hair before an ear the other.
  const fromEyes = between === 0 ? 0 : dot(minus(nose, middle), along) / between;
  const toLeft = dot(minus(nose, meanAt(face, JAW_FROM)), along);
  const toRight = dot(minus(meanAt(face, JAW_TO), nose), along);
  const fromJaw = toLeft + toRight === 0 ? 0 : (toLeft - toRight) / (toLeft + toRight);
  return {
    tilt: (Math.atan2(along.y, along.x) * 180) / Math.PI,
    turn: (fromEyes + fromJaw) / 2,
  };
}

export function headOf(face: Face): Head {
  const { down, middle } = axesOf(face);
  return { centre: middle, height: 2 * Math.abs(dot(minus(at(face, CHIN), middle), down)) };
}

/** Around both eyes, with the glasses that may sit there. */
export function eyeArea(face: Face): Box {
  const { middle, between } = axesOf(face);
  const width = between * 2;
  const height = between * 0.8;
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/** Where the light is compared: both eyes, and the skin below them. Squares, upright, in parts of the distance between the eyes. */
export function eyesAndCheeks(face: Face): { readonly eyes: readonly Box[]; readonly cheeks: readonly Box[] } {
  const { down, between } = axesOf(face);
  const square = (middle: Point, side: number): Box => ({
    x: middle.x - (side * between) / 2,
    y: middle.y - (side * between) / 2,
    width: side * between,
    height: side * between,
  });
  const both = eyesOf(face);
  const below = both.map(({ x, y }) => ({ x: x + down.x * between * 0.62, y: y + down.y * between * 0.62 }));
  return { eyes: both.map((eye) => square(eye, 0.36)), cheeks: below.map((cheek) => square(cheek, 0.28)) };
}
