import type { Dice } from './dice.ts';
import type { Medium } from './io-plan.ts';

/** Kinds of fault. A seed has some of them: where all come at once, each hides the others. */
export const faultKinds = [
  'crash',
  'power-cut',
  'sync-fails',
  'write-fails',
  'disk-full',
  'damage',
  'line',
  'platform',
  'sick-row',
  'clock',
  'cancel',
  'staff',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Scenario {
  readonly kinds: ReadonlySet<FaultKind>;
  /** The only copy that is damaged or lies: "any single damage". */
  readonly victim: Medium;
  /** Virtual ms between two persons, on average. */
  readonly visitEvery: number;
  /** Virtual ms until everything is well again. */
  readonly faultsUntil: number;
}

const HOUR = 3_600_000;

export function drawScenario(dice: Dice): Scenario {
  const share = dice.pick([0.15, 0.3, 0.5, 0.8]);
  return {
    kinds: new Set(faultKinds.filter(() => dice.chance(share))),
    victim: dice.pick(['db', 'journal']),
    visitEvery: dice.pick([4, 15, 40]) * 60_000,
    faultsUntil: dice.pick([2, 4, 8]) * HOUR,
  };
}
