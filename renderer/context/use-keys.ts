import type { Intent, Snapshot } from '../../main/contract/page-protocol.ts';
import { unreachable } from '../../main/contract/result.ts';
import { useWedge } from '../scan/use-wedge.ts';
import { type KeyAction, keyAction, typesText } from './key-action.ts';

/** Works the page from a keyboard or a ten-key pad. Buttons are pressed in the document itself, so only what is shown can be pressed. */
export function useKeys(snapshot: Snapshot, intend: (intent: Intent) => void): void {
  useWedge({ step: snapshot.step, typing: typesText(snapshot.screen), keys: snapshot.keys ?? 'none' }, (event) => {
    if (event.do === 'scan') {
      const { text, us, jis, mark } = event;
      intend({ type: 'scanned', step: mark.step, text, ...(us === text && jis === text ? {} : placesOf({ us, jis })) });
      return;
    }
    for (const { key, mark } of event.keys) {
      // It was pressed on another screen.
      if (mark.step === snapshot.step) actOn(key, snapshot, intend);
    }
  });
}

/** Longer texts go without: a message on the Port has its limit. */
const LONGEST_PLACES = 300;

function placesOf(places: { readonly us: string; readonly jis: string }): { us?: string; jis?: string } {
  return places.us.length > LONGEST_PLACES ? {} : places;
}

function actOn(key: string, snapshot: Snapshot, intend: (intent: Intent) => void): void {
  const asked = snapshot.warning !== null;
  const focused = document.activeElement;
  const onButton = focused instanceof HTMLButtonElement;
  if (!asked) intend({ type: 'active' });
  const action = keyAction(key, { screen: snapshot.screen, asked, onButton });
  if (action !== null) carryOut(action, snapshot, intend);
  // The browser would have pressed it, had the key not been held back.
  else if (onButton && (key === ' ' || key === 'Enter')) focused.click();
}

function carryOut(action: KeyAction, { step, warning }: Snapshot, intend: (intent: Intent) => void): void {
  switch (action.do) {
    case 'pin-key':
      intend({ type: 'pin-key', step, position: action.position });
      break;
    case 'pin-edit':
    case 'type-edit':
      intend({ type: action.do, step, edit: action.edit });
      break;
    case 'type':
      intend({ type: 'type', step, key: action.key });
      break;
    case 'choose':
      clickOn(`main [data-choice="${action.number}"]`);
      break;
    case 'primary':
      clickOn(warning === null ? 'main [data-primary]' : '[data-extend]');
      break;
    case 'back':
      clickOn('[data-button="back"]');
      break;
    case 'page':
      if (!clickOn(action.by === 1 ? '[data-page="next"]' : '[data-page="previous"]'))
        clickOn(action.by === 1 ? '[data-button="next-page"]' : '[data-button="previous-page"]');
      break;
    case 'call-staff':
      clickOn('[data-call-staff]');
      break;
    default:
      unreachable(action);
  }
}

/** @returns false: there is nothing of that kind to press */
function clickOn(selector: string): boolean {
  const button = document.querySelector<HTMLButtonElement>(`${selector}:not([aria-disabled="true"])`);
  button?.click();
  return button !== null;
}
