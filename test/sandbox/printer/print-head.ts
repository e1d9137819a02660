import { encode } from 'uqr';
import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';
import { drawRows } from '../../../main/core/print/draw/picture.ts';
import { createPaperRoll } from './paper-roll.ts';

/** What came out of the printer. */
export interface Piece {
  readonly picture: Bitmap;
  /** What its characters say, one string a line; what came as a picture is not among it. */
  readonly text: readonly string[];
  /** Texts of its QR codes. */
  readonly codes: readonly string[];
  /** Pictures among it, in dots of height. */
  readonly pictures: readonly number[];
}

/** What a printer sets with: everything that a command can change. */
export interface Style {
  pitch: number;
  across: number;
  down: number;
  bold: boolean;
  centre: boolean;
  kanji: boolean;
  shiftJis: boolean;
}
/** After power on, and after ESC @. */
export const plainStyle = (): Style => ({
  pitch: 30,
  across: 1,
  down: 1,
  bold: false,
  centre: false,
  kanji: false,
  shiftJis: false,
});

/** Modules of a QR code as dots. */
function codeBitmap(text: string): Bitmap {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  const width = Math.ceil(size / 8) * 8;
  const dots = new Uint8Array((width / 8) * size);
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      const byte = (y * width + x) >> 3;
      if (dark) dots[byte] = (dots[byte] ?? 0) | (0x80 >> (x & 7));
    });
  });
  return { width, height: size, data: dots };
}

/** One character, drawn with the font of the pictures: the printer's own is not ours to have. */
function drawn(character: string, scale: 1 | 2 | 3, bold: boolean): Bitmap {
  const glyphs = [{ text: character, width: 2 as const }];
  const row = { type: 'text' as const, glyphs, scale, bold, keep: false, height: 24 * scale };
  return drawRows([row], { columns: 2 * scale, dots: 24 * scale });
}

/** Sets lines and burns them. */
export interface PrintHead {
  /** @param cells of 12 dots @returns false: it stands outside the paper */
  put(character: string, cells: number, style: Style): boolean;
  endLine(pitch: number): void;
  feed(dots: number): void;
  picture(bitmap: Bitmap): void;
  code(text: string, module: number, centre: boolean): void;
  cut(): Piece;
  /** Throws away the line that is not fed yet. */
  forget(): void;
  readonly unfinished: boolean;
}

/** @param width dots */
export function createPrintHead(width: number): PrintHead {
  const roll = createPaperRoll(width);
  let line: { text: string; x: number; across: number; down: number; bold: boolean }[] = [];
  let x = 0;
  let text: string[] = [];
  let codes: string[] = [];
  let pictures: number[] = [];
  const forget = () => {
    line = [];
    x = 0;
  };
  return {
    put(character, cells, { across, down, bold }) {
      line.push({ text: character, x, across, down, bold });
      x += cells * 12 * across;
      return x <= width;
    },
    endLine(pitch) {
      for (const { text: character, x: left, across, down, bold } of line) {
        if (across !== down || across > 3) throw new Error('a slip stretches no character');
        roll.burn(drawn(character, across as 1 | 2 | 3, bold), left, roll.at);
      }
      if (line.length > 0) text.push(line.map(({ text: character }) => character).join(''));
      roll.feed(Math.max(pitch, ...line.map(({ down }) => down * 24)));
      forget();
    },
    feed: (dots) => roll.feed(dots),
    picture(bitmap) {
      roll.burn(bitmap, 0, roll.at);
      roll.feed(bitmap.height);
      pictures.push(bitmap.height);
    },
    code(content, module, centre) {
      const bitmap = codeBitmap(content);
      const size = bitmap.height * module;
      roll.burn(bitmap, centre ? Math.floor((width - size) / 2) : 0, roll.at, module);
      roll.feed(size);
      codes.push(content);
    },
    cut() {
      const piece = { picture: roll.cut(), text, codes, pictures };
      [text, codes, pictures] = [[], [], []];
      return piece;
    },
    forget,
    get unfinished() {
      return line.length > 0 || roll.at > 0;
    },
  };
}
