/** Black and white dots, as a thermal head burns them: rows of whole bytes, the left dot is the highest bit, 1 is black. */
export interface Bitmap {
  /** Dots; a multiple of 8. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** @param pixels RGBA, drawn on white; what is darker than the middle is black */
export function bitmapOf(pixels: Uint8Array, width: number, height: number): Bitmap {
  const data = new Uint8Array((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    if ((pixels[dot * 4] ?? 0) < 128) data[dot >> 3] = (data[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return { width, height, data };
}
