/** The part of Electron's `Input` that is looked at. */
export interface KeyInput {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

const NAMED = new Set([
  'Enter',
  'Backspace',
  'Delete',
  'Tab',
  'Escape',
  'Shift',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
]);

/**
 * Which keys reach the page: what a ten-key pad, a keyboard typing text, or a code scanner sends. Anything with Ctrl, Alt or Meta, the
 * function keys and the rest never arrive: full screen, zoom, close, reload and the tools all sit there (SOURCES.md, Electron:
 * keys).
 */
export function isKeyAllowed({ key, control, alt, meta }: KeyInput): boolean {
  if (control || alt || meta) return false;
  return NAMED.has(key) || [...key].length === 1;
}
