/** The middle one, of an even number the mean of the two in the middle. NaN for none. */
export function median(list: readonly number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half) - 1] ?? Number.NaN)) / 2;
}

/**
 * Measures every side once a round, each round beginning with the next one: what else the machine does in between meets all of them.
 * @returns for each side one number a round, in the order of the rounds
 */
export async function interleaved<K extends string>(
  rounds: number,
  sides: Readonly<Record<K, (round: number) => number | Promise<number>>>,
): Promise<Record<K, number[]>> {
  const names = Object.keys(sides) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as unknown as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] as K;
      taken[name].push(await sides[name](round));
    }
  }
  return taken;
}

/** @returns figures of a row: medians, the median of each round's own ratio, and lowest and highest round's ratio */
export function against(values: readonly number[], floors: readonly number[]) {
  const ratios = values.map((value, round) => value / (floors[round] ?? Number.NaN));
  return {
    value: median(values),
    floor: median(floors),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)] as [number, number],
  };
}

/** Milliseconds of each of `count` calls, by the clock on the wall: waits for the disk are in them. */
export function timed(count: number, work: (n: number) => void): number[] {
  return Array.from({ length: count }, (_, n) => {
    const began = performance.now();
    work(n);
    return performance.now() - began;
  });
}

/** Times the machine took the processor away from this process. */
const takenAway = () => process.resourceUsage().involuntaryContextSwitches;

/** @returns milliseconds, and whether something else got the processor meanwhile: then they say little about the work */
export function watchedRun(work: () => void): { readonly ms: number; readonly disturbed: boolean } {
  const before = takenAway();
  const began = performance.now();
  work();
  const ms = performance.now() - began;
  return { ms, disturbed: takenAway() !== before };
}

/**
 * As `timed`, without the calls during which something else got the processor: what a call takes of the core's thread.
 * @param prepare what each needs, not measured @returns where that happened in every one, the shortest
 */
export function undisturbed(count: number, work: (n: number) => void, prepare: (n: number) => void = () => {}): number[] {
  const runs = Array.from({ length: count }, (_, n) => {
    prepare(n);
    return watchedRun(() => work(n));
  });
  const good = runs.filter(({ disturbed }) => !disturbed).map(({ ms }) => ms);
  return good.length > 0 ? good : [Math.min(...runs.map(({ ms }) => ms))];
}

/** Milliseconds of the whole. */
export async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
