import { useEffect, useRef, useState } from 'react';
import { Icon } from '../components/icons.tsx';
import { useKit } from '../kit/kit.tsx';
import { type CameraState, watchCamera } from './watch-camera.ts';

export interface ScanViewProps {
  /** A code's text, as it is. Goes straight on to the core; nothing here keeps it. */
  readonly onText: (text: string) => void;
}

/** The camera's picture with a frame to aim with, or the words for why there is none. The camera is on as long as this is on the screen. */
export function ScanView({ onText }: ScanViewProps) {
  const { t } = useKit();
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onText);
  const [state, setState] = useState<CameraState>('starting');
  useEffect(() => {
    tell.current = onText;
  });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    return watchCamera(element, { onState: setState, onText: (text) => tell.current(text) });
  }, []);
  const trouble = state !== 'running' && state !== 'starting';
  const shown = state === 'running' || state === 'black';
  return (
    <div className="scan-view" data-camera={state}>
      <div className="sight">
        <video ref={video} className={shown ? 'live' : 'live off'} muted playsInline aria-hidden="true" tabIndex={-1} />
        {shown ? <span className="aim" aria-hidden="true" /> : null}
      </div>
      <p className={trouble ? 'camera-says trouble' : 'camera-says'} role="status">
        <Icon name={trouble ? 'caution' : 'camera'} />
        <span>{t(state === 'running' ? 'scan.look' : `scan.${state}`)}</span>
      </p>
    </div>
  );
}
