/** A sick platform sees at most `BUDGET + 3600 / BUDGET_SECONDS` = 30 background requests in any hour. */
const BUDGET = 6;
/** Not longer than the longest back-off by default is on average: where the budget sets the pace, chance has no part in it. */
const BUDGET_SECONDS = 150;

/** A token bucket for the requests that do not get anywhere. Times are monotonic ms. */
export interface Budget {
  /** Takes one; below zero it never goes: what has happened cannot be refused. */
  spend(now: number): void;
  /** @param tokens that good work gives back */
  give(tokens: number, now: number): void;
  /** ms until one can be spent; 0: now. */
  wait(now: number): number;
  full(now: number): boolean;
}

/** @param everyMs what buys one more request */
export function createBudget(everyMs = BUDGET_SECONDS * 1000): Budget {
  /** In ms of waiting, so that it is counted without rounding. */
  const fullAt = BUDGET * everyMs;
  let credit = fullAt;
  let countedAt = 0;
  const count = (now: number) => {
    credit = Math.min(fullAt, credit + Math.max(0, now - countedAt));
    countedAt = now;
  };
  return {
    spend(now) {
      count(now);
      credit = Math.max(0, credit - everyMs);
    },
    give(tokens, now) {
      count(now);
      credit = Math.min(fullAt, credit + tokens * everyMs);
    },
    wait(now) {
      count(now);
      return Math.max(0, everyMs - credit);
    },
    full(now) {
      count(now);
      return credit >= fullAt;
    },
  };
}
