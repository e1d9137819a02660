import { useEffect, useMemo, useRef } from 'react';
import type { CameraNames, CameraReport, CameraUse } from '../../main/contract/camera.ts';
import { usePageContext } from '../context/context.tsx';
import type { OpenedCamera } from './open-camera.ts';
import type { CameraState } from './trouble.ts';

/** As the Port takes a label, and so many of them. */
const LONGEST = 120;
const MOST = 8;

export interface CameraTeller {
  state(state: CameraState): void;
  opened(camera: OpenedCamera): void;
}

/** Which cameras the settings name, and the way to tell the core how the one for this use does: staff hear of it. */
export function useCamera(use: CameraUse): { readonly names: CameraNames; readonly tell: CameraTeller } {
  const { cameras, report } = usePageContext();
  const { codes, face } = cameras;
  const send = useRef(report);
  useEffect(() => {
    send.current = report;
  });
  const names = useMemo(() => ({ codes, face }), [codes, face]);
  const tell = useMemo(() => createTeller(use, (next) => send.current(next)), [use]);
  return { names, tell };
}

/** Tells changes only, and no camera that is just starting. */
function createTeller(use: CameraUse, report: (report: CameraReport) => void): CameraTeller {
  let about: Pick<CameraReport, 'standIn' | 'name' | 'found'> = { standIn: false, name: null, found: [] };
  let last = '';
  return {
    opened({ stream, by, cameras }) {
      const label = stream.getVideoTracks()[0]?.label ?? '';
      about = {
        standIn: by === 'other',
        name: label === '' ? null : label.slice(0, LONGEST),
        found: cameras.slice(0, MOST).map((camera) => camera.label.slice(0, LONGEST)),
      };
    },
    state(state) {
      if (state === 'starting') return;
      const next: CameraReport = { use, state, ...about };
      const text = JSON.stringify(next);
      if (text === last) return;
      last = text;
      report(next);
    },
  };
}
