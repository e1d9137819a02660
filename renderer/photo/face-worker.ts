import type { PhotoHint, PhotoWay } from '../../main/contract/application.ts';
import { loadFaceFinder } from './find-faces.ts';
import { hintsOf, type Measures, measure } from './judge.ts';
import { greyOf } from './pixels.ts';

export interface LookOrder {
  /** Comes back with the answer. */
  readonly id: number;
  readonly picture: ImageData;
  readonly way: PhotoWay;
}

/** `hints` null: the models could not be loaded, and there are no hints on this machine. A photo can be taken all the same. */
export interface LookReply {
  readonly id: number;
  readonly hints: readonly PhotoHint[] | null;
  readonly measures: Measures | null;
}

const finder = loadFaceFinder().catch(() => null);

/** In a thread of its own: looking for a face takes longer than a frame, and the screen must not stutter. The picture goes no further. */
self.onmessage = async ({ data: { id, picture, way } }: MessageEvent<LookOrder>) => {
  const find = await finder;
  const faces = find === null ? null : await find(picture).catch(() => null);
  const measures = faces === null ? null : measure(greyOf(picture), faces);
  self.postMessage({ id, hints: measures === null ? null : hintsOf(measures, way), measures } satisfies LookReply);
};
