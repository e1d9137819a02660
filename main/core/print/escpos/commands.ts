/** ESC/POS, the commands of receipt printers that slips need. Names in comments are those of the makers' references. */
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const low = (value: number) => value & 0xff;
const high = (value: number) => value >> 8;

/** ESC @. */
export const initialise = bytes(ESC, 0x40);
/**
 * GS P: one unit of every movement is one dot (203 dpi). ESC R 8: characters of Japan. ESC t 1: katakana above 7F. FS &, FS C 1, FS S:
 * kanji mode, Shift_JIS, no space between kanji.
 */
export const japanese = bytes(GS, 0x50, 203, 203, ESC, 0x52, 8, ESC, 0x74, 1, FS, 0x26, FS, 0x43, 1, FS, 0x53, 0, 0);
/** GS P alone, for a printer that is sent pictures only. */
export const units = bytes(GS, 0x50, 203, 203);
/** GS !: times the plain size, in both directions, also for kanji. */
export const size = (scale: number): Buffer => bytes(GS, 0x21, ((scale - 1) << 4) | (scale - 1));
/** ESC E. */
export const emphasised = (on: boolean): Buffer => bytes(ESC, 0x45, on ? 1 : 0);
/** ESC 3: how far the next line feeds go, in dots. */
export const pitch = (dots: number): Buffer => bytes(ESC, 0x33, dots);
export const lineFeed = bytes(0x0a);
/** ESC J, once for each 255 dots. */
export function feed(dots: number): Buffer {
  const steps: number[] = [];
  for (let left = dots; left > 0; left -= 255) steps.push(ESC, 0x4a, Math.min(left, 255));
  return Buffer.from(steps);
}
/** ESC a. */
export const align = (where: 'left' | 'centre'): Buffer => bytes(ESC, 0x61, where === 'left' ? 0 : 1);
/** GS V 66: feeds to the knife and a little more, cuts but for one point. A printer without a knife only feeds. */
export const cut = bytes(GS, 0x56, 66, 24);

/** GS ( k: QR code, model 2, error correction M. @param text UTF-8, as readers take it @param module dots */
export function qrCode(text: string, module: number): Buffer {
  const data = Buffer.from(text, 'utf8');
  const call = (...rest: number[]) => bytes(GS, 0x28, 0x6b, low(rest.length), high(rest.length), ...rest);
  const store = data.length + 3;
  return Buffer.concat([
    call(0x31, 0x41, 0x32, 0),
    call(0x31, 0x43, module),
    call(0x31, 0x45, 0x31),
    bytes(GS, 0x28, 0x6b, low(store), high(store), 0x31, 0x50, 0x30),
    data,
    call(0x31, 0x51, 0x30),
  ]);
}

/**
 * GS v 0: a picture of whole bytes a row. Printers look for their real-time commands (DLE and 04, 05 or 14) in pictures too: such a pair gets
 * one more black dot.
 */
export function raster(width: number, height: number, dots: Uint8Array): Buffer {
  const data = Buffer.from(dots);
  for (let at = 0; at + 1 < data.length; at += 1)
    if (data[at] === DLE && [0x04, 0x05, 0x14].includes(data[at + 1] ?? 0)) data[at] = DLE | 0x08;
  const row = width / 8;
  return Buffer.concat([bytes(GS, 0x76, 0x30, 0, low(row), high(row), low(height), high(height)), data]);
}

/** GS a: from now on the printer tells by itself when its state changes. */
export const tellChanges = bytes(GS, 0x61, 0x0f);
export const tellNothing = bytes(GS, 0x61, 0);
/** GS r 1: answered when everything before it has been printed. */
export const whenDone = bytes(GS, 0x72, 1);
/** DLE EOT n: answered at once, even by a printer that is offline. */
export const askStatus = (what: 1 | 2 | 3 | 4): Buffer => bytes(DLE, 0x04, what);
/** DLE DC4 8: throws away what was received and not printed. */
export const forget = bytes(DLE, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);
