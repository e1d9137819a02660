import type { ChallengeReply } from '../../../main/core/platform-http/wire.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import type { Rules } from './judge.ts';
import type { Store } from './store.ts';

/** Draws challenges (24 random bytes, base64url) for one kiosk, and forgets those whose submissions could not come any more. */
export function drawChallenges(store: Store, rules: Rules, random: RandomBytes) {
  return (kiosk: string, count: number, now: number): ChallengeReply['challenges'] => {
    const expiresAt = now + rules.challengeLifetimeMs;
    const drawn = Array.from({ length: count }, () => Buffer.from(random(24)).toString('base64url'));
    store.transaction(() => {
      store.dropChallenges(now - rules.deliveryWindowMs);
      for (const challenge of drawn) store.addChallenge(challenge, kiosk, now, expiresAt);
    });
    return drawn.map((challenge) => ({ challenge, expiresAt: new Date(expiresAt).toISOString() }));
  };
}
