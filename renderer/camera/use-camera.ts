import { useMemo } from 'react';
import type { CameraNames, CameraUse } from '../../main/contract/camera.ts';
import { useKit } from '../kit/kit.tsx';
import type { OpenedCamera } from './open-camera.ts';
import type { CameraState } from './trouble.ts';

/** Which cameras the settings name, and the way to tell the core how the one for this use does: staff hear of it. */
export function useCamera(_use: CameraUse): {
  readonly names: CameraNames;
  readonly tell: { state(state: CameraState): void; opened(camera: OpenedCamera): void };
} {
  useKit();
  return useMemo(() => ({ names: NONE, tell: { state: () => {}, opened: () => {} } }), []);
}

const NONE: CameraNames = { codes: null, face: null };
