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

export interface Interpreter {
  /** Takes what is whole of the bytes, in order. @returns how many it took */
  take(bytes: Uint8Array): number;
  /** Forgets a line that is not fed yet. */
  forget(): void;
  /** What lies under the head and was not cut off. */
  readonly unfinished: boolean;
}

interface InterpreterEvents {
  piece(piece: Piece): void;
  /** GS r, GS a. */
  answer(command: 'r' | 'a', argument: number): void;
  /** A command that a slip must not use. */
  unknown(bytes: Uint8Array): void;
}

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

/**
 * Understands ESC/POS as a receipt printer of the Japanese model does, by the makers' references and not by our own writer: decodes Shift_JIS
 * with Node's decoder, draws with the font of the pictures.
 * @param width dots of the head
 */
export function createInterpreter(width: number, events: InterpreterEvents): Interpreter {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const roll = createPaperRoll(width);
  let state = { pitch: 30, across: 1, down: 1, bold: false, centre: false, kanji: false, shiftJis: false, unit: 1 };
  let code = { module: 3, text: '' };
  let line: { text: string; x: number; across: number; down: number; bold: boolean }[] = [];
  let x = 0;
  let text: string[] = [];
  let codes: string[] = [];
  let pictures: number[] = [];

  const put = (character: string, cells: number) => {
    line.push({ text: character, x, across: state.across, down: state.down, bold: state.bold });
    x += cells * 12 * state.across;
    // A real printer goes on in the next line by itself; a slip must not make it.
    if (x > width) events.unknown(Buffer.from(`too wide: ${character}`));
  };
  const endLine = () => {
    for (const { text: character, x: left, across, down, bold } of line) {
      if (across !== down) throw new Error('a slip stretches no character');
      const row = {
        type: 'text' as const,
        glyphs: [{ text: character, width: 2 as const }],
        scale: across as 1 | 2 | 3,
        bold,
        keep: false,
      };
      const paper = { columns: 2 * across, dots: 24 * across };
      roll.burn(drawRows([{ ...row, height: 24 * across }], paper), left, roll.at);
    }
    if (line.length > 0) text.push(line.map(({ text: character }) => character).join(''));
    const tallest = Math.max(0, ...line.map(({ down }) => down * 24));
    roll.feed(Math.max(state.pitch, tallest));
    line = [];
    x = 0;
  };
  const cut = () => {
    events.piece({ picture: roll.cut(), text, codes, pictures });
    text = [];
    codes = [];
    pictures = [];
  };
  const initial = () => {
    state = { pitch: 30, across: 1, down: 1, bold: false, centre: false, kanji: false, shiftJis: false, unit: 1 };
    line = [];
    x = 0;
  };
  const symbol = (data: Uint8Array) => {
    const [, kind, argument = 0] = data;
    if (kind === 0x43) code.module = argument;
    else if (kind === 0x50) code.text = Buffer.from(data.subarray(3)).toString('latin1');
    else if (kind === 0x51) {
      const bitmap = codeBitmap(code.text);
      const size = bitmap.height * code.module;
      roll.burn(bitmap, state.centre ? Math.floor((width - size) / 2) : 0, roll.at, code.module);
      roll.feed(size);
      codes.push(code.text);
      code = { module: 3, text: '' };
    } else if (kind !== 0x41 && kind !== 0x45) events.unknown(data);
  };

  /** @returns length of the command at the beginning, carried out; 0: it is not whole yet */
  const command = (bytes: Uint8Array): number => {
    const [first = 0, second, n, m] = bytes;
    const name = second === undefined ? '' : String.fromCharCode(second);
    const done = (length: number, work: () => void): number => {
      if (bytes.length < length) return 0;
      work();
      return length;
    };
    if (first === 0x1b) {
      if (name === '') return 0;
      if (name === '@') return done(2, initial);
      if (name === '3')
        return done(3, () => {
          state.pitch = n ?? 0;
        });
      if (name === 'J') return done(3, () => roll.feed(n ?? 0));
      if (name === 'E')
        return done(3, () => {
          state.bold = ((n ?? 0) & 1) === 1;
        });
      if (name === 'a')
        return done(3, () => {
          state.centre = n === 1;
        });
      if (name === 'R' || name === 't') return done(3, () => {});
    }
    if (first === 0x1c) {
      if (name === '') return 0;
      if (name === '&')
        return done(2, () => {
          state.kanji = true;
        });
      if (name === 'C')
        return done(3, () => {
          state.shiftJis = n === 1;
        });
      if (name === 'S')
        return done(4, () => {
          if (n !== 0 || m !== 0) events.unknown(bytes.subarray(0, 4));
        });
    }
    if (first === 0x1d) {
      if (name === '') return 0;
      if (name === '!')
        return done(3, () => {
          state.across = ((n ?? 0) >> 4) + 1;
          state.down = ((n ?? 0) & 7) + 1;
        });
      if (name === 'P')
        return done(4, () => {
          if (n !== 203 || m !== 203) events.unknown(bytes.subarray(0, 4));
        });
      if (name === 'a' || name === 'r') return done(3, () => events.answer(name, n ?? 0));
      if (name === 'V')
        return done(4, () => {
          roll.feed(m ?? 0);
          cut();
        });
      if (name === '(') {
        if (bytes.length < 5) return 0;
        const length = (bytes[3] ?? 0) + 256 * (bytes[4] ?? 0);
        return done(5 + length, () => {
          if (n === 0x6b) symbol(bytes.subarray(5, 5 + length));
          else events.unknown(bytes.subarray(0, 5));
        });
      }
      if (name === 'v') {
        if (bytes.length < 8) return 0;
        const [row, height] = [(bytes[4] ?? 0) + 256 * (bytes[5] ?? 0), (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0)];
        return done(8 + row * height, () => {
          roll.burn({ width: row * 8, height, data: bytes.slice(8, 8 + row * height) }, 0, roll.at);
          roll.feed(height);
          pictures.push(height);
        });
      }
    }
    if (first === 0x0a) return done(1, endLine);
    const double = state.kanji && state.shiftJis && ((first >= 0x81 && first <= 0x9f) || (first >= 0xe0 && first <= 0xfc));
    if (double) return done(2, () => put(decoder.decode(bytes.subarray(0, 2)), 2));
    if (first === 0x5c) return done(1, () => put('¥', 1));
    if ((first >= 0x20 && first < 0x7f) || (first >= 0xa1 && first <= 0xdf))
      return done(1, () => put(decoder.decode(bytes.subarray(0, 1)), 1));
    return done(1, () => events.unknown(bytes.subarray(0, 2)));
  };

  return {
    take(bytes) {
      let at = 0;
      while (at < bytes.length) {
        const length = command(bytes.subarray(at));
        if (length === 0) break;
        at += length;
      }
      return at;
    },
    forget() {
      line = [];
      x = 0;
    },
    get unfinished() {
      return line.length > 0 || roll.at > 0;
    },
  };
}
