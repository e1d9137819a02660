import { useEffect, useRef } from 'react';
import { createWedge, HOLD_MS, type WedgeEvent } from './wedge.ts';

/**
 * Listens before everything else on the page, so that the keys of a hand scanner never reach a button. Holds them in memory until they are
 * told apart, and no longer.
 * @param on false: keys go their usual way
 */
export function useWedge(on: boolean, onEvent: (event: WedgeEvent) => void): void {
  const listener = useRef(onEvent);
  useEffect(() => {
    listener.current = onEvent;
  });
  useEffect(() => {
    if (!on) return;
    const wedge = createWedge();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (events: readonly WedgeEvent[]) => {
      for (const event of events) listener.current(event);
    };
    const onKey = (event: KeyboardEvent) => {
      const { taken, events } = wedge.press(event.key, event.timeStamp);
      if (taken) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      clearTimeout(timer);
      tell(events);
      if (wedge.waits()) timer = setTimeout(() => tell(wedge.idle()), HOLD_MS);
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      clearTimeout(timer);
    };
  }, [on]);
}
