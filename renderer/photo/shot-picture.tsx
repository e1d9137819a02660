import { useEffect, useRef, useState } from 'react';
import { KIOSK_PHOTO } from '../../main/contract/application.ts';
import { Icon } from '../components/icons.tsx';
import type { Picture } from '../connection/photos.ts';
import { usePageContext } from '../context/context.tsx';
import { useShots } from './shots-context.ts';

/** The photo that was taken, drawn on a canvas: no address and no file of it exists in the page. Wiped when it leaves the screen. */
export function ShotPicture({ shot }: { readonly shot: number }) {
  const { t, plain } = usePageContext();
  const shots = useShots();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'waiting' | 'shown' | 'gone'>('waiting');
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d') ?? null;
    if (element === null || pen === null) return;
    let ended = false;
    const show = async (jpeg: Picture | null) => {
      const bitmap = jpeg === null ? null : await bitmapOf(jpeg);
      if (bitmap !== null && !ended) pen.drawImage(bitmap, 0, 0, element.width, element.height);
      bitmap?.close();
      if (!ended) setState(bitmap === null ? 'gone' : 'shown');
    };
    const leave = shots.watch(shot, (jpeg) => void show(jpeg));
    return () => {
      ended = true;
      leave();
      pen.clearRect(0, 0, element.width, element.height);
    };
  }, [shots, shot]);
  return (
    <div className="shot-picture" data-shot={shot} data-shot-state={state}>
      <canvas ref={canvas} width={KIOSK_PHOTO.width} height={KIOSK_PHOTO.height} role="img" aria-label={plain('photo.yours')} />
      {state === 'gone' ? (
        <p className="gone" role="alert">
          <Icon name="caution" />
          <span>{t('photo.gone')}</span>
        </p>
      ) : null}
    </div>
  );
}

async function bitmapOf(jpeg: Picture): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
  } catch {
    return null;
  }
}
