import { Buffer } from 'node:buffer';
import jpeg from 'jpeg-js';
import { PHOTO } from '../../../main/contract/application.ts';

/** Enough for 6000 px a side. */
const LIMITS = { maxResolutionInMP: 37, maxMemoryUsageInMB: 1024 } as const;

/** How many components the frame has. 0: no frame of 8 bit, baseline or progressive, was found. */
function componentsOf(bytes: Uint8Array): number {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1];
    if (marker === 0xc0 || marker === 0xc2) return bytes[at + 4] === 8 ? (bytes[at + 9] ?? 0) : 0;
    if (marker === 0xda) return 0;
    at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
  }
  return 0;
}

/**
 * Looks at a picture as the office would, and trusts no kiosk: it is decoded whole, by a library that the kiosk does not use.
 * @param base64 what the application holds
 */
export function photoFits(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < PHOTO.leastBytes || bytes.length > PHOTO.mostBytes || componentsOf(bytes) !== 3) return false;
  try {
    const { width, height } = jpeg.decode(bytes, { ...LIMITS, tolerantDecoding: false, useTArray: true });
    const sides = [width, height].every((side) => side >= PHOTO.leastSide && side <= PHOTO.mostSide);
    return sides && Math.abs(height - (width * PHOTO.height) / PHOTO.width) <= 1;
  } catch {
    return false;
  }
}
