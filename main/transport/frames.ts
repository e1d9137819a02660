/** Frames on the local socket: 4 bytes length (big-endian, of the payload), then the payload: UTF-8 JSON. */
export function encodeFrame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const frame = Buffer.allocUnsafe(4 + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  payload.copy(frame, 4);
  return frame;
}

export interface FrameReader {
  /** Takes the next chunk. @returns the texts it completes, or `null` when a frame claims to be longer than allowed (the stream cannot be read any further) */
  take(chunk: Uint8Array): string[] | null;
  /** A frame has begun and is not whole yet. */
  readonly unfinished: boolean;
}

const HEADER = 4;
/** Room for a payload grows with what has come of it, from so many bytes. */
const FIRST_ROOM = 1024;

/**
 * Cuts a byte stream into frames. Holds at most one unfinished frame of `maxBytes`, in one piece: a frame that comes byte by byte costs
 * no more than its length, and one that only claims to be long costs nothing.
 */
export function createFrameReader(maxBytes: number): FrameReader {
  const header = Buffer.alloc(HEADER);
  let inHeader = 0;
  let room = Buffer.alloc(0);
  let have = 0;
  let need = 0;

  const keep = (bytes: Uint8Array) => {
    if (have + bytes.length > room.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(need, Math.max(FIRST_ROOM, 2 * room.length, have + bytes.length)));
      room.copy(larger, 0, 0, have);
      room = larger;
    }
    room.set(bytes, have);
    have += bytes.length;
  };
  const next = (): string => {
    const text = room.toString('utf8', 0, have);
    room = Buffer.alloc(0);
    inHeader = 0;
    have = 0;
    return text;
  };

  return {
    take(chunk) {
      const texts: string[] = [];
      for (let at = 0; at < chunk.length; ) {
        if (inHeader < HEADER) {
          const part = chunk.subarray(at, at + HEADER - inHeader);
          header.set(part, inHeader);
          inHeader += part.length;
          at += part.length;
          if (inHeader < HEADER) break;
          need = header.readUInt32BE(0);
          if (need > maxBytes) return null;
        } else {
          const part = chunk.subarray(at, at + need - have);
          keep(part);
          at += part.length;
        }
        if (have === need) texts.push(next());
      }
      return texts;
    },
    get unfinished() {
      return inHeader > 0;
    },
  };
}
