/** Plain texts grow to the next multiple of this, so that a sealed size tells nothing about what is inside. */
export const SIZE_CLASS = 4096;
/** The same with a picture inside: how well a face compresses is nobody's business. */
export const PHOTO_SIZE_CLASS = 64 * 1024;

/** JSON followed by spaces, which JSON.parse passes over. */
export function padded(json: string, sizeClass: number = SIZE_CLASS): Uint8Array {
  const bytes = new TextEncoder().encode(json);
  const size = Math.ceil(bytes.length / sizeClass) * sizeClass;
  const out = new Uint8Array(size).fill(0x20);
  out.set(bytes);
  return out;
}

/** All of an application but its picture, in JSON: far more than it ever is. */
const AROUND_THE_PHOTO = 4096;

/** Bytes that an application with this picture takes once it is sealed, at most: its size class in base64, and a header. */
export function sealedApplicationBytes(jpegBytes: number): number {
  const plain = Math.ceil(jpegBytes / 3) * 4 + AROUND_THE_PHOTO;
  return Math.ceil((Math.ceil(plain / PHOTO_SIZE_CLASS) * PHOTO_SIZE_CLASS * 4) / 3) + 1024;
}
