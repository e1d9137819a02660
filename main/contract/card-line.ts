import { secretBytes } from './secret-bytes.ts';

/**
 * The line beside the card-host protocol (card-host.ts): command APDUs to the host and answers of two bytes or more back, as frames of
 *
 *     length of the bytes | number of the request | number of the card session | bytes      (three times 32 bits, little-endian)
 *
 * over a socket of its own, which the host finds as file descriptor 4. A command may hold a PIN. Node's IPC channel keeps copies of what it
 * carried in buffers that nobody can reach; these frames lie in memory that their owner wipes. Whatever is no answer (removed, not open,
 * a reader that failed) comes as a `reply` over the channel. Numbers of requests are shared by both.
 */
export const LINE_FD = 4;

const HEADER = 12;
/** An extended command: 4 bytes of header, 3 of Lc, 65,535 of data, 2 of Le. */
export const LONGEST_COMMAND = 4 + 3 + 65_535 + 2;
/** 65,536 bytes of data and the status word. */
export const LONGEST_ANSWER = 65_536 + 2;

export interface LineFrame {
  readonly id: number;
  readonly session: number;
  /** A view into what was read. */
  readonly bytes: Uint8Array;
}

/** A frame in memory of its own; whoever made it wipes it when it was sent. */
export function lineFrame({ id, session, bytes }: LineFrame): Uint8Array {
  const frame = secretBytes(HEADER + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, id, true);
  view.setUint32(8, session, true);
  frame.set(bytes, HEADER);
  return frame;
}

/**
 * Puts frames together from the pieces that a stream delivers.
 * @param longest more bytes in a frame than this are no frame of ours
 * @returns for each piece the frames that it ended, or null for a stream that cannot be read on
 */
export function lineReader(longest: number): (piece: Uint8Array) => readonly LineFrame[] | null {
  let rest = new Uint8Array();
  return (piece) => {
    let bytes = piece;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      rest.fill(0);
      piece.fill(0);
    }
    const frames: LineFrame[] = [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (at + HEADER <= bytes.length) {
      const length = view.getUint32(at, true);
      if (length > longest) return null;
      const end = at + HEADER + length;
      if (end > bytes.length) break;
      const id = view.getUint32(at + 4, true);
      const session = view.getUint32(at + 8, true);
      frames.push({ id, session, bytes: bytes.subarray(at + HEADER, end) });
      at = end;
    }
    // A copy: what a stream hands over may be used again.
    rest = new Uint8Array(bytes.subarray(at));
    return frames;
  };
}
