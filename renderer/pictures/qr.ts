import { encode } from 'uqr';

/** A QR code as one SVG path. `size`: modules on a side, the quiet zone of four around it included (ISO/IEC 18004 section 5.3.8). */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}

/** @param text a public address; nothing personal ever goes into a code on the screen */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) =>
      row.map((dark, x) => (dark && row[x - 1] !== true ? `M${x} ${y}h${runAt(row, x)}v1h-${runAt(row, x)}z` : '')),
    )
    .join('');
  return { size, path };
}

/** How many dark modules follow one another from `x` on. */
function runAt(row: readonly boolean[], x: number): number {
  const end = row.indexOf(false, x);
  return (end === -1 ? row.length : end) - x;
}
