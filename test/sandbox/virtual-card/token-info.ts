/** Labels that tell the kinds of device apart (SOURCES.md, Card: token information). */
export const labels = {
  card: 'JPKIAPICCTOKEN2',
  juki: 'JPKIAPICCTOKEN',
  next: 'JPKIAPICCTOKEN3',
  phone: 'JPKIAPGPSETOKEN',
} as const;

const padded = (text: string, length: number): Buffer => Buffer.from(text.padEnd(length, ' '), 'latin1');
const numbers = (...values: readonly number[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    }),
  );

/**
 * EF 0006, 160 bytes: a PKCS#11 token-info structure laid flat (SOURCES.md, Card: token information). The label is the real
 * one, because it
 * is what identifies the kind of device; manufacturer, model and serial are ours.
 */
export function tokenInfo(label: string): Buffer {
  const unknown = 0xffffffff;
  return Buffer.concat([
    padded(label, 32),
    padded('MADOGUCHI TEST', 32),
    padded('TEST0001', 16),
    padded('TEST000000000000', 16),
    // flags, sessions (1 of 1 open at most, 0 now), PIN lengths 16 and 6, four memory sizes
    numbers(0x40d, 1, 0, 1, 0, 16, 6, unknown, unknown, unknown, unknown),
    Buffer.from([3, 0, 1, 0]),
    padded('9'.repeat(16), 16),
  ]);
}
