import { createServer, type Socket } from 'node:net';
import type { PrintFailure } from '../../../main/contract/slip.ts';
import { createInterpreter } from './interpreter.ts';
import type { Piece } from './print-head.ts';

export type PrinterTrouble = Extract<PrintFailure, 'paper-out' | 'cover-open' | 'offline' | 'refused'>;

/** A receipt printer in the network, of our own making: understands ESC/POS, answers about its state, and can go wrong. */
export interface VirtualPrinter {
  /** `tcp://127.0.0.1:PORT` */
  readonly device: string;
  readonly pieces: readonly Piece[];
  /** Commands that it did not understand. */
  readonly unknown: readonly string[];
  /** Bytes of all connections, real-time commands not counted. */
  readonly received: number;
  /** Something lies under the head that was not cut off. */
  readonly unfinished: boolean;
  /** `null`: put right; what waits in the buffer goes on printing, as with real ones. */
  trouble(what: PrinterTrouble | null): void;
  /** The near-end sensor sees little paper, or enough again. */
  paperLow(on: boolean): void;
  /** The trouble comes, or the cable goes, when one more than so many bytes have come. Real-time commands do not count. */
  after(bytes: number, what: PrinterTrouble | 'unplugged' | 'paper-low'): void;
  /** Says a byte unasked, as XON and XOFF are said. */
  say(byte: number): void;
  /** As after power off and on: nothing in the buffer, paper torn off, nothing wrong. */
  reset(): void;
  close(): Promise<void>;
}

const DLE = 0x10;
/** DLE DC4 8 with its fixed parameters. */
const FORGET = [0x14, 8, 1, 3, 20, 1, 6, 2, 8];

/** @param dots width of the head: 384 or 576 @param mute answers nothing, as a printer of another kind @param qr false: knows no command for QR codes */
export async function startVirtualPrinter(dots: number, { mute = false, qr = true } = {}): Promise<VirtualPrinter> {
  let pieces: Piece[] = [];
  const unknown: string[] = [];
  const sockets = new Set<Socket>();
  let trouble: PrinterTrouble | null = null;
  let waiting = Buffer.alloc(0);
  let received = 0;
  let planned: { left: number; what: PrinterTrouble | 'unplugged' | 'paper-low' } | null = null;
  let tells = false;
  let low = false;
  let talking: Socket | null = null;

  const say = (...bytes: number[]) => {
    if (!mute) talking?.write(Buffer.from(bytes));
  };
  const open = () => trouble === 'cover-open';
  const empty = () => trouble === 'paper-out';
  const broken = () => trouble === 'refused';
  const realTime = (what: number) => {
    const bits = [
      trouble === null ? 0 : 0x08,
      (open() ? 0x04 : 0) | (empty() ? 0x20 : 0) | (broken() ? 0x40 : 0),
      broken() ? 0x08 : 0,
      (empty() ? 0x6c : 0) | (low ? 0x0c : 0),
    ][what - 1];
    if (bits !== undefined) say(0x12 | bits);
  };
  const tell = () => {
    if (tells)
      say(
        0x10 | (trouble === null ? 0 : 0x08) | (open() ? 0x20 : 0),
        broken() ? 0x08 : 0,
        (empty() ? 0x0f : 0) | (low ? 0x03 : 0),
        0,
      );
  };
  const make = () =>
    createInterpreter(
      dots,
      {
        piece: (piece) => pieces.push(piece),
        answer(command, argument) {
          if (command === 'r') say(empty() ? 0x0c : 0);
          else {
            tells = argument !== 0;
            tell();
          }
        },
        unknown: (bytes) => unknown.push(Buffer.from(bytes).toString('hex')),
      },
      { qr },
    );
  let interpreter = make();

  const work = () => {
    if (trouble === null) waiting = waiting.subarray(interpreter.take(waiting));
  };
  const strike = (what: PrinterTrouble | 'unplugged' | 'paper-low') => {
    planned = null;
    if (what === 'unplugged') for (const socket of sockets) socket.destroy();
    else if (what === 'paper-low') {
      low = true;
      tell();
    } else {
      trouble = what;
      tell();
    }
  };

  let command: number[] = [];
  /** Real-time commands are looked for in everything that comes, before anything is printed. @returns what is none of them, to be printed */
  const sifted = (byte: number): number[] => {
    if (command.length === 0 && byte !== DLE) return [byte];
    command.push(byte);
    const [, kind, what] = command;
    if (kind === undefined || (kind === 0x04 && what === undefined)) return [];
    const isForget = FORGET.slice(0, command.length - 1).every((want, at) => command[at + 1] === want);
    if (isForget && command.length <= FORGET.length) return [];
    const whole = command;
    command = [];
    if (isForget) {
      waiting = Buffer.alloc(0);
      interpreter.forget();
      return [];
    }
    if (kind !== 0x04) return whole;
    realTime(what ?? 0);
    return [];
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    talking = socket;
    command = [];
    tells = false;
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      for (const byte of bytes) {
        for (const one of sifted(byte)) {
          if (planned !== null && planned.left === 0) strike(planned.what);
          if (socket.destroyed) return;
          received += 1;
          waiting = Buffer.concat([waiting, Buffer.from([one])]);
          if (planned !== null) planned = { ...planned, left: planned.left - 1 };
          work();
        }
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return {
    device: `tcp://127.0.0.1:${address.port}`,
    get pieces() {
      return pieces;
    },
    unknown,
    get received() {
      return received;
    },
    get unfinished() {
      return interpreter.unfinished;
    },
    trouble(what) {
      trouble = what;
      tell();
      work();
    },
    say: (byte) => say(byte),
    paperLow(on) {
      low = on;
      tell();
    },
    after(bytes, what) {
      planned = { left: bytes, what };
    },
    reset() {
      pieces = [];
      waiting = Buffer.alloc(0);
      trouble = null;
      planned = null;
      interpreter = make();
    },
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
