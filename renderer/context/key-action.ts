import type { Screen } from '../../main/contract/screens.ts';

/** What a key of a keyboard or a ten-key pad means on this screen. */
export type KeyAction =
  | { readonly do: 'pin-key'; readonly position: number }
  | { readonly do: 'pin-edit'; readonly edit: 'back' | 'ok' | 'clear' }
  | { readonly do: 'type'; readonly key: string }
  | { readonly do: 'type-edit'; readonly edit: 'back' | 'ok' | 'clear' }
  /** The n-th choice on the screen, from 1. */
  | { readonly do: 'choose'; readonly number: number }
  | { readonly do: 'primary' }
  | { readonly do: 'back' }
  | { readonly do: 'page'; readonly by: 1 | -1 }
  | { readonly do: 'call-staff' };

export interface KeyContext {
  readonly screen: Screen;
  /** The "are you still there?" question is up. */
  readonly asked: boolean;
  /** A button has the keyboard's focus: Enter and Space are its own. */
  readonly onButton: boolean;
}

/** Position of a drawn digit on the PIN pad, or null. @param layout digit at each position */
function positionOf(layout: readonly number[], digit: number): number | null {
  const position = layout.indexOf(digit);
  return position === -1 ? null : position;
}

/** Text is typed here: the keys are signs. */
export function typesText(screen: Screen): boolean {
  if (screen.name === 'finder') return screen.typing;
  return ['entry', 'receipt-find', 'form-read', 'form-again', 'contact-entry'].includes(screen.name);
}

function editOf(key: string, onButton: boolean): 'back' | 'clear' | 'ok' | null {
  if (key === 'Backspace') return 'back';
  if (key === 'Delete') return 'clear';
  return key === 'Enter' && !onButton ? 'ok' : null;
}

/**
 * @param key `KeyboardEvent.key`. On the PIN screen a digit goes to the position where that digit is drawn, so the page still sends
 * positions only. `/` calls staff, `+` and `-` turn pages; `*` is kept for audio guidance.
 */
export function keyAction(key: string, { screen, asked, onButton }: KeyContext): KeyAction | null {
  if (key === '/') return { do: 'call-staff' };
  if (asked) return key === 'Enter' && !onButton ? { do: 'primary' } : null;
  const digit = /^[0-9]$/.test(key) ? Number(key) : null;
  if (screen.name === 'pin') {
    if (digit !== null) {
      const position = positionOf(screen.layout, digit);
      return position === null ? null : { do: 'pin-key', position };
    }
    const edit = editOf(key, onButton);
    return edit === null ? null : { do: 'pin-edit', edit };
  }
  if (typesText(screen)) {
    // Of the signs in an address `/` calls staff, here too; it has a key on the screen.
    if (screen.name === 'contact-entry' && screen.kind === 'email' && /^[!-~]$/.test(key)) return { do: 'type', key };
    if (/^[0-9A-Za-zぁ-ヴー゛゜]$/.test(key)) return { do: 'type', key: screen.name === 'finder' ? key.toLowerCase() : key };
    const edit = editOf(key, onButton);
    if (edit !== null) return { do: 'type-edit', edit };
    return key === 'Escape' ? { do: 'back' } : null;
  }
  if (digit !== null && digit > 0) return { do: 'choose', number: digit };
  if (key === 'Enter' && !onButton) return { do: 'primary' };
  if (key === 'Backspace' || key === 'Escape') return { do: 'back' };
  if (key === '+' || key === 'PageDown') return { do: 'page', by: 1 };
  if (key === '-' || key === 'PageUp') return { do: 'page', by: -1 };
  return null;
}
