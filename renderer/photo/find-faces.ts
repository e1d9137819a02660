/// <reference path="./model-url.d.ts" />
import { FaceLandmark68TinyNet, NetInput, TinyFaceDetector, TinyFaceDetectorOptions, tf } from '@vladmandic/face-api';
import landmarkWeights from '@vladmandic/face-api/model/face_landmark_68_tiny_model.bin?url';
import landmarkManifest from '@vladmandic/face-api/model/face_landmark_68_tiny_model-weights_manifest.json';
import detectorWeights from '@vladmandic/face-api/model/tiny_face_detector_model.bin?url';
import detectorManifest from '@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json';
import type { Box, Face } from './face.ts';
import { type Rgb, shrink } from './shrink.ts';

/** The detector's own picture is this high and wide, px: enough for a face that fills a photo, and quick on a plain processor. */
const INPUT = 128;
const LEAST_SCORE = 0.5;
/** The landmarks are found in a picture of this size. */
const LANDMARK_INPUT = 112;
/** A face smaller than this cannot be measured, px. */
const LEAST_SIDE = 12;

export type FindFaces = (picture: ImageData) => Promise<Face[]>;

/** In the library, but not in its types. */
interface Backends {
  setBackend(name: 'cpu'): Promise<boolean>;
}

interface Manifest {
  readonly weights: readonly object[];
}

/** The weights that were bundled with the page; nothing comes from elsewhere. */
async function weightsOf(address: string, [manifest]: readonly Manifest[]) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`model: ${answer.status}`);
  return tf.io.decodeWeights(await answer.arrayBuffer(), (manifest?.weights ?? []) as never);
}

/** Loads both models. Works without a document, on the processor: no graphics driver has a say in it. @throws when a model is not to be had */
export async function loadFaceFinder(): Promise<FindFaces> {
  await (tf as unknown as Backends).setBackend('cpu');
  const detector = new TinyFaceDetector();
  const landmarks = new FaceLandmark68TinyNet();
  detector.loadFromWeightMap(await weightsOf(detectorWeights, detectorManifest));
  landmarks.loadFromWeightMap(await weightsOf(landmarkWeights, landmarkManifest));
  const options = new TinyFaceDetectorOptions({ inputSize: INPUT, scoreThreshold: LEAST_SCORE });

  return async (picture) => {
    const { width, height } = picture;
    const all = shrink(picture, { x: 0, y: 0, width, height }, INPUT);
    const found = await withTensor(all, (input) => detector.locateFaces(input, options));
    const faces: Face[] = [];
    for (const { relativeBox } of found) {
      const box = whole(relativeBox, width, height);
      if (box.width < LEAST_SIDE || box.height < LEAST_SIDE) continue;
      const part = shrink(picture, box, LANDMARK_INPUT);
      const marks = await withTensor(part, (input) => landmarks.detectLandmarks(input));
      if (Array.isArray(marks)) continue;
      const points = marks.relativePositions.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
      faces.push({ box, points });
    }
    return faces;
  };
}

/** What the processor's backend holds is freed when the work is done. */
async function withTensor<T>({ width, height, values }: Rgb, work: (input: NetInput) => Promise<T>): Promise<T> {
  const tensor = tf.tensor3d(values, [height, width, 3]);
  try {
    return await work(new NetInput([tensor]));
  } finally {
    tensor.dispose();
  }
}

/** @param box parts of the picture's sides @returns whole px, inside the picture */
function whole(box: Box, width: number, height: number): Box {
  const x = Math.max(0, Math.floor(box.x * width));
  const y = Math.max(0, Math.floor(box.y * height));
  return {
    x,
    y,
    width: Math.min(width, Math.floor((box.x + box.width) * width)) - x,
    height: Math.min(height, Math.floor((box.y + box.height) * height)) - y,
  };
}
