/** One frame of the vpcd protocol: 2-byte big-endian length, payload (SOURCES.md, Card: virtual reader protocol). */
export function encodeFrame(payload: Uint8Array): Buffer {
  const frame = Buffer.alloc(2 + payload.length);
  frame.writeUInt16BE(payload.length);
  frame.set(payload, 2);
  return frame;
}

/** Payloads of one byte that a reader sends. Anything longer is a command APDU. */
export const control = { 0: 'off', 1: 'on', 2: 'reset', 4: 'atr' } as const;

export type ReaderMessage =
  | { readonly type: 'power'; readonly event: 'on' | 'off' | 'reset' }
  | { readonly type: 'atr' }
  | { readonly type: 'apdu'; readonly apdu: Uint8Array };

/** @returns null for an empty or unknown one-byte payload, which a card ignores. */
export function readerMessage(payload: Uint8Array): ReaderMessage | null {
  if (payload.length > 1) return { type: 'apdu', apdu: payload };
  const code = payload[0];
  const word = code === 0 || code === 1 || code === 2 || code === 4 ? control[code] : null;
  if (word === null) return null;
  return word === 'atr' ? { type: 'atr' } : { type: 'power', event: word };
}

/** Puts frames together from the pieces a stream delivers. @returns whole payloads, in order, for each piece */
export function frameReader(): (piece: Uint8Array) => Uint8Array[] {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const whole: Uint8Array[] = [];
    while (rest.length >= 2) {
      const end = 2 + rest.readUInt16BE();
      if (rest.length < end) break;
      whole.push(Uint8Array.from(rest.subarray(2, end)));
      rest = rest.subarray(end);
    }
    return whole;
  };
}
