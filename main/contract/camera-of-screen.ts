import type { CameraUse } from './camera.ts';
import type { Screen } from './screens.ts';

/** The camera that a screen is made of. `null`: it has none, and then no camera is on: the host grants none and the page stops what it had. */
export function cameraOf(screen: Screen): CameraUse | null {
  switch (screen.name) {
    case 'photo':
      return 'face';
    case 'entry':
    case 'about-sign-up':
      return screen.scan === 'camera' ? 'codes' : null;
    case 'form-read':
    case 'form-again':
    case 'receipt-find':
      return screen.camera ? 'codes' : null;
    case 'out-of-order':
      return screen.trial ?? null;
    default:
      return null;
  }
}
