import { useEffect } from 'react';
import type { Intent, Snapshot } from '../../main/contract/port.ts';
import { unreachable } from '../../main/contract/result.ts';
import { keyAction, takesScans } from './key-action.ts';
import { useWedge } from './use-wedge.ts';

/** Works the page from a keyboard or a ten-key pad. Buttons are pressed in the document itself, so only what is shown can be pressed. */
export function useKeys(snapshot: Snapshot, intend: (intent: Intent) => void): void {
  useWedge(takesScans(snapshot.screen), (event) => {
    if (event.do === 'scan') {
      if (snapshot.warning === null) intend({ type: 'active' });
      intend({ type: 'scanned', step: snapshot.step, text: event.text });
      return;
    }
    for (const key of event.keys) {
      // The browser would have pressed it, had the key not been held back.
      if (key === ' ' && document.activeElement instanceof HTMLButtonElement) document.activeElement.click();
      else actOn(key, snapshot, intend);
    }
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      if (actOn(event.key, snapshot, intend)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [snapshot, intend]);
}

/** @returns false: the key means nothing here */
function actOn(key: string, { screen, step, warning }: Snapshot, intend: (intent: Intent) => void): boolean {
  const asked = warning !== null;
  const onButton = document.activeElement instanceof HTMLButtonElement;
  const action = keyAction(key, { screen, asked, onButton });
  if (!asked) intend({ type: 'active' });
  if (action === null) return false;
  switch (action.do) {
    case 'pin-key':
      intend({ type: 'pin-key', step, position: action.position });
      return true;
    case 'pin-edit':
    case 'type-edit':
      intend({ type: action.do, step, edit: action.edit });
      return true;
    case 'type':
      intend({ type: 'type', step, key: action.key });
      return true;
    case 'choose':
      clickOn(`main [data-choice="${action.number}"]`);
      return true;
    case 'primary':
      clickOn(asked ? '[data-extend]' : 'main [data-primary]');
      return true;
    case 'back':
      clickOn('[data-button="back"]');
      return true;
    case 'page':
      if (!clickOn(action.by === 1 ? '[data-page="next"]' : '[data-page="previous"]'))
        clickOn(action.by === 1 ? '[data-button="next-page"]' : '[data-button="previous-page"]');
      return true;
    case 'call-staff':
      clickOn('[data-call-staff]');
      return true;
    default:
      return unreachable(action);
  }
}

/** @returns false: there is nothing of that kind to press */
function clickOn(selector: string): boolean {
  const button = document.querySelector<HTMLButtonElement>(`${selector}:not([aria-disabled="true"])`);
  button?.click();
  return button !== null;
}
