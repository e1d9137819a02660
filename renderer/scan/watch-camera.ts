import { BLACK, type CameraTrouble, lightOf, troubleOf } from './camera.ts';
import type { FrameReply } from './decode-worker.ts';

/** Between two frames, ms: about nine a second. */
const EVERY_MS = 110;
/** A frame is drawn this wide for the reader, px: enough for a QR code a hand's breadth away. */
const WIDTH = 960;
/** Dark frames in a row until it is said: the first ones of a camera that starts are dark. */
const DARK_FRAMES = 15;

export type CameraState = 'starting' | 'running' | 'black' | CameraTrouble;

export interface CameraEvents {
  readonly onState: (state: CameraState) => void;
  /** A code's text, once as long as it stays in the picture. */
  readonly onText: (text: string) => void;
}

/**
 * Opens the camera, shows it in `video`, and reads codes until it is stopped. Frames stay in memory: none is kept, none leaves the page.
 * @returns stop, which also turns the camera off
 */
export function watchCamera(video: HTMLVideoElement, { onState, onText }: CameraEvents): () => void {
  let stopped = false;
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dark = 0;
  let last = '';
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });

  const look = () => {
    if (stopped) return;
    timer = setTimeout(look, EVERY_MS);
    if (pen === null || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return;
    const width = Math.min(WIDTH, video.videoWidth);
    const height = Math.round((video.videoHeight * width) / video.videoWidth);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    pen.drawImage(video, 0, 0, width, height);
    const frame = pen.getImageData(0, 0, width, height);
    dark = lightOf(frame.data) < BLACK ? dark + 1 : 0;
    onState(dark >= DARK_FRAMES ? 'black' : 'running');
    // The next frame goes out when this one has been answered.
    clearTimeout(timer);
    worker.postMessage(frame, [frame.data.buffer]);
  };
  worker.onmessage = ({ data: { text } }: MessageEvent<FrameReply>) => {
    if (stopped) return;
    if (text !== null && text !== last) onText(text.slice(0, 512));
    last = text ?? '';
    timer = setTimeout(look, EVERY_MS);
  };
  worker.onerror = () => {
    if (!stopped) onState('failed');
  };

  const open = async () => {
    // Not there at all on a page without a secure origin.
    const devices: MediaDevices | undefined = navigator.mediaDevices;
    if (devices === undefined) return onState('missing');
    try {
      const opened = await devices.getUserMedia({
        audio: false,
        video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: 'environment' } },
      });
      if (stopped) return off(opened);
      stream = opened;
      // A camera that is pulled out says so.
      for (const track of opened.getTracks()) track.onended = () => onState('failed');
      video.srcObject = opened;
      await video.play();
      look();
    } catch (problem) {
      if (!stopped) onState(troubleOf(problem instanceof DOMException ? problem.name : ''));
    }
  };
  onState('starting');
  void open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    worker.terminate();
    if (stream !== null) off(stream);
    video.srcObject = null;
  };
}

function off(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
