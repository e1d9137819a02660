import { KIOSK_PHOTO, PHOTO } from '../../main/contract/application.ts';
import { err, ok, type Result } from '../../main/contract/result.ts';

/** From good to worse. The first is also the one that a picture with very little in it needs. */
const QUALITIES = [0.92, 0.85, 0.75, 0.6, 0.45, 0.3] as const;
const FINEST = 1;

/**
 * A JPEG between the least and the most bytes (20 KB official, 400 KB ours).
 * `too-large`: even the worst quality is too large. `too-plain`: so little is in the picture that its file stays too small.
 * @param make the picture at a quality from 0 to 1
 */
export async function jpegThatFits<B extends { readonly size: number }>(
  make: (quality: number) => Promise<B>,
): Promise<Result<B, 'too-large' | 'too-plain'>> {
  for (const quality of QUALITIES) {
    const made = await make(quality);
    if (made.size > KIOSK_PHOTO.mostBytes) continue;
    if (made.size >= PHOTO.leastBytes) return ok(made);
    // Less is in it than expected: what the JPEG leaves out at this quality is kept at the finest.
    const finest = await make(FINEST);
    return finest.size >= PHOTO.leastBytes && finest.size <= KIOSK_PHOTO.mostBytes ? ok(finest) : err('too-plain');
  }
  return err('too-large');
}
