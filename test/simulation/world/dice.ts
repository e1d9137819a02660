import { createHash } from 'node:crypto';

/** Chance out of one seed. Every part of the world draws from its own stream, so that a change in one leaves the others as they were. */
export interface Dice {
  /** Evenly spread in [0, 1). */
  fraction(): number;
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  bytes(length: number): Uint8Array;
  /** Exponentially spread around `mean`: the time to the next of many independent events. */
  wait(mean: number): number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand), its state filled from SHA-256 of seed and name. */
export function createDice(seed: number, name: string): Dice {
  const digest = createHash('sha256').update(`${seed}/${name}`).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = digest.readUInt32LE(12);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  const fraction = () => next() / 2 ** 32;
  const between = (least: number, most: number) => least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    between,
    chance: (probability) => fraction() < probability,
    pick(list) {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
    wait: (mean) => -Math.log(1 - fraction()) * mean,
  };
}
