import { useEffect, useInsertionEffect, useLayoutEffect, useRef } from 'react';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';

/** How long a new screen takes no touches, ms: the second half of a double tap must not press what has just appeared. */
const SETTLE_MS = 300;

/**
 * On every new step: touches wait a moment, and when the screen has been drawn the heading gets the focus (screen readers say it) and the
 * document its title: the focus needs styles and layout anew.
 * Keyboard presses do not wait.
 */
export function useScreenChange({ step, screen: { name }, prefs: { language }, warning }: Snapshot, connected: boolean): void {
  const asked = warning !== null;

  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again for a new step and a new language
  useEffect(() => {
    if (asked) return;
    return afterPaint(() => {
      const heading = document.querySelector<HTMLElement>('main h1');
      if (heading === null) return;
      const words = heading.cloneNode(true) as HTMLElement;
      for (const reading of words.querySelectorAll('rt')) reading.remove();
      document.title = words.textContent ?? '';
      heading.focus({ preventScroll: true });
    });
  }, [step, language, asked]);

  // With the new screen itself, before anything measures it: set later it would cost the whole screen a second round of styles.
  const before = useRef<ScreenName | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useInsertionEffect(() => {
    const root = document.querySelector<HTMLElement>('.kiosk');
    const settles = mustSettle(before.current, step);
    before.current = connected ? name : null;
    // A moment that has begun goes on.
    if (root === null || !settles) return;
    root.dataset['settling'] = '';
    clearTimeout(timer.current);
    timer.current = setTimeout(() => delete root.dataset['settling'], SETTLE_MS);
  }, [step, name, connected]);
}

/** A core begins with "starting", if its reader takes a moment, and the attract screen. Nothing was pressed on what was there before these. */
const FIRST_STEPS = 2;

/**
 * Whether a new screen takes no touches for a moment: where something could be pressed on the one before it.
 * @param before the screen that this page showed before; null: none of the core's. A page begins with each visit, so the step tells whether
 * there was another one
 */
export function mustSettle(before: ScreenName | null, step: number): boolean {
  return before === null ? step > FIRST_STEPS : before !== 'out-of-order';
}

/** A frame's callbacks run before it is drawn; what they put off runs after. @returns cancels it */
function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
