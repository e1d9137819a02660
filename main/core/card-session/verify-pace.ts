import type { Clock } from '../ports.ts';

/** Keeps a card from being locked in seconds by a page that was taken over: its holder has the time to take it off. */
export interface VerifyPace {
  /** What the card said is left, at its reading or with a refusal; null: it was not asked yet. */
  readonly triesLeft: number | null;
  read(triesLeft: number): void;
  refused(triesLeft: number): void;
  /** From now until the next VERIFY may go out, ms; 0 for nearly everybody who reads and types. */
  waitMs(): number;
}

export interface VerifyPaceDeps {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** From a refused VERIFY to the next one, ms. */
  readonly againMs: number;
  /** From the reading of the card, and from a refused VERIFY, to the one that may lock it, ms. */
  readonly lastMs: number;
}

export function createVerifyPace({ clock, againMs, lastMs }: VerifyPaceDeps): VerifyPace {
  let triesLeft: number | null = null;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  const told = (tries: number) => {
    triesLeft = tries;
    toldAt = clock.monotonic();
  };
  return {
    get triesLeft() {
      return triesLeft;
    },
    read: told,
    refused(tries) {
      told(tries);
      refusedAt = toldAt;
    },
    waitMs() {
      const last = triesLeft === 1 ? toldAt + lastMs : Number.NEGATIVE_INFINITY;
      return Math.max(0, refusedAt + againMs - clock.monotonic(), last - clock.monotonic());
    },
  };
}
