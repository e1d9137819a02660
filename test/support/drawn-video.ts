import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { encode } from 'uqr';
import type { Grey } from './drawn-codes.ts';
import { type Colour, drawnFace, type FacePose, GOOD_POSE } from './drawn-face.ts';

const WIDTH = 640;
const HEIGHT = 480;
const WHITE = 235;
const BLACK = 16;

const FRAMES_PER_SECOND = 10;

/** Luma and two planes of chroma of half its width and height. */
type Yuv = readonly [Uint8Array, Uint8Array, Uint8Array];

/** One picture of a film, and for how many frames it stands. */
interface Still {
  readonly yuv: Yuv;
  readonly frames: number;
}

/** A film for Chromium's fake camera: YUV4MPEG2, 4:2:0, repeated without end. */
function writeFilm(file: string, stills: readonly Still[], { width, height } = { width: WIDTH, height: HEIGHT }): string {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const frames = stills.flatMap(({ yuv, frames: count }) =>
    Array.from({ length: count }, () => Buffer.concat([Buffer.from('FRAME\n'), ...yuv])),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat([head, ...frames]));
  return file;
}

/** @param lumaAt 16 (black) to 235 (white) at a pixel */
function greyStill(lumaAt: (x: number, y: number) => number): Yuv {
  const luma = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) luma[y * WIDTH + x] = lumaAt(x, y);
  const grey = new Uint8Array((WIDTH * HEIGHT) / 4).fill(128);
  return [luma, grey, grey];
}

/** ITU-R BT.601, studio range. */
function colourStill(at: (x: number, y: number) => Colour): Yuv {
  const luma = new Uint8Array(WIDTH * HEIGHT);
  const blue = new Uint8Array((WIDTH * HEIGHT) / 4);
  const red = new Uint8Array((WIDTH * HEIGHT) / 4);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [r, g, b] = at(x, y);
      luma[y * WIDTH + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const half = (y / 2) * (WIDTH / 2) + x / 2;
      blue[half] = 128 - 0.148 * r - 0.291 * g + 0.439 * b;
      red[half] = 128 + 0.439 * r - 0.368 * g - 0.071 * b;
    }
  }
  return [luma, blue, red];
}

/** A code held before the camera. @returns the file */
export function filmOfCode(file: string, text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const module = Math.floor((HEIGHT * 0.8) / size);
  const left = Math.floor((WIDTH - size * module) / 2);
  const top = Math.floor((HEIGHT - size * module) / 2);
  const yuv = greyStill((x, y) => {
    const dark = data[Math.floor((y - top) / module)]?.[Math.floor((x - left) / module)] === true;
    return dark ? BLACK : WHITE;
  });
  return writeFilm(file, [{ yuv, frames: 2 }]);
}

/** Pictures one after the other, again and again; all of the size of the first. @param seconds each of them stands */
export function filmOfPictures(file: string, pictures: readonly (readonly [picture: Grey, seconds: number])[]): string {
  const [{ width, height } = { width: WIDTH, height: HEIGHT }] = pictures[0] ?? [];
  const stills = pictures.map(([{ light }, seconds]) => {
    const luma = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) luma[y * width + x] = BLACK + (light(x, y) * (WHITE - BLACK)) / 255;
    const grey = new Uint8Array((width * height) / 4).fill(128);
    return { yuv: [luma, grey, grey] as const, frames: seconds * FRAMES_PER_SECOND };
  });
  return writeFilm(file, stills, { width, height });
}

/** A lens with its cap on. */
export const filmOfNothing = (file: string): string => writeFilm(file, [{ yuv: greyStill(() => BLACK), frames: 2 }]);

/** A drawn person before the camera. @param some what is not as it should be */
export function filmOfFace(file: string, some: Partial<FacePose> = {}): string {
  const yuv = colourStill(drawnFace(WIDTH, HEIGHT, { ...GOOD_POSE, ...some }));
  return writeFilm(file, [{ yuv, frames: 2 }]);
}

/** The cap is on for some seconds, then a face is there for as long; again and again. */
export function filmOfCapThenFace(file: string, seconds: number): string {
  const frames = seconds * FRAMES_PER_SECOND;
  return writeFilm(file, [
    { yuv: greyStill(() => BLACK), frames },
    { yuv: colourStill(drawnFace(WIDTH, HEIGHT, GOOD_POSE)), frames },
  ]);
}

/** Chromium's arguments for a camera that shows a film; permission is the browser's own question, and granted. */
export const filmArguments = (file: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];
