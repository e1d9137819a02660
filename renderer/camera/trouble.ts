/** Why there is no picture. `stopped`: there was one, and none comes any more. */
export type CameraTrouble = 'missing' | 'denied' | 'busy' | 'failed' | 'stopped';

/** What a camera does. `black`: it is on and sees nothing. */
export type CameraState = 'starting' | 'running' | 'black' | CameraTrouble;

/** What the browser's refusal means for the person (Media Capture and Streams, getUserMedia's exceptions). */
export function troubleOf(name: string): CameraTrouble {
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** Average light of a frame, 0 to 255, from every 64th pixel's green, which eyes and cameras see best. @param rgba four bytes a pixel */
export function lightOf(rgba: Uint8ClampedArray): number {
  let sum = 0;
  let count = 0;
  for (let at = 1; at < rgba.length; at += 256) {
    sum += rgba[at] ?? 0;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Below this a picture is black: the lens is covered, or the shutter is shut. */
export const BLACK = 12;
