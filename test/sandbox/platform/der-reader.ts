/** One element of DER (X.690): its tag byte and what it holds. */
export interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

export const TAG = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30, third: 0xa3 } as const;

/** Bytes that a length takes, and the length. null: not the shortest form, of indefinite length, or longer than any certificate. */
function lengthAt(bytes: Buffer, at: number): { readonly size: number; readonly length: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { size: 1, length: first };
  const count = first - 0x80;
  if (count < 1 || count > 3 || at + 1 + count > bytes.length) return null;
  const length = bytes.readUIntBE(at + 1, count);
  const shortest = length >= (count === 1 ? 0x80 : 2 ** (8 * (count - 1)));
  return shortest ? { size: 1 + count, length } : null;
}

/** The elements that fill these bytes, one after another. null: they do not. High tag numbers are none that a certificate has. */
export function elementsIn(bytes: Buffer): readonly Element[] | null {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at];
    const length = lengthAt(bytes, at + 1);
    if (tag === undefined || length === null || (tag & 0x1f) === 0x1f) return null;
    const begin = at + 1 + length.size;
    const end = begin + length.length;
    if (end > bytes.length) return null;
    found.push({ tag, body: bytes.subarray(begin, end) });
    at = end;
  }
  return found;
}

/** What one element of this tag, alone in these bytes, holds. */
export function only(tag: number, bytes: Buffer): Buffer | null {
  const elements = elementsIn(bytes);
  const [first] = elements ?? [];
  return elements?.length === 1 && first?.tag === tag ? first.body : null;
}

/** The elements of a SEQUENCE that stands alone in these bytes. */
export function sequenceIn(bytes: Buffer): readonly Element[] | null {
  const body = only(TAG.sequence, bytes);
  return body === null ? null : elementsIn(body);
}
