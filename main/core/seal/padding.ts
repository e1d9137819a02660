/** Plain texts grow to the next multiple of this, so that a sealed size tells nothing about what is inside. */
export const SIZE_CLASS = 4096;

/** JSON followed by spaces, which JSON.parse passes over. */
export function padded(json: string): Uint8Array {
  const bytes = new TextEncoder().encode(json);
  const size = Math.ceil(bytes.length / SIZE_CLASS) * SIZE_CLASS;
  const out = new Uint8Array(size).fill(0x20);
  out.set(bytes);
  return out;
}
