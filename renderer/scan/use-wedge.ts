import { useEffect, useRef } from 'react';
import { isOwnKey, type OwnKeys } from '../../main/contract/key-layout.ts';
import { Wedge, type WedgeEvent } from './wedge.ts';

/** A timer that comes so much too late, ms, found the page busy: keys that are older may still wait behind it. */
const LATE_MS = 30;
/** How long they get to come, ms. */
const CATCH_UP_MS = 120;

/** Where the person was when a key went down. */
export interface KeyMark {
  readonly step: number;
}

export interface WedgePlace {
  readonly step: number;
  /** Text is typed on this screen. */
  readonly typing: boolean;
  /** Which keys people have. */
  readonly keys: OwnKeys;
}

/**
 * Listens before everything else on the page, on every screen: the keys of a hand scanner never reach a button, and those of a person only when
 * it is certain that they are none. Holds them in memory until they are told apart, and no longer.
 */
export function useWedge(place: WedgePlace, onEvent: (event: WedgeEvent<KeyMark>) => void): void {
  const listener = useRef(onEvent);
  const where = useRef(place);
  useEffect(() => {
    listener.current = onEvent;
    where.current = place;
  });
  useEffect(() => {
    const wedge = new Wedge<KeyMark>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    /** How long the last key was under way, ms: those behind it take as long. */
    let lag = 0;
    const tell = (events: readonly WedgeEvent<KeyMark>[]) => {
      for (const event of events) listener.current(event);
    };
    const wait = () => {
      clearTimeout(timer);
      const next = wedge.next();
      if (next === null) return;
      const due = next + lag;
      timer = setTimeout(() => {
        const late = performance.now() - due > LATE_MS;
        timer = setTimeout(look, late ? CATCH_UP_MS : 0);
      }, due - performance.now());
    };
    const look = () => {
      tell(wedge.tick(performance.now() - lag));
      wait();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      lag = Math.max(0, performance.now() - event.timeStamp);
      const { taken, events } = wedge.press({
        key: event.key,
        code: event.code,
        shift: event.shiftKey,
        control: event.ctrlKey,
        alt: event.altKey || event.metaKey,
        capsLock: event.getModifierState('CapsLock'),
        own: isOwnKey(where.current.keys, event.code),
        repeat: event.repeat,
        at: event.timeStamp,
        typing: where.current.typing,
        mark: { step: where.current.step },
      });
      if (taken) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      tell(events);
      wait();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      clearTimeout(timer);
    };
  }, []);
}
