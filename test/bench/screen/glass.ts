import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';

/** The display's pixels as Xvfb keeps them in a file (see test/electron/framebuffer.ts), looked at in some lines only, so that looking costs nothing. */
export interface Glass {
  /** The pixels of those lines. */
  look(): Uint32Array;
  close(): void;
}

const LINES = 48;
const BYTES_A_PIXEL = 4;

export function openGlass(path: string): Glass {
  const file = openSync(path, 'r');
  const header = Buffer.alloc(100);
  readSync(file, header, 0, header.length, 0);
  const word = (index: number) => header.readUInt32BE(index * 4);
  const [width, height, line] = [word(4), word(5), word(12)];
  const start = word(0) + word(19) * 12;
  return {
    look() {
      const pixels = new Uint32Array(LINES * width);
      for (let n = 0; n < LINES; n++) {
        const y = Math.floor(((n + 0.5) * height) / LINES);
        readSync(
          file,
          new Uint8Array(pixels.buffer, n * width * BYTES_A_PIXEL, width * BYTES_A_PIXEL),
          0,
          width * BYTES_A_PIXEL,
          start + y * line,
        );
      }
      return pixels;
    },
    close: () => closeSync(file),
  };
}

/** @returns how many pixels are the same, from 0 to 1 */
export function alike(one: Uint32Array, other: Uint32Array): number {
  let same = 0;
  for (let at = 0; at < one.length; at++) if (one[at] === other[at]) same += 1;
  return one.length === 0 ? 0 : same / one.length;
}

/** A pointer on the display that presses where it is told to, through the X server like any other. */
export interface Pointer {
  move(x: number, y: number): void;
  click(): void;
  close(): void;
}

export function takePointer(): Pointer {
  const tool = spawn('/usr/bin/xdotool', ['-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const say = (line: string) => void tool.stdin.write(`${line}\n`);
  return {
    move: (x, y) => say(`mousemove ${Math.round(x)} ${Math.round(y)}`),
    click: () => say('click 1'),
    close: () => void tool.stdin.end(),
  };
}
