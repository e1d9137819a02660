import { createPrintHead, type Piece, plainStyle } from './print-head.ts';

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

/** A command: how long it is from its first byte (0: not known yet), and what it does with those bytes. */
interface Command {
  readonly length: number | ((bytes: Uint8Array) => number);
  readonly run: (bytes: Uint8Array) => void;
}

const PREFIX: Readonly<Record<number, string>> = { 27: 'ESC', 28: 'FS', 29: 'GS' };
const word = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);

/**
 * Understands ESC/POS as a receipt printer of the Japanese model does, by the makers' references and not by our own writer; decodes Shift_JIS
 * with Node's decoder.
 * @param width dots of the head @param qr false: it knows no `GS (`, and prints what follows as text
 */
export function createInterpreter(width: number, events: InterpreterEvents, { qr = true } = {}): Interpreter {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  const head = createPrintHead(width);
  let style = plainStyle();
  let code = { module: 3, text: '' };

  const nothing = () => {};
  /** Arguments that a slip must have just so. */
  const only =
    (...wanted: number[]) =>
    (bytes: Uint8Array) => {
      if (wanted.some((value, at) => bytes[2 + at] !== value)) events.unknown(bytes);
    };
  const symbol = (data: Uint8Array) => {
    const [, kind, argument = 0] = data;
    if (kind === 0x43) code.module = argument;
    else if (kind === 0x50) code.text = Buffer.from(data.subarray(3)).toString('utf8');
    else if (kind === 0x51) {
      head.code(code.text, code.module, style.centre);
      code = { module: 3, text: '' };
    } else if (kind !== 0x41 && kind !== 0x45) events.unknown(data);
  };
  const set = (length: number, change: (argument: number) => Partial<typeof style>): Command => ({
    length,
    run: (bytes) => {
      style = { ...style, ...change(bytes[2] ?? 0) };
    },
  });

  const commands: Readonly<Record<string, Command>> = {
    'ESC @': {
      length: 2,
      run: () => {
        style = plainStyle();
        head.forget();
      },
    },
    'ESC 3': set(3, (pitch) => ({ pitch })),
    'ESC E': set(3, (on) => ({ bold: (on & 1) === 1 })),
    'ESC a': set(3, (where) => ({ centre: where === 1 })),
    'ESC J': { length: 3, run: (bytes) => head.feed(bytes[2] ?? 0) },
    'ESC R': { length: 3, run: only(8) },
    'ESC t': { length: 3, run: nothing },
    'FS &': set(2, () => ({ kanji: true })),
    'FS C': set(3, (system) => ({ shiftJis: system === 1 })),
    'FS S': { length: 4, run: only(0, 0) },
    'GS !': set(3, (size) => ({ across: (size >> 4) + 1, down: (size & 7) + 1 })),
    'GS P': { length: 4, run: only(203, 203) },
    'GS a': { length: 3, run: (bytes) => events.answer('a', bytes[2] ?? 0) },
    'GS r': { length: 3, run: (bytes) => events.answer('r', bytes[2] ?? 0) },
    'GS V': {
      length: 4,
      run: (bytes) => {
        head.feed(bytes[3] ?? 0);
        events.piece(head.cut());
      },
    },
    'GS (': {
      length: (bytes) => (bytes.length < 5 ? 0 : 5 + word(bytes, 3)),
      run: (bytes) => (bytes[2] === 0x6b ? symbol(bytes.subarray(5)) : events.unknown(bytes)),
    },
    'GS v': {
      length: (bytes) => (bytes.length < 8 ? 0 : 8 + word(bytes, 4) * word(bytes, 6)),
      run: (bytes) => head.picture({ width: word(bytes, 4) * 8, height: word(bytes, 6), data: bytes.slice(8) }),
    },
  };

  const isLead = (byte: number) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
  const isSingle = (byte: number) => (byte >= 0x20 && byte < 0x7f) || (byte >= 0xa1 && byte <= 0xdf);
  /** A character or a line feed at the beginning. */
  const plain = (first: number): Command => {
    if (first === 0x0a) return { length: 1, run: () => head.endLine(style.pitch) };
    const cells = style.kanji && style.shiftJis && isLead(first) ? 2 : 1;
    if (cells === 1 && !isSingle(first)) return { length: 1, run: events.unknown };
    return {
      length: cells,
      run: (bytes) => {
        const character = first === 0x5c ? '¥' : decoder.decode(bytes);
        // A real printer goes on in the next line by itself; a slip must not make it.
        if (!head.put(character, cells, style)) events.unknown(Buffer.from(`too wide: ${character}`));
      },
    };
  };

  /** @returns length of what is at the beginning, carried out; 0: it is not whole yet */
  const step = (bytes: Uint8Array): number => {
    const [first = 0, second] = bytes;
    const prefix = PREFIX[first];
    if (prefix !== undefined && second === undefined) return 0;
    if (prefix === 'GS' && second === 0x28 && !qr) {
      events.unknown(bytes.subarray(0, 2));
      return 2;
    }
    const named = prefix === undefined ? plain(first) : commands[`${prefix} ${String.fromCharCode(second ?? 0)}`];
    const command = named ?? { length: 2, run: events.unknown };
    const length = typeof command.length === 'number' ? command.length : command.length(bytes);
    if (length === 0 || bytes.length < length) return 0;
    command.run(bytes.subarray(0, length));
    return length;
  };

  return {
    take(bytes) {
      let at = 0;
      for (let length = step(bytes); at < bytes.length && length > 0; length = step(bytes.subarray(at))) at += length;
      return at;
    },
    forget: head.forget,
    get unfinished() {
      return head.unfinished;
    },
  };
}
