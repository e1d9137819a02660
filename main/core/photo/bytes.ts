/** Reads the pieces of a JPEG one after the other (ITU-T T.81 annex B). `null`: there is none of that kind here; nothing throws. */
export interface Reader {
  /** The next marker's second byte, past fill bytes. */
  marker(): number | null;
  /** What a marker's segment holds, without its length. A view, not a copy. */
  segment(): Uint8Array | null;
  /** Coded data up to the next marker that is no restart; at least one byte. */
  scan(): Uint8Array | null;
}

const isRestart = (byte: number) => byte >= 0xd0 && byte <= 0xd7;

export function createReader(bytes: Uint8Array): Reader {
  let at = 0;
  return {
    marker() {
      if (bytes[at] !== 0xff) return null;
      while (bytes[at] === 0xff) at += 1;
      const marker = bytes[at];
      at += 1;
      return marker === undefined || marker === 0 ? null : marker;
    },
    segment() {
      const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
      if (length < 2 || at + length > bytes.length) return null;
      const body = bytes.subarray(at + 2, at + length);
      at += length;
      return body;
    },
    scan() {
      const start = at;
      for (;;) {
        const mark = bytes.indexOf(0xff, at);
        const next = mark === -1 ? undefined : bytes[mark + 1];
        if (next === undefined) return null;
        at = mark + 2;
        if (next === 0 || isRestart(next)) continue;
        at = mark;
        return mark > start ? bytes.subarray(start, mark) : null;
      }
    },
  };
}
