import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PhotoHint, PhotoWay } from '../../main/contract/application.ts';
import type { CameraState } from '../camera/trouble.ts';
import { useCamera } from '../camera/use-camera.ts';
import { Icon } from '../components/icons.tsx';
import { usePageContext } from '../context/context.tsx';
import { AIM } from './judge.ts';
import { PhotoHints } from './photo-hints.tsx';
import { useSlow } from './use-slow.ts';
import { type FaceCamera, watchFace } from './watch-face.ts';

/** Between two words of help for ears, ms. */
const EARS_MS = 4000;

/** The camera, on as long as the element is up. */
export function useFaceCamera(way: PhotoWay): {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly camera: RefObject<FaceCamera | null>;
  readonly state: CameraState;
  readonly hints: readonly PhotoHint[] | null;
} {
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<FaceCamera | null>(null);
  const { names, tell } = useCamera('face');
  const [state, setState] = useState<CameraState>('starting');
  const [hints, setHints] = useState<readonly PhotoHint[] | null>([]);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const opened = watchFace(
      element,
      { way, names },
      {
        onState: (next) => {
          setState(next);
          tell.state(next);
        },
        onOpened: tell.opened,
        // The same words again draw nothing.
        onHints: (next) => setHints((was) => (was?.join() === next?.join() ? was : next)),
      },
    );
    camera.current = opened;
    return () => {
      camera.current = null;
      opened.stop();
    };
  }, [way, names, tell]);
  return { video, camera, state, hints };
}

interface PhotoViewProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: CameraState;
  readonly hints: readonly PhotoHint[] | null;
  /** Seconds until the picture is taken. */
  readonly left: number | null;
  /** Just now. */
  readonly flash: boolean;
}

const TROUBLES = ['black', 'missing', 'denied', 'busy', 'failed', 'stopped'] as const;
const troubleIn = (state: CameraState) => TROUBLES.find((trouble) => trouble === state) ?? null;

/** The live picture as in a mirror, with the oval for the head. */
export function PhotoView({ video, state, hints, left, flash }: PhotoViewProps) {
  const { t } = usePageContext();
  const trouble = troubleIn(state);
  return (
    <div className="photo-view" data-camera={state} data-hints={hints?.join(' ')}>
      <video
        ref={video}
        className={state === 'running' ? 'live' : 'live off'}
        muted
        playsInline
        aria-hidden="true"
        tabIndex={-1}
      />
      {state === 'running' ? <Oval /> : null}
      {state === 'starting' ? (
        <p className="waits">
          <span>{t('photo.starting')}</span>
        </p>
      ) : null}
      {trouble === null ? null : (
        <div className="trouble" role="alert">
          <Icon name="no-camera" />
          <p className="what">{t(`photo.trouble.${trouble}.what`)}</p>
          <p className="then">{t(`photo.trouble.${trouble}.next`)}</p>
        </div>
      )}
      {left === null ? null : (
        <span className="left" aria-hidden="true">
          {left}
        </span>
      )}
      {flash ? <span className="flash" aria-hidden="true" /> : null}
    </div>
  );
}

/** Where the head goes. Drawn in parts of the picture, so that it is the same on every screen. */
function Oval() {
  const height = 90 * AIM.height;
  return (
    <svg className="oval" viewBox="0 0 70 90" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <ellipse className="under" cx={70 * AIM.x} cy={90 * AIM.y} rx={height * 0.37} ry={height / 2} />
      <ellipse className="over-it" cx={70 * AIM.x} cy={90 * AIM.y} rx={height * 0.37} ry={height / 2} />
    </svg>
  );
}

interface PhotoSaysProps {
  readonly running: boolean;
  readonly hints: readonly PhotoHint[] | null;
  readonly left: number | null;
  /** Nothing came of the last try. */
  readonly missed: boolean;
}

/** Under the picture: what could be better, or that all is well. For ears one thing at a time, and slowly. */
export function PhotoSays({ running, hints, left, missed }: PhotoSaysProps) {
  const { t, plain } = usePageContext();
  const first = hints?.[0];
  const words = !running
    ? ''
    : left !== null
      ? plain('photo.counting')
      : missed
        ? plain('photo.missed')
        : first === undefined
          ? plain(hints === null ? 'photo.noHints' : 'photo.good')
          : plain(`photo.hints.${first}`);
  const ears = useSlow(words, EARS_MS);
  return (
    <div className="photo-message">
      <span className="visually-hidden" role="status">
        {ears}
      </span>
      <div aria-hidden="true">
        {!running ? null : missed ? (
          <p className="wish">
            <Icon name="caution" />
            <span>{t('photo.missed')}</span>
          </p>
        ) : hints !== null && hints.length > 0 ? (
          <PhotoHints hints={hints} />
        ) : (
          <p className="good">
            <Icon name={hints === null ? 'info' : 'ok'} />
            <span>{t(hints === null ? 'photo.noHints' : 'photo.good')}</span>
          </p>
        )}
      </div>
    </div>
  );
}
