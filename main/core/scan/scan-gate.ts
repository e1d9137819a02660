import type { Settings } from '../../contract/config.ts';
import type { Intent } from '../../contract/page-protocol.ts';
import type { Screen } from '../../contract/screens.ts';
import type { Clock } from '../ports.ts';

/** The same code again within this time, ms, is the scanner's own repeat. */
const REPEAT_MS = 2000;
/** How long the page says that a scan was not needed, ms. */
const NOTE_MS = 6000;

export type ScannedText = Pick<Extract<Intent, { type: 'scanned' }>, 'text' | 'also' | 'us' | 'jis'>;

/** What becomes of a scan. `take`: the screen asked for one. */
type ScanFate = { readonly do: 'take'; readonly text: string } | { readonly do: 'note' } | { readonly do: 'nothing' };

export interface ScanGate {
  /** The note that is up. */
  readonly note: 'not-needed' | undefined;
  /** @param screen what is up; null: the scan was not made on it, or a question lies over it */
  pass(scan: ScannedText, screen: Screen | null): ScanFate;
  /** Says that a scan was of no use here, for a moment. */
  say(): void;
  /** Another screen is up: what was said of the last one is over, and after a visit its last code is forgotten. */
  moved(screen: Screen): void;
  /** Forgets the last code and the note. */
  wipe(): void;
}

export type ScannerSettings = Pick<NonNullable<Settings['scanner']>, 'layout' | 'prefix' | 'suffix'>;

/** @param changed the note came or went @param set how the scanner is set, at this moment */
export function createScanGate(clock: Clock, changed: () => void, set: () => ScannerSettings): ScanGate {
  let last: { readonly texts: string; readonly screen: Screen['name'] | null } | null = null;
  let forget: unknown = null;
  let note: unknown = null;

  const quiet = () => {
    if (note !== null) clock.clearTimeout(note);
    note = null;
  };
  const wipe = () => {
    if (forget !== null) clock.clearTimeout(forget);
    forget = null;
    last = null;
  };
  return {
    get note() {
      return note === null ? undefined : ('not-needed' as const);
    },
    pass(scan, screen) {
      const wanted = screen !== null && takesScans(screen);
      // Another screen that asks for a code may be shown the same one: a form at the beginning and at the end.
      const texts = JSON.stringify([scan.text, ...(scan.also ?? [])]);
      const again = last?.texts === texts && (!wanted || last.screen === screen.name);
      const read = again ? last : { texts, screen: screen?.name ?? null };
      wipe();
      last = read;
      forget = clock.setTimeout(wipe, REPEAT_MS);
      if (again) return { do: 'nothing' };
      return wanted ? { do: 'take', text: textOf(scan, set()) } : { do: 'note' };
    },
    say() {
      quiet();
      note = clock.setTimeout(() => {
        note = null;
        changed();
      }, NOTE_MS);
      changed();
    },
    moved(screen) {
      quiet();
      if (['attract', 'closed', 'goodbye'].includes(screen.name)) wipe();
    },
    wipe() {
      quiet();
      wipe();
    },
  };
}

/** A screen asks for a code here. */
export function takesScans(screen: Screen): boolean {
  switch (screen.name) {
    case 'entry':
      return screen.scan !== 'off';
    case 'receipt-find':
    case 'finder':
    case 'about-sign-up':
    case 'form-read':
    case 'form-again':
      return true;
    case 'out-of-order':
      return screen.trial === 'codes';
    default:
      return false;
  }
}

/** What the scanner meant, without what it is set to send around a code. A camera sends no keys: its text is what it is. */
function textOf({ text, us, jis }: ScannedText, { layout, prefix, suffix }: ScannerSettings): string {
  // An input method of the machine makes kana of a scanner's keys; then only the keys say what was meant.
  const plain = /[\u3040-\u30ff]/.test(text) ? (jis ?? us ?? text) : text;
  const meant = layout === 'auto' ? plain : ((layout === 'us' ? us : jis) ?? plain);
  const line = meant.replace(/[\r\n\t]+$/, '');
  const from = prefix !== '' && line.startsWith(prefix) ? prefix.length : 0;
  const to = suffix !== '' && line.endsWith(suffix) && line.length > from ? line.length - suffix.length : line.length;
  return line.slice(from, to);
}
