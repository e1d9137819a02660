import { useEffect, useRef } from 'react';
import type { Intent } from '../../main/contract/page-protocol.ts';

/** At most one sign of life in so many ms. */
const EVERY = 2000;

/** Any touch restarts the idle clock. Not while the question is up: there a touch must be an answer (warning.tsx). */
export function useActivity(asked: boolean, intend: (intent: Intent) => void): void {
  const last = useRef(0);
  useEffect(() => {
    if (asked) return;
    const onTouch = (event: PointerEvent) => {
      if (event.timeStamp - last.current < EVERY) return;
      last.current = event.timeStamp;
      intend({ type: 'active' });
    };
    window.addEventListener('pointerdown', onTouch, { capture: true });
    return () => window.removeEventListener('pointerdown', onTouch, { capture: true });
  }, [asked, intend]);
}
