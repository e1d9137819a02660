import { keepCamera } from '../camera/keep-camera.ts';
import type { CameraWish, OpenedCamera } from '../camera/open-camera.ts';
import { BLACK, type CameraState, lightOf } from '../camera/trouble.ts';
import type { FrameReply } from './decode-worker.ts';
import { createInView } from './in-view.ts';

/** Between two frames, ms: about nine a second. */
const EVERY_MS = 110;
/** A frame is drawn this wide for the reader, px: enough for a QR code a hand's breadth away. */
const WIDTH = 960;
/** Dark frames in a row until it is said: the first ones of a camera that starts are dark. */
const DARK_FRAMES = 15;
/** A reader that died is started again after so long, ms. */
const NEW_READER_MS = 2000;

export interface CameraEvents {
  readonly onState: (state: CameraState) => void;
  readonly onOpened: (camera: OpenedCamera) => void;
  /** All codes in view, once when one has come. */
  readonly onCodes: (texts: readonly string[]) => void;
}

/**
 * Opens the camera for codes, shows it in `video`, and reads codes until it is stopped. Frames stay in memory: none is kept, none leaves the
 * page.
 * @returns stop, which also turns the camera off
 */
export function watchCamera(
  video: HTMLVideoElement,
  names: CameraWish['names'],
  { onState, onOpened, onCodes }: CameraEvents,
): () => void {
  const stop = new AbortController();
  const dark = createDarkness(onState);
  const wish: CameraWish = { use: 'codes', names, width: 1280, height: 720 };
  void keepCamera(video, wish, { onState: dark.change, onOpened }, stop.signal);
  readFrames(video, { signal: stop.signal, onLight: dark.look, onCodes });
  return () => stop.abort();
}

/** Says `black` of a camera that runs, after some dark frames in a row. */
function createDarkness(onState: CameraEvents['onState']) {
  let frames = 0;
  let running = false;
  return {
    change(state: CameraState) {
      running = state === 'running';
      if (!running) frames = 0;
      if (!running || frames < DARK_FRAMES) onState(state);
    },
    look(light: number) {
      frames = light < BLACK ? frames + 1 : 0;
      if (running) onState(frames >= DARK_FRAMES ? 'black' : 'running');
    },
  };
}

interface Reading {
  readonly signal: AbortSignal;
  /** Average light of every frame that is read, 0 to 255. */
  readonly onLight: (light: number) => void;
  readonly onCodes: CameraEvents['onCodes'];
}

/** Sends frames to the reader's thread, each one that is new and one at a time. A reader that dies is started again. */
function readFrames(video: HTMLVideoElement, { signal, onLight, onCodes }: Reading): void {
  if (signal.aborted) return;
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  const view = createInView();
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const end = () => {
    clearTimeout(timer);
    worker.terminate();
    if (pen !== null) pen.canvas.width = 0;
  };
  const look = () => {
    const { totalVideoFrames } = video.getVideoPlaybackQuality();
    const frame = pen === null || totalVideoFrames === last ? null : frameOf(video, pen);
    // The same frame twice would agree with itself.
    if (frame === null) {
      timer = setTimeout(look, EVERY_MS);
      return;
    }
    last = totalVideoFrames;
    onLight(lightOf(frame.data));
    worker.postMessage(frame, [frame.data.buffer]);
  };
  worker.onmessage = ({ data: { seen } }: MessageEvent<FrameReply>) => {
    if (signal.aborted) return;
    const texts = view.look(seen);
    if (texts.length > 0) onCodes(texts);
    timer = setTimeout(look, EVERY_MS);
  };
  worker.onerror = () => {
    end();
    if (!signal.aborted) setTimeout(() => readFrames(video, { signal, onLight, onCodes }), NEW_READER_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  look();
}

/** @returns null: there is no picture */
function frameOf(video: HTMLVideoElement, pen: CanvasRenderingContext2D): ImageData | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
  const { canvas } = pen;
  const width = Math.min(WIDTH, video.videoWidth);
  const height = Math.round((video.videoHeight * width) / video.videoWidth);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  pen.drawImage(video, 0, 0, width, height);
  return pen.getImageData(0, 0, width, height);
}
