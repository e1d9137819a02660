import { readFileSync } from 'node:fs';
import type { Grey } from './drawn-codes.ts';
import { readPng } from './png-file.ts';

/** Reads a PNG of grey light, 8 or 16 bits a pixel. @throws for any other */
export function greyPng(file: string): Grey {
  const { width, height, kind, size, bytes } = readPng(readFileSync(file));
  if (kind !== 0) throw new Error(`${file}: no grey PNG`);
  return { width, height, light: (x, y) => bytes[(y * width + x) * size] ?? 0 };
}
