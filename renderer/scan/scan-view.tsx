import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CameraState } from '../camera/trouble.ts';
import { useCamera } from '../camera/use-camera.ts';
import { Icon } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';
import { scannedIntent } from './scanned-intent.ts';
import { watchCamera } from './watch-camera.ts';

export interface ScanViewProps {
  /** What is wrong with the code that was read last, in words. */
  readonly problem: ReactNode | null;
  /** There are keys on this screen, and the camera can be done without. */
  readonly keys: boolean;
}

/** The camera's picture with a frame to aim with, or the words for why there is none. The camera is on as long as this is on the screen. */
export function ScanView({ problem, keys }: ScanViewProps) {
  const { t, intend, step } = usePageContext();
  const { names, tell } = useCamera('codes');
  const video = useRef<HTMLVideoElement>(null);
  const send = useRef<(texts: readonly string[]) => void>(() => {});
  const [state, setState] = useState<CameraState>('starting');
  useEffect(() => {
    // Straight on to the core; nothing here keeps it.
    send.current = (texts) => intend(scannedIntent(step, texts));
  });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const onState = (next: CameraState) => {
      setState(next);
      tell.state(next);
    };
    return watchCamera(element, names, { onState, onOpened: tell.opened, onCodes: (texts) => send.current(texts) });
  }, [names, tell]);
  const shown = state === 'running' || state === 'black';
  const trouble = state !== 'running' && state !== 'starting';
  const wrong = !trouble && problem !== null;
  return (
    <div className="scan-view" data-camera={state} data-problem={wrong ? '' : undefined}>
      <div className="viewfinder">
        <video ref={video} className={shown ? 'live' : 'live off'} muted playsInline aria-hidden="true" tabIndex={-1} />
        {shown ? <span className="target-frame" aria-hidden="true" /> : null}
      </div>
      <p className={trouble || wrong ? 'camera-message trouble' : 'camera-message'} role="status">
        <Icon name={trouble || wrong ? 'caution' : 'camera'} />
        <span>
          {wrong ? problem : t(state === 'running' ? 'scan.look' : `scan.${state}`)}
          {trouble && state !== 'black' && keys ? <> {t('scan.keys')}</> : null}
        </span>
      </p>
    </div>
  );
}
