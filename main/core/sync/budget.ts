/** A sick platform sees at most `BUDGET + 3600 / BUDGET_SECONDS` = 30 background requests in any hour. */
export const BUDGET = 10;
export const BUDGET_SECONDS = 180;

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

export function createBudget(most = BUDGET, everyMs = BUDGET_SECONDS * 1000): Budget {
  let tokens = most;
  let countedAt = 0;
  const count = (now: number) => {
    tokens = Math.min(most, tokens + Math.max(0, now - countedAt) / everyMs);
    countedAt = now;
  };
  return {
    spend(now) {
      count(now);
      tokens = Math.max(0, tokens - 1);
    },
    give(more, now) {
      count(now);
      tokens = Math.min(most, tokens + more);
    },
    wait(now) {
      count(now);
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * everyMs);
    },
    full(now) {
      count(now);
      return tokens >= most;
    },
  };
}
