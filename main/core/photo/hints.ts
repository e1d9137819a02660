import type { PhotoHint, PhotoWay } from '../../contract/application.ts';

/**
 * What does not apply to the two other ways (SOURCES.md, Card application: photo): a head cover changes the outline against the
 * background and
 * the measured size of the head; a person who cannot hold the pose is not asked for it.
 */
const DOES_NOT_ASK: Record<PhotoWay, readonly PhotoHint[]> = {
  normal: [],
  cover: ['background', 'too-large'],
  pose: ['tilted', 'turned', 'eyes-hidden', 'off-centre'],
};

/** What is still to be said of a picture, each hint once. */
export function hintsFor(way: PhotoWay, hints: readonly PhotoHint[]): PhotoHint[] {
  return [...new Set(hints)].filter((hint) => !DOES_NOT_ASK[way].includes(hint));
}
