import type { Outbox } from '../ports.ts';
import type { Storage } from './storage.ts';

/** The stock of single-use challenges for the time without a line. Ends are in the platform's time, and so is `now`. */
export interface ChallengeStock extends Pick<Outbox, 'takeChallenge' | 'giveBackChallenge'> {
  addChallenges(challenges: readonly { readonly challenge: string; readonly expiresAt: number }[]): void;
  challengeCount(): number;
}

/** @param now epoch ms of the platform, as well as the kiosk knows it */
export function createChallengeStock(storage: Storage, now: () => number): ChallengeStock {
  /** Taken but not yet signed: they can go back. */
  const taken = new Map<string, number>();
  return {
    takeChallenge() {
      let row: { challenge: string; expires_at: number } | undefined;
      const written = storage.write(({ db, sql }) => {
        // In a transaction, because only COMMIT says whether it is on the disk: a DELETE that returns a row may still fail to end.
        row = db.transaction(() => sql.spendChallenge(now()))();
      });
      if (!written || row === undefined) return null;
      // What has expired cannot go back any more: without this the list would grow with every person.
      for (const [challenge, expiresAt] of taken) if (expiresAt <= now()) taken.delete(challenge);
      taken.set(row.challenge, row.expires_at);
      return row.challenge;
    },

    giveBackChallenge(challenge) {
      const expiresAt = taken.get(challenge);
      taken.delete(challenge);
      if (expiresAt !== undefined) storage.write(({ sql }) => void sql.addChallenge.run(challenge, expiresAt));
    },

    addChallenges: (challenges) =>
      void storage.write(({ db, sql }) => {
        db.transaction(() => {
          sql.dropExpired.run(now());
          for (const { challenge, expiresAt } of challenges) sql.addChallenge.run(challenge, expiresAt);
        })();
      }),

    challengeCount: () => storage.read(0, ({ sql }) => sql.challenges(now())),
  };
}
