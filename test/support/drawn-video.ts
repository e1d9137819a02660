import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
const WHITE = 235;
const BLACK = 16;

/** A film for Chromium's fake camera: YUV4MPEG2, 4:2:0, two frames that repeat. @param lumaAt 16 (black) to 235 (white) at a pixel */
function writeFilm(file: string, lumaAt: (x: number, y: number) => number): string {
  const luma = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) luma[y * WIDTH + x] = lumaAt(x, y);
  const grey = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, grey]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat([head, frame, frame]));
  return file;
}

/** A code held before the camera. @returns the file */
export function filmOfCode(file: string, text: string): string {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const module = Math.floor((HEIGHT * 0.8) / size);
  const left = Math.floor((WIDTH - size * module) / 2);
  const top = Math.floor((HEIGHT - size * module) / 2);
  return writeFilm(file, (x, y) => {
    const dark = data[Math.floor((y - top) / module)]?.[Math.floor((x - left) / module)] === true;
    return dark ? BLACK : WHITE;
  });
}

/** A lens with its cap on. */
export const filmOfNothing = (file: string): string => writeFilm(file, () => BLACK);

/** Chromium's arguments for a camera that shows a film; permission is the browser's own question, and granted. */
export const filmArguments = (file: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
];
