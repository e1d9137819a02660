import type { RandomBytes } from '../ports.ts';

/** A fair order of the ten digits (Fisher-Yates; bytes that would bias the draw are thrown away). */
export function shuffledDigits(random: RandomBytes): number[] {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (let last = 9; last > 0; last--) {
    const pick = below(random, last + 1);
    const held = digits[last] ?? 0;
    digits[last] = digits[pick] ?? 0;
    digits[pick] = held;
  }
  return digits;
}

function below(random: RandomBytes, limit: number): number {
  const fair = 256 - (256 % limit);
  for (;;) {
    const byte = random(1)[0] ?? 0;
    if (byte < fair) return byte % limit;
  }
}
