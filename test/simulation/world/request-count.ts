import type { Ledger } from './ledger.ts';

const HOUR_MS = 3_600_000;
/** DESIGN.md, Queue and delivery, promise 5. */
const MOST_AN_HOUR = 30;
/** What a person's act, staff's press or a batch that settled rows may bring: the try itself, and what its success gives back. */
const FOR_A_PRESS = 3;

/** Background requests while the platform is sick, with no new start in between. */
export interface RequestCount {
  /** @param saidNoAt virtual ms of the platform's last answer that was no help */
  sent(urgent: boolean, sick: boolean, saidNoAt: number): void;
  /** Somebody asked for more. */
  pressed(): void;
  /** The core is a new one. */
  reset(): void;
}

export function createRequestCount(now: () => number, ledger: Ledger): RequestCount {
  let times: number[] = [];
  let presses: number[] = [];
  return {
    sent(urgent, sick, saidNoAt) {
      if (urgent) return;
      if (!sick || saidNoAt < now() - HOUR_MS) {
        times = [];
        return;
      }
      times = [...times.filter((at) => at > now() - HOUR_MS), now()];
      presses = presses.filter((at) => at > now() - HOUR_MS);
      if (times.length > MOST_AN_HOUR + presses.length * FOR_A_PRESS)
        ledger.broken('too-many-requests', `${times.length} requests in an hour to a sick platform`);
    },
    pressed: () => void presses.push(now()),
    reset() {
      times = [];
    },
  };
}
