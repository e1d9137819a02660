/** Status words the kiosk acts on (SOURCES.md, Card: status words). */
export const SW = {
  done: 0x9000,
  wrongLength: 0x6700,
  notVerified: 0x6982,
  blocked: 0x6983,
  referenceLocked: 0x6984,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  referenceNotFound: 0x6a88,
  badOffset: 0x6b00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  noDiagnosis: 0x6f00,
} as const;

/** What a card answered. `data` is without the status word; `sw` is 16 bits. */
export interface Reply {
  readonly data: Uint8Array;
  readonly sw: number;
}

/** @returns null when there is no room for a status word: the card has left (card-host.ts) */
export function parseReply(response: Uint8Array): Reply | null {
  const [high, low] = response.subarray(-2);
  if (high === undefined || low === undefined) return null;
  return { data: response.subarray(0, -2), sw: high * 256 + low };
}

/** @returns x of 63Cx, 0 to 15; null for any other status word (6300 too: a counter without a limit) */
export function triesOf(sw: number): number | null {
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : null;
}

/** SELECT worked. 61xx: a T=0 card has data about the file to give, which nobody asked for (P2 = 0C). */
export function isSelected(sw: number): boolean {
  return sw === SW.done || sw >> 8 === 0x61;
}

/** Four upper-case hex digits. */
export function swHex(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}
