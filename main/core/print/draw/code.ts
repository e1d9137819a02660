import { encode } from 'uqr';

/** Modules of white around a code (ISO/IEC 18004). */
const QUIET = 4;

/** The dark modules of a QR code, error correction M, with its quiet zone. */
export function codeModules(text: string): { readonly size: number; readonly dark: readonly (readonly boolean[])[] } {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  return { size, dark: data };
}

/** Modules of a side, quiet zone included. */
export const codeSize = (text: string): number => codeModules(text).size;
