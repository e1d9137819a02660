import type { PhotoHint, PhotoWay } from '../../main/contract/application.ts';
import { KIOSK_PHOTO } from '../../main/contract/application.ts';
import { err, ok, type Result } from '../../main/contract/result.ts';
import { keepCamera } from '../camera/keep-camera.ts';
import type { CameraWish, OpenedCamera } from '../camera/open-camera.ts';
import { BLACK, type CameraState, lightOf } from '../camera/trouble.ts';
import { cropOf, LOOK } from './crop.ts';
import { jpegThatFits } from './encode.ts';
import { FaceJudge } from './face-judge.ts';
import type { LookReply } from './face-worker.ts';
import { createSteadyHints } from './steady.ts';

/** Least rest between two looks, ms. A slow machine rests as long as it has worked: half of one processor stays free. */
const REST_MS = 150;
/** Dark looks in a row until it is said: the first ones of a camera that starts are dark. */
const DARK_LOOKS = 8;
/** The hints of a photo that was taken are waited for so long, ms. After that the last ones of the live picture stand for them. */
const JUDGE_MS = 4000;

export interface FaceCameraEvents {
  readonly onState: (state: CameraState) => void;
  readonly onOpened: (camera: OpenedCamera) => void;
  /** Hints worth showing, steady; `null`: there are none on this machine. */
  readonly onHints: (hints: readonly PhotoHint[] | null) => void;
}

/** A photo as it goes out. */
interface Taken {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly hints: readonly PhotoHint[];
}

export interface FaceCamera {
  /** `no-picture`: the camera shows nothing; `too-plain`, `too-large`: no file within the limits comes of it. */
  take(): Promise<Result<Taken, 'no-picture' | 'too-plain' | 'too-large'>>;
  /** Turns the camera off and wipes what it drew. */
  stop(): void;
}

/** Opens the front camera, shows it in `video`, and says what is to be said of the picture until it is stopped. Comes back by itself. */
export function watchFace(
  video: HTMLVideoElement,
  { way, names }: { readonly way: PhotoWay; readonly names: CameraWish['names'] },
  { onState, onOpened, onHints }: FaceCameraEvents,
): FaceCamera {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dark = 0;
  let state: CameraState = 'starting';
  let last: readonly PhotoHint[] = [];
  const steady = createSteadyHints();
  const worker = new Worker(new URL('./face-worker.ts', import.meta.url), { type: 'module' });
  const judge = new FaceJudge(worker, way);
  const small = penOf(LOOK.width, LOOK.height);
  const large = penOf(KIOSK_PHOTO.width, KIOSK_PHOTO.height);

  const change = (next: CameraState) => {
    if (stopped || next === state) return;
    state = next;
    onState(next);
  };
  // Without the worker there are no hints; a photo can be taken all the same.
  worker.onerror = () => onHints(null);

  const look = async () => {
    if (stopped) return;
    const began = performance.now();
    if (shows(video)) {
      drawFace(video, small);
      const picture = small.getImageData(0, 0, LOOK.width, LOOK.height);
      dark = lightOf(picture.data) < BLACK ? dark + 1 : 0;
      if (state === 'running' || state === 'black') change(dark >= DARK_LOOKS ? 'black' : 'running');
      const { hints } = await judge.judge(picture);
      if (stopped) return;
      last = hints ?? [];
      onHints(hints === null ? null : steady.look(hints));
    }
    timer = setTimeout(look, Math.max(REST_MS, performance.now() - began));
  };

  const stopping = new AbortController();
  const kept = (next: CameraState) => {
    if (next !== 'running') dark = 0;
    // What a running camera shows, `look` says.
    if (next !== 'running' || state !== 'black') change(next);
  };
  void keepCamera(video, { use: 'face', names, width: 1920, height: 1080 }, { onState: kept, onOpened }, stopping.signal);
  void look();

  return {
    async take() {
      if (!shows(video) || state === 'black') return err('no-picture');
      drawFace(video, large);
      small.drawImage(large.canvas, 0, 0, LOOK.width, LOOK.height);
      const judged = judge.judge(small.getImageData(0, 0, LOOK.width, LOOK.height));
      return takenFrom(large, judged, last);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      stopping.abort();
      worker.terminate();
      wipe(small);
      wipe(large);
    },
  };
}

/** The photo as it was drawn, and what is to be said of it. Wipes what was drawn. */
async function takenFrom(
  drawn: CanvasRenderingContext2D,
  judged: Promise<LookReply>,
  last: Taken['hints'],
): ReturnType<FaceCamera['take']> {
  const made = await jpegThatFits((quality) => blobOf(drawn.canvas, quality));
  const reply = await Promise.race([judged, new Promise<null>((resolve) => setTimeout(() => resolve(null), JUDGE_MS))]);
  const jpeg = made.ok ? new Uint8Array(await made.value.arrayBuffer()) : null;
  wipe(drawn);
  if (!made.ok) return made;
  return jpeg === null ? err('no-picture') : ok({ jpeg, hints: reply?.hints ?? last });
}

const shows = ({ readyState, videoWidth, srcObject }: HTMLVideoElement) =>
  readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && videoWidth > 0 && srcObject !== null;

/** The part of the camera's picture that becomes the photo, as large as the pen's canvas. */
function drawFace(video: HTMLVideoElement, pen: CanvasRenderingContext2D): void {
  const { x, y, width, height } = cropOf(video.videoWidth, video.videoHeight);
  pen.drawImage(video, x, y, width, height, 0, 0, pen.canvas.width, pen.canvas.height);
}

function penOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (pen === null) throw new Error('no canvas');
  return pen;
}

function wipe({ canvas }: CanvasRenderingContext2D): void {
  // Setting a canvas's width empties it.
  const { width } = canvas;
  canvas.width = width;
}

/** What a canvas writes holds no EXIF: there is nothing in it but the picture. */
function blobOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/jpeg', quality),
  );
}
