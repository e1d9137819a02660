import { type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader';
import { MOST_CODES } from '../../main/contract/camera.ts';
import { barsAt, type Light, lightOf, stripAlong } from './bars.ts';

/** A code in one picture. `text`: as a hand scanner would send it, with its AIM symbology identifier before it (ISO/IEC 15424). */
export interface Seen {
  readonly text: string;
  /** The symbology checks itself. Without that a misread is as good as any other text, and one picture proves nothing. */
  readonly checked: boolean;
}

const FORMATS = ['QRCode', 'DataMatrix', 'Code128', 'Code39', 'Codabar', 'ITF', 'EAN13', 'EAN8', 'UPCA'] as const;
/** No check digit that every code of theirs must have: `5` of an ITF may be read as nothing at all, and the rest is still an ITF. */
const UNCHECKED = ['ITF', 'Codabar', 'Code39'] as const;
type Unchecked = ReadResult & { readonly symbology: (typeof UNCHECKED)[number] };
const isUnchecked = (code: ReadResult): code is Unchecked => UNCHECKED.some((symbology) => symbology === code.symbology);
const OPTIONS: ReaderOptions = { formats: [...FORMATS], tryHarder: true, maxNumberOfSymbols: MOST_CODES * 2 };
/** A strip of bars is this high, px, and so many of its lines must say the same. */
const STRIP = 48;
const LEAST_LINES = 12;
/** Bars count as upright below this, radians. Sharp edges are measured a few degrees off, and again after each turn. */
const UPRIGHT = Math.PI / 180;
const MOST_TURNS = 4;

/** All codes in a picture that can be relied on, each once. A code without a check digit is read along its own bars: whole, or not at all. */
export async function readCodes(picture: ImageData): Promise<readonly Seen[]> {
  const found = (await readBarcodes(picture, OPTIONS)).filter(whole);
  const seen = new Map<string, Seen>();
  const unchecked = found.filter(isUnchecked);
  for (const code of found) if (!isUnchecked(code)) seen.set(named(code), { text: named(code), checked: true });
  const light = unchecked.length === 0 ? null : lightOf(picture);
  if (light !== null) {
    for (const code of unchecked) {
      // Most often a piece of what has just been read.
      if ([...seen.values()].some(({ text, checked }) => !checked && text.includes(code.text))) continue;
      const again = await alongItsBars(light, code);
      if (again !== null) seen.set(again, { text: again, checked: false });
    }
  }
  return [...seen.values()].slice(0, MOST_CODES);
}

const named = ({ symbologyIdentifier, text }: ReadResult): string => symbologyIdentifier + text;

/** Without an error, and no part of a text that is spread over several codes (structured append). */
function whole({ isValid, text, sequenceSize }: ReadResult): boolean {
  return isValid && text !== '' && sequenceSize <= 1;
}

const across = ({ position: { topLeft, topRight } }: ReadResult, x: number): boolean =>
  Math.min(topLeft.x, topRight.x) <= x && x <= Math.max(topLeft.x, topRight.x);

/**
 * Reads one code anew with its bars set upright. A level line through leaning bars leaves the code above or below and may end where the
 * bars happen to look like an end; along its own axis a line crosses all of it.
 * @returns null: not every line says the same, or nothing is read
 */
async function alongItsBars(light: Light, { position, symbology }: Unchecked): Promise<string | null> {
  let bars = barsAt(light, position);
  for (let turn = 0; bars !== null && turn < MOST_TURNS; turn += 1) {
    const strip = stripAlong(light, bars, STRIP);
    const middle = strip.width / 2;
    const codes = (await readBarcodes(strip, { ...OPTIONS, formats: [symbology] })).filter(
      (one) => whole(one) && across(one, middle),
    );
    const [code] = codes;
    if (code === undefined || codes.length !== 1 || code.symbology !== symbology) return null;
    const leans: number | undefined = barsAt(lightOf(strip), code.position)?.angle;
    if (leans === undefined) return null;
    if (Math.abs(leans) <= UPRIGHT) return code.lineCount < LEAST_LINES ? null : named(code);
    bars = { ...bars, angle: bars.angle + leans };
  }
  return null;
}
