import { useState } from 'react';
import type { ScreenOf } from '../../../main/contract/screens.ts';
import { ActButton } from '../../components/act-button.tsx';
import { Page } from '../../components/page.tsx';
import { usePageContext } from '../../context/context.tsx';
import { PhotoSays, PhotoView, useFaceCamera } from '../../photo/photo-view.tsx';
import { useShots } from '../../photo/shots-context.ts';
import { useCountdown } from '../../photo/use-countdown.ts';

/** Seconds: enough to look up from the button; and to roll back from it. */
const SHORT = 3;
const LONG = 10;
/** How long the screen says that it has just happened, ms. */
const FLASH_MS = 400;
/** Without an answer of the core for so long the photo can be taken once more, ms. */
const ANSWER_MS = 6000;

/** The live picture. The shutter always works; hints only wish. What is taken goes past React, straight to the Port. */
export function Photo({ screen: { way, shots } }: { readonly screen: ScreenOf<'photo'> }) {
  const { t, step } = usePageContext();
  const port = useShots();
  const { video, camera, state, hints } = useFaceCamera(way);
  const [doing, setDoing] = useState<'nothing' | 'taking' | 'missed'>('nothing');
  const [flash, setFlash] = useState(false);
  const countdown = useCountdown(() => {
    setDoing('taking');
    setFlash(true);
    setTimeout(() => setFlash(false), FLASH_MS);
    void take();
  });
  const take = async () => {
    const taken = await camera.current?.take();
    if (taken === undefined) return;
    if (!taken.ok) return setDoing('missed');
    port.send({ step, shot: shots + 1, ...taken.value });
    setTimeout(() => setDoing((now) => (now === 'taking' ? 'missed' : now)), ANSWER_MS);
  };
  const running = state === 'running';
  const counting = countdown.left !== null;
  const ready = running && !counting && doing !== 'taking';
  const begin = (seconds: number) => {
    if (!ready) return;
    setDoing('nothing');
    countdown.start(seconds);
  };
  return (
    <Page
      name="photo"
      progress="photo"
      layout="camera"
      title={t('photo.title')}
      back
      out="stop"
      picture={<PhotoView video={video} state={state} hints={hints} left={countdown.left} flash={flash} />}
      aside={<PhotoSays running={running} hints={hints} left={countdown.left} missed={doing === 'missed'} />}
      actions={
        <>
          {counting ? (
            <ActButton act="stop-timer" icon="close" run={countdown.stop}>
              {t('photo.stop')}
            </ActButton>
          ) : (
            <ActButton act="timer" icon="clock" off={!ready} run={() => begin(LONG)}>
              {t('photo.timer')}
            </ActButton>
          )}
          <ActButton act="shutter" icon="camera" look="primary" off={!ready} run={() => begin(SHORT)}>
            {t(doing === 'taking' ? 'photo.taking' : 'photo.take')}
          </ActButton>
        </>
      }
    >
      {running || state === 'starting' ? null : <p>{t('photo.waits')}</p>}
    </Page>
  );
}
