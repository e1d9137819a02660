import { useEffect, useLayoutEffect } from 'react';
import type { Snapshot } from '../../main/contract/port.ts';

/** How long a new screen takes no touches, ms: the second half of a double tap must not press what has just appeared. */
export const SETTLE_MS = 300;

/**
 * On every new step: the heading gets the focus (screen readers say it), the document its title, and touches wait a moment.
 * Keyboard presses do not wait.
 */
export function useScreenChange(step: number, language: Snapshot['prefs']['language'], asked: boolean): void {
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again for a new step and a new language
  useEffect(() => {
    if (asked) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    const words = heading.cloneNode(true) as HTMLElement;
    for (const reading of words.querySelectorAll('rt')) reading.remove();
    document.title = words.textContent ?? '';
    heading.focus({ preventScroll: true });
  }, [step, language, asked]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again for a new step
  useLayoutEffect(() => {
    const root = document.querySelector<HTMLElement>('.kiosk');
    if (root === null) return;
    root.dataset['settling'] = '';
    const timer = setTimeout(() => delete root.dataset['settling'], SETTLE_MS);
    return () => clearTimeout(timer);
  }, [step]);
}
