import { KIOSK_PHOTO } from '../../main/contract/application.ts';
import type { Box } from './face.ts';

/** The largest upright part of a camera's picture with the photo's shape (45:35), in its middle. Whole px. */
export function cropOf(width: number, height: number): Box {
  const shape = KIOSK_PHOTO.width / KIOSK_PHOTO.height;
  const wide = Math.min(width, Math.floor(height * shape));
  const high = Math.min(height, Math.floor(wide / shape));
  return { x: Math.floor((width - wide) / 2), y: Math.floor((height - high) / 2), width: wide, height: high };
}

/** Hints are found in a picture of this size, px: half of the photo's. */
export const LOOK = { width: KIOSK_PHOTO.width / 2, height: KIOSK_PHOTO.height / 2 } as const;
