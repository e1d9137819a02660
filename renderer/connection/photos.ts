import type { PhotoHint } from '../../main/contract/application.ts';
import type { Screen } from '../../main/contract/screens.ts';
import { fromBase64, toBase64 } from '../photo/base64.ts';
import type { PhotoAnswer, PhotoOrder } from './connect.ts';

export type Picture = Uint8Array<ArrayBuffer>;

/**
 * The person's picture on its way, outside React and outside the store: one at most, only as long as a screen that shows it (or the
 * camera's) is up, and overwritten after. A page that was loaded again asks the core.
 */
export interface Photos {
  /** Sends what was taken on the screen `photo`; it becomes the next shot. */
  send(photo: {
    readonly step: number;
    readonly shot: number;
    readonly jpeg: Picture;
    readonly hints: readonly PhotoHint[];
  }): void;
  /**
   * @param listener the picture of a shot, now or when the core has sent it; `null`: there is none (any more)
   * @returns unsubscribe
   */
  watch(shot: number, listener: (jpeg: Picture | null) => void): () => void;
}

export interface PhotosEnd extends Photos {
  /** Before a new screen is drawn: forgets what it does not show. */
  follow(screen: Screen): void;
  /** The core's answer. */
  receive(message: PhotoAnswer): void;
  /** The host is gone. */
  forget(): void;
}

/** The shots that may be kept while a screen is up: one that it shows, or (on the camera's) the one that was just taken. */
function keeps(screen: Screen, shot: number): boolean {
  if (screen.name === 'photo') return shot === screen.shots + 1;
  return 'shot' in screen && screen.shot === shot;
}

export function createPhotos(tell: (message: PhotoOrder) => void): PhotosEnd {
  let held: { readonly shot: number; readonly jpeg: Picture } | null = null;
  const listeners = new Map<(jpeg: Picture | null) => void, number>();

  const drop = () => {
    held?.jpeg.fill(0);
    held = null;
  };
  const hold = (shot: number, jpeg: Picture) => {
    drop();
    held = { shot, jpeg };
  };
  const answer = (shot: number, jpeg: Picture | null) => {
    for (const [listener, wanted] of [...listeners]) if (wanted === shot) listener(jpeg);
  };
  return {
    send({ step, shot, jpeg, hints }) {
      hold(shot, jpeg);
      tell({ type: 'photo', step, jpeg: toBase64(jpeg), hints: [...hints] });
    },
    watch(shot, listener) {
      listeners.set(listener, shot);
      if (held?.shot === shot) listener(held.jpeg);
      else tell({ type: 'want-photo', shot });
      return () => void listeners.delete(listener);
    },
    follow(screen) {
      if (held !== null && !keeps(screen, held.shot)) drop();
    },
    receive({ shot, jpeg }) {
      // Nobody waits for it any more: the screen has changed meanwhile.
      if (![...listeners.values()].includes(shot)) return;
      if (jpeg === null) return answer(shot, null);
      const picture = fromBase64(jpeg);
      hold(shot, picture);
      answer(shot, picture);
    },
    forget: drop,
  };
}
