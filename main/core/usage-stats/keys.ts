import { z } from 'zod';
import type { Category } from '../../contract/catalogue.ts';
import type { Journey, Outcome, ScreenName, ScreenOf } from '../../contract/screens.ts';

/**
 * What is counted, as the name of a count. No key holds more than a screen, an outcome, a category or a whole minute: nothing of a person,
 * no time of a single visit, and nothing that ties two events together.
 */
export const StatsKey = z
  .string()
  .max(100)
  .regex(/^[a-z0-9-]+(?::[a-z0-9-]+){0,3}$/);
export type StatsKey = z.infer<typeof StatsKey>;

/** Outcomes that are an act done here: the platform has taken it, or has it waiting for it in the queue (受付). */
export const DONE: readonly Outcome[] = ['issued', 'signed-up', 'granted', 'accepted', 'received'];

/** Why a visit ended before anything had come of it. */
export type GaveUp = Exclude<ScreenOf<'goodbye'>['reason'], 'done'>;

/** The last bucket holds all that took longer. */
export const LONGEST_MINUTES = 60;

export const keys = {
  visits: 'visits',
  outcome: (journey: Journey, outcome: Outcome): StatsKey => `outcome:${journey}:${outcome}`,
  /** A My Key ID that a sign-up made along: a set-up too. */
  madeAlong: 'made-along',
  category: (category: Category | 'unknown'): StatsKey => `category:${category}`,
  /** `menu`: no journey was chosen. */
  abandoned: (journey: Journey | 'menu', step: ScreenName, reason: GaveUp): StatsKey => `abandoned:${journey}:${step}:${reason}`,
  /** A sign-up that somebody typed for the card's holder. */
  helped: 'helped',
  /** @param minutes whole minutes from the choice of the journey to what came of it; 3 stands for 3:00 to 3:59 */
  minutes: (journey: Journey, minutes: number): StatsKey => `minutes:${journey}:${Math.min(minutes, LONGEST_MINUTES)}`,
  referral: (code: string): StatsKey => `referral:${code}`,
} as const;
