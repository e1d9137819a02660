/** A command APDU taken apart (ISO 7816-3 section 12.1, cases 1 to 4, short and extended). */
export interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Reply bytes wanted, 1 to 65,536; null without an Le field. */
  readonly le: number | null;
  readonly extended: boolean;
  /** The length fields do not fit the number of bytes. */
  readonly malformed: boolean;
}

interface Body {
  readonly data: Uint8Array;
  readonly le: number | null;
  readonly extended: boolean;
}

const none = new Uint8Array();
const short = (value: number): number => (value === 0 ? 256 : value);
const long = (value: number): number => (value === 0 ? 65_536 : value);

function parseExtended(apdu: Uint8Array): Body | null {
  const view = new DataView(apdu.buffer, apdu.byteOffset, apdu.byteLength);
  const first = view.getUint16(5);
  if (apdu.length === 7) return { data: none, le: long(first), extended: true };
  if (first === 0) return null;
  const end = 7 + first;
  if (apdu.length === end) return { data: apdu.slice(7, end), le: null, extended: true };
  if (apdu.length === end + 2) return { data: apdu.slice(7, end), le: long(view.getUint16(end)), extended: true };
  return null;
}

function parseBody(apdu: Uint8Array): Body | null {
  const first = apdu[4];
  if (first === undefined) return { data: none, le: null, extended: false };
  if (apdu.length === 5) return { data: none, le: short(first), extended: false };
  if (first === 0) return apdu.length < 7 ? null : parseExtended(apdu);
  const end = 5 + first;
  if (apdu.length === end) return { data: apdu.slice(5, end), le: null, extended: false };
  const le = apdu[end];
  if (le !== undefined && apdu.length === end + 1) return { data: apdu.slice(5, end), le: short(le), extended: false };
  return null;
}

/** @returns null when there is not even a header (fewer than four bytes). */
export function parseCommand(apdu: Uint8Array): Command | null {
  const [cla, ins, p1, p2] = apdu;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null;
  const body = parseBody(apdu);
  return { cla, ins, p1, p2, ...(body ?? { data: none, le: null, extended: false }), malformed: body === null };
}

/** What a card answers: data (maybe empty) and the status word. */
export interface Answer {
  readonly data: Uint8Array;
  readonly sw: number;
}

export const status = (sw: number): Answer => ({ data: none, sw });

export function encodeAnswer({ data, sw }: Answer): Uint8Array {
  const out = new Uint8Array(data.length + 2);
  out.set(data);
  out.set([sw >> 8, sw & 0xff], data.length);
  return out;
}
