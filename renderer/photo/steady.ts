import type { PhotoHint } from '../../main/contract/application.ts';

/** A hint comes after so many looks in a row that have it, and goes after so many without: it must not flicker. */
const COMES_AFTER = 2;
const GOES_AFTER = 3;

export interface SteadyHints {
  /** @param seen hints of the newest look, in order @returns those to show, in the same order */
  look(seen: readonly PhotoHint[]): readonly PhotoHint[];
}

export function createSteadyHints(): SteadyHints {
  /** Above 0: looks in a row with the hint; below: without. */
  const counts = new Map<PhotoHint, number>();
  const shown = new Set<PhotoHint>();
  return {
    look(seen) {
      for (const hint of new Set([...counts.keys(), ...seen])) {
        const before = counts.get(hint) ?? 0;
        const here = seen.includes(hint);
        const now = here ? Math.max(0, before) + 1 : Math.min(0, before) - 1;
        counts.set(hint, now);
        if (now >= COMES_AFTER) shown.add(hint);
        if (now <= -GOES_AFTER) {
          shown.delete(hint);
          counts.delete(hint);
        }
      }
      const left = [...shown].filter((hint) => !seen.includes(hint));
      return [...seen.filter((hint) => shown.has(hint)), ...left];
    },
  };
}
