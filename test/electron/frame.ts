/** What is on the glass: the pixels of the whole display, three bytes each (red, green, blue). */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** @returns how many of the pixels are the same, from 0 to 1 */
export function likeness(one: Frame, other: Frame): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  let same = 0;
  for (let at = 0; at < one.pixels.length; at += 3) {
    if ([0, 1, 2].every((part) => one.pixels[at + part] === other.pixels[at + part])) same += 1;
  }
  return same / (one.width * one.height);
}

/** @returns how many different colours there are */
export function colours({ pixels }: Frame): number {
  const seen = new Set<number>();
  for (let at = 0; at < pixels.length; at += 3) {
    seen.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
  }
  return seen.size;
}
