/// <reference path="./model-url.d.ts" />
import { FaceLandmark68TinyNet, NetInput, TinyFaceDetector, TinyFaceDetectorOptions, tf } from '@vladmandic/face-api';
import landmarkWeights from '@vladmandic/face-api/model/face_landmark_68_tiny_model.bin?url';
import landmarkManifest from '@vladmandic/face-api/model/face_landmark_68_tiny_model-weights_manifest.json';
import detectorWeights from '@vladmandic/face-api/model/tiny_face_detector_model.bin?url';
import detectorManifest from '@vladmandic/face-api/model/tiny_face_detector_model-weights_manifest.json';
import type { Box, Face } from './face.ts';

/** The detector's own picture is this high and wide, px: enough for a face that fills a photo, and quick on a plain processor. */
const INPUT = 160;
const LEAST_SCORE = 0.5;

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
    const { width, height, data } = picture;
    const rgba = tf.tensor3d(new Int32Array(data), [height, width, 4], 'int32');
    const rgb = tf.slice3d(rgba, [0, 0, 0], [height, width, 3]);
    rgba.dispose();
    try {
      const faces: Face[] = [];
      for (const { box } of await detector.locateFaces(new NetInput([rgb]), options)) {
        const around = whole(box, width, height);
        if (around.width < 8 || around.height < 8) continue;
        const part = tf.slice3d(rgb, [around.y, around.x, 0], [around.height, around.width, 3]);
        const found = await landmarks.detectLandmarks(new NetInput([part]));
        part.dispose();
        if (Array.isArray(found)) continue;
        faces.push({ box: around, points: found.positions.map(({ x, y }) => ({ x: x + around.x, y: y + around.y })) });
      }
      return faces;
    } finally {
      rgb.dispose();
    }
  };
}

function whole(box: Box, width: number, height: number): Box {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  return {
    x,
    y,
    width: Math.min(width - x, Math.floor(box.width)),
    height: Math.min(height - y, Math.floor(box.height)),
  };
}
