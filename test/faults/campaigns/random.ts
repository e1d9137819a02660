/** Everything that a round draws comes from here: the same seed, the same round. */
export interface Random {
  /** 0 <= x < 1. */
  next(): number;
  /** 0 <= n < below. */
  int(below: number): number;
  chance(probability: number): boolean;
  /** @throws of an empty list */
  pick<T>(from: readonly T[]): T;
  bytes(length: number): Uint8Array;
}

/** mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(from: readonly T[]): T {
      const drawn = from[int(from.length)];
      if (drawn === undefined) throw new Error('nothing to pick from');
      return drawn;
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(256)),
  };
}

/** A round's own seed: round N can be replayed without those before it. */
export const roundSeed = (seed: number, round: number): number =>
  (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(round + 1, 0x85ebca6b)) >>> 0;
