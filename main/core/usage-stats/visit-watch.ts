import type { Category } from '../../contract/catalogue.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Journey, Outcome, Screen, ScreenName } from '../../contract/screens.ts';
import { DONE, type GaveUp, keys, type StatsKey } from './keys.ts';
import { outcomeOf, referralsOf } from './outcomes.ts';
import { placeOf } from './screen-journeys.ts';

/** One count more (or, `n` -1, one less), on a day in Japan. */
export interface Count {
  readonly day: string;
  readonly key: StatsKey;
  readonly n: 1 | -1;
}

/** When a screen came up. `day` in Japan; `ms`: monotonic. */
export interface Moment {
  readonly day: string;
  readonly ms: number;
}

/** One journey of the visit that is going on. Nothing in here names a person, and it is gone with the visit. */
interface Attempt {
  readonly journey: Journey;
  readonly since: number;
  outcome: Outcome | null;
  /** What was counted for the outcome, should a later answer take it back. */
  counted: Count[];
  category: Category | 'unknown';
  makesId: boolean;
  helped: boolean;
}

interface Visit {
  attempt: Attempt | null;
  /** Something came of it before. */
  served: boolean;
  /** The screen that is up, and the one before it. */
  step: ScreenName;
  before: ScreenName;
  readonly referred: Set<string>;
}

/**
 * Follows the screens and says what to count: everything is read off what a person sees, so that no journey knows that it is counted.
 * @param count called at once, while the screen is up
 */
export function createVisitWatch(count: (one: Count) => void): (snapshot: Pick<Snapshot, 'screen'>, at: Moment) => void {
  let visit: Visit | null = null;

  const begin = (day: string): Visit => {
    count({ day, key: keys.visits, n: 1 });
    return { attempt: null, served: false, step: 'menu', before: 'menu', referred: new Set() };
  };

  const end = ({ attempt, served, step: last, before, referred }: Visit, reason: GaveUp | 'done', day: string): void => {
    // A journey that has just been given up shows as "reading" for the moment until the visit is over.
    const step = reason === 'home' && last === 'reading-card' ? before : last;
    // Sent elsewhere with this card, or come to an end of its own: nobody has given up.
    const sentElsewhere = step === 'card-problem' && referred.size > 0;
    if (reason === 'done' || sentElsewhere || (attempt === null ? served : attempt.outcome !== null)) return;
    count({ day, key: keys.abandoned(attempt?.journey ?? 'menu', step, reason), n: 1 });
  };

  const takeBack = (attempt: Attempt): void => {
    for (const one of attempt.counted) count({ ...one, n: -1 });
    attempt.counted = [];
    attempt.outcome = null;
  };

  const note = (attempt: Attempt, outcome: Outcome, { day, ms }: Moment): void => {
    if (attempt.outcome === outcome) return;
    takeBack(attempt);
    attempt.outcome = outcome;
    attempt.counted = keysOf(attempt, outcome, Math.floor((ms - attempt.since) / 60_000)).map((key) => ({ day, key, n: 1 }));
    for (const one of attempt.counted) count(one);
  };

  const follow = (current: Visit, screen: Screen, journey: Journey | null, at: Moment): void => {
    if (screen.name !== current.step) current.before = current.step;
    current.step = screen.name;
    if (journey === null) current.attempt = null;
    else if (current.attempt?.journey !== journey) current.attempt = newAttempt(journey, at.ms);
    const { attempt } = current;
    for (const code of referralsOf(screen)) {
      if (!current.referred.has(code)) count({ day: at.day, key: keys.referral(code), n: 1 });
      current.referred.add(code);
    }
    if (attempt === null) return;
    learn(attempt, screen);
    const outcome = outcomeOf(screen);
    if (outcome === 'open') takeBack(attempt);
    else if (outcome !== null) {
      note(attempt, outcome, at);
      current.served = true;
    }
  };

  return ({ screen }, at) => {
    const place = placeOf(screen, visit?.attempt?.journey ?? null);
    if (place.in === 'visit') {
      // The family goes on: the next person's sign-up begins where the last one's ended, with no other screen between.
      const next = screen.name === 'about-sign-up' && screen.family !== null && (visit?.attempt?.outcome ?? null) !== null;
      if (visit === null || next) visit = begin(at.day);
      follow(visit, screen, place.journey, at);
      return;
    }
    // Why it ended is said once the card is off.
    if (visit === null || screen.name === 'take-card') return;
    end(visit, reasonOf(screen), at.day);
    visit = null;
  };
}

const newAttempt = (journey: Journey, since: number): Attempt => ({
  journey,
  since,
  outcome: null,
  counted: [],
  category: 'unknown',
  makesId: false,
  helped: false,
});

/** A visit that somebody gave up without a card on the reader goes straight to the attract screen. */
function reasonOf(screen: Screen): GaveUp | 'done' {
  if (screen.name === 'goodbye') return screen.reason;
  return screen.name === 'out-of-order' ? 'reader' : 'home';
}

function learn(attempt: Attempt, screen: Screen): void {
  if (screen.name === 'service') attempt.category = screen.hit.category;
  if (screen.name !== 'read-back') return;
  attempt.helped = screen.content.helped;
  attempt.makesId = screen.content.kind === 'sign-up' && screen.content.makeId;
}

function keysOf({ journey, category, makesId, helped }: Attempt, outcome: Outcome, minutes: number): StatsKey[] {
  const found = [keys.outcome(journey, outcome)];
  if (DONE.includes(outcome) || outcome === 'shown') found.push(keys.minutes(journey, minutes));
  if (journey !== 'sign-up' || !DONE.includes(outcome)) return found;
  return [...found, keys.category(category), ...(makesId ? [keys.madeAlong] : []), ...(helped ? [keys.helped] : [])];
}
