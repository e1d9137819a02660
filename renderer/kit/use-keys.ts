import { useEffect } from 'react';
import type { Intent, Snapshot } from '../../main/contract/port.ts';
import { unreachable } from '../../main/contract/result.ts';
import { keyAction } from './key-action.ts';

/** Works the page from a keyboard or a ten-key pad. Buttons are pressed in the document itself, so only what is shown can be pressed. */
export function useKeys(snapshot: Snapshot, intend: (intent: Intent) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const asked = snapshot.warning !== null;
      const onButton = document.activeElement instanceof HTMLButtonElement;
      const action = keyAction(event.key, { screen: snapshot.screen, asked, onButton });
      if (!asked) intend({ type: 'active' });
      if (action === null) return;
      event.preventDefault();
      switch (action.do) {
        case 'pin-key':
          intend({ type: 'pin-key', step: snapshot.step, position: action.position });
          return;
        case 'pin-edit':
          intend({ type: 'pin-edit', step: snapshot.step, edit: action.edit });
          return;
        case 'choose':
          clickOn(`main [data-choice="${action.number}"]`);
          return;
        case 'primary':
          clickOn(asked ? '[data-extend]' : 'main [data-primary]');
          return;
        case 'back':
          clickOn('[data-button="back"]');
          return;
        case 'page':
          clickOn(action.by === 1 ? '[data-page="next"]' : '[data-page="previous"]');
          return;
        case 'call-staff':
          clickOn('[data-call-staff]');
          return;
        default:
          unreachable(action);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [snapshot, intend]);
}

function clickOn(selector: string): void {
  document.querySelector<HTMLButtonElement>(`${selector}:not([aria-disabled="true"])`)?.click();
}
