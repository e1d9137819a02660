/**
 * Just enough DER to write the extensions of the JPKI profile (X.690; SOURCES.md, Card: holder certificates).
 * Written out by hand because the profile uses forms that certificate libraries seldom offer
 * (a distribution point and a key identifier that name a directory entry).
 */
const lengthBytes = (length: number): number[] => {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
};

/** One element: tag byte, minimal length, the parts one after another. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(value.length)]), value]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
export const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'));
export const ia5 = (text: string): Buffer => der(0x16, Buffer.from(text, 'latin1'));

/** @param arcs dotted decimal, for example `2.5.29.15` */
export function oid(arcs: string): Buffer {
  const [first = 0, second = 0, ...rest] = arcs.split('.').map(Number);
  const body = [first * 40 + second, ...rest].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(0x80 | (left % 128));
    return digits;
  });
  return der(0x06, Buffer.from(body));
}

/** A BIT STRING of named bits, bit 0 first (keyUsage). */
export function namedBits(...bits: readonly number[]): Buffer {
  const highest = Math.max(...bits);
  const bytes = Buffer.alloc(Math.floor(highest / 8) + 1);
  for (const bit of bits) bytes.writeUInt8(bytes.readUInt8(Math.floor(bit / 8)) | (0x80 >> (bit % 8)), Math.floor(bit / 8));
  return der(0x03, Buffer.from([7 - (highest % 8)]), bytes);
}
