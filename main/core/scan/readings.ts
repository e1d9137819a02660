import { asMeant } from '../../contract/key-layout.ts';

/** Longer than any code that is read here. */
const LONGEST = 512;
/** Spaces, line ends, and the control signs that scanners and codes put around a text: STX, ETX, EOT, FS, GS, RS, US, and a byte order mark. */
const EDGE = '[\\s\\u0002-\\u0004\\u001c-\\u001f\\ufeff]+';
const EDGES = new RegExp(`^${EDGE}|${EDGE}$`, 'g');
/** AIM symbology identifier (ISO/IEC 15424): `]`, a letter for the symbology, a modifier. */
const AIM = /^\]([A-Za-z])[0-9A-Za-z]/;
/**
 * Identifiers of a code whose data have a structure: FNC1 in the first place (GS1: `]C1` GS1-128, `]d2` DataMatrix, `]Q3` QR, `]e0` DataBar, `]J1`
 * DotCode, `]z1` Aztec ...) or in the second (AIM's own), with or without ECI; and the numbers of goods (`]E0` EAN, UPC). Such a number is made of
 * parts with their own names, 01 and a GTIN of 14 digits for one: no number of a person's, however long it is. Caps Lock may have swapped the letter.
 */
const STRUCTURED = /^\](?:[Cc][12]|[Qq][3-6]|[Dd][2356]|[Ee][0-9]|[Jj][1245]|[Zz][124578AaBb]|[Kk][12]|[Oo]5)/;
/** ECI designator of a QR code that was announced by AIM `]Q2` and its like: a backslash and six digits. */
const ECI = /^\\0000\d{2}/;
/** NW-7 (Codabar, JIS X 0506): start and stop A to D; between them digits and six signs. */
const NW7 = /^[A-D]([0-9$:/.+-]{3,})[A-D]$/i;
/** The same, with stop signs by their other names (T, N, *, E for A, B, C, D). */
const NW7_OTHER_STOP = /^[A-D]([0-9$:/.+-]{3,})[TN*E]$/i;
const NW7_AIM = 'F';
/** Start and stop of Code 39, which some scanners send. */
const CODE39 = /^\*([^*]+)\*$/;

export interface Reading {
  readonly text: string;
  /**
   * A number that says nothing of what it is may be the one that is asked for. Not where signs were exchanged for those of another keyboard, or
   * where the symbology says that it is another thing: then only codes count that say themselves what they are (a prefix, a web address).
   */
  readonly bareNumber: boolean;
}

/**
 * The one place where what a scanner, a symbology or a keyboard does to a code is undone.
 * @param read as a camera or a scanner sent it
 * @returns what it may say, the likeliest first; empty: nothing that could be a code. Whoever reads it takes the first that fits wholly.
 */
export function readings(read: string): readonly Reading[] {
  if (read.length > LONGEST * 2) return [];
  const found = new Map<string, Reading>();
  const add = (made: string, exchanged: boolean) => {
    const bareNumber = !exchanged && !STRUCTURED.test(made.replaceAll(EDGES, ''));
    for (const text of bare(made)) if (!found.has(text)) found.set(text, { text, bareNumber });
  };
  // Caps Lock of a machine swaps the case of every letter that a scanner types.
  for (const text of [read, halfWidth(read), swapCase(read)]) add(text, false);
  for (const text of [asMeant(read, 'us'), asMeant(read, 'jis')]) {
    add(text, true);
    add(swapCase(text), true);
  }
  return [...found.values()];
}

/** Without what stands around it, then without start and stop signs; the whole, if it can be one, comes after. */
function bare(read: string): readonly string[] {
  let text = read.replaceAll(EDGES, '');
  const aim = AIM.exec(text);
  if (aim !== null) text = text.slice(3).replace(ECI, '').replaceAll(EDGES, '');
  // FNC1 inside a code, sent as GS, stands between two groups.
  text = text.replaceAll('\u001d', '');
  if (text === '' || text.length > LONGEST || /\p{C}/u.test(text)) return [];
  const symbology = aim?.[1] ?? null;
  const inner = (symbology === null || symbology === NW7_AIM ? NW7.exec(text) : null) ?? CODE39.exec(text);
  if (inner?.[1] !== undefined) return [inner[1], text];
  const other = symbology === null || symbology === NW7_AIM ? NW7_OTHER_STOP.exec(text)?.[1] : undefined;
  if (other === undefined) return [text];
  // Without the symbology's name it may as well be a number that has letters.
  return symbology === NW7_AIM ? [other, text] : [text, other];
}

function swapCase(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** Full-width signs of an input method as half-width ones. Not NFKC: that would make digits of what is none, such as a circled number. */
export function halfWidth(text: string): string {
  return text.replaceAll(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');
}
