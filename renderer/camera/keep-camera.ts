import { type CameraWish, type OpenedCamera, openCamera, turnOff } from './open-camera.ts';
import type { CameraTrouble } from './trouble.ts';

/** Waits before the next try, ms; then the longest. One that is plugged in ends a wait. */
const WAITS = [1000, 2000, 4000, 8000] as const;
const LONGEST_WAIT = 10_000;
/** After so many tries in vain only a camera that is plugged in, or the screen anew, begins again: about six minutes. */
const MOST_TRIES = 40;
/** A track that is silent, or a picture that stands still, for so long has stopped, ms. */
const STILL_MS = 4000;
const LOOK_MS = 250;
/** A camera that ran for so long is none that fails at once: its tries are counted anew, ms. */
const RAN_MS = 10_000;

type KeptState = 'starting' | 'running' | CameraTrouble;

export interface CameraEvents {
  readonly onState: (state: KeptState) => void;
  readonly onOpened: (camera: OpenedCamera) => void;
}

/**
 * Shows a camera in `video` until `signal` aborts, and then turns it off. Comes back by itself: from a refusal, from a camera that is pulled
 * out, from a track that ends, falls silent or stands still.
 */
export async function keepCamera(
  video: HTMLVideoElement,
  wish: CameraWish,
  events: CameraEvents,
  signal: AbortSignal,
): Promise<void> {
  const { onState, onOpened } = events;
  // Not there at all on a page without a secure origin.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  onState('starting');
  if (devices === undefined) return onState('missing');
  for (let tries = 0; !signal.aborted; tries += 1) {
    const opened = await openCamera(devices, wish);
    if (signal.aborted) {
      if (opened.ok) turnOff(opened.value.stream);
      return;
    }
    if (opened.ok) {
      onOpened(opened.value);
      const began = performance.now();
      await showUntilLost(video, opened.value, devices, () => onState('running'), signal);
      turnOff(opened.value.stream);
      video.srcObject = null;
      if (signal.aborted) return;
      if (performance.now() - began > RAN_MS) tries = 0;
      onState('stopped');
    } else onState(opened.error);
    const wait = tries < MOST_TRIES ? (WAITS[tries] ?? LONGEST_WAIT) : null;
    await pause(wait, signal, (wake, done) => devices.addEventListener('devicechange', wake, { signal: done }));
  }
}

/** Until the track ends, no new picture comes, or the camera that the settings name may be back. */
async function showUntilLost(
  video: HTMLVideoElement,
  { stream, by }: OpenedCamera,
  devices: MediaDevices,
  onPicture: () => void,
  signal: AbortSignal,
): Promise<void> {
  const [track] = stream.getVideoTracks();
  video.srcObject = stream;
  // A play that fails shows as a picture that does not come.
  video.play().catch(() => {});
  let frames = 0;
  let since = performance.now();
  let changed = false;
  while (!signal.aborted && track?.readyState === 'live' && !changed) {
    const { totalVideoFrames } = video.getVideoPlaybackQuality();
    if (totalVideoFrames !== frames) onPicture();
    // A page that nobody sees is shown no frames.
    if (totalVideoFrames !== frames || document.hidden) since = performance.now();
    else if (performance.now() - since > STILL_MS) return;
    frames = totalVideoFrames;
    await pause(LOOK_MS, signal, (wake, done) => {
      track.addEventListener('ended', wake, { signal: done });
      if (by !== 'other') return;
      devices.addEventListener(
        'devicechange',
        () => {
          changed = true;
          wake();
        },
        { signal: done },
      );
    });
  }
}

/** Waits. @param ms null: until something else wakes it @param listen what else does, until `done` aborts */
function pause(ms: number | null, signal: AbortSignal, listen: (wake: () => void, done: AbortSignal) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const wake = () => {
      clearTimeout(timer);
      done.abort();
      resolve();
    };
    const timer = ms === null ? undefined : setTimeout(wake, ms);
    signal.addEventListener('abort', wake, { signal: done.signal });
    listen(wake, done.signal);
    if (signal.aborted) wake();
  });
}
