import type { OutboxStore } from '../outbox/outbox.ts';
import type { IssuedChallenges } from '../ports.ts';

/** Challenges drawn for the time without a line. They expire by the platform's clock, and are kept with its time. */
export interface ChallengeStock {
  /** How many to draw now; 0: enough are left. Half of the stock is spent first, so that few requests are made. */
  wanted(): number;
  /** A few persons more, and there is none. */
  low(): boolean;
  /** @returns false: the stock is no larger than before, so that asking again at once would get nothing either */
  take(reply: IssuedChallenges): boolean;
}

export function createChallengeStock(
  outbox: Pick<OutboxStore, 'challengeCount' | 'addChallenges'>,
  stock: number,
): ChallengeStock {
  return {
    wanted() {
      const have = outbox.challengeCount();
      return have * 2 >= stock ? 0 : stock - have;
    },
    low: () => outbox.challengeCount() * 8 < stock,
    take({ challenges }) {
      const before = outbox.challengeCount();
      outbox.addChallenges(challenges.map(({ challenge, expiresAt }) => ({ challenge, expiresAt: Date.parse(expiresAt) })));
      return outbox.challengeCount() > before;
    },
  };
}
