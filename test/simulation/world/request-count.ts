import type { Ledger } from './ledger.ts';

const HOUR_MS = 3_600_000;
/** Issue 9, promise 5. */
const MOST_AN_HOUR = 30;

/** Background requests while the platform is sick, with no person, staff or new start in between. */
export interface RequestCount {
  /** @param saidNoAt virtual ms of the platform's last answer that was no help */
  sent(urgent: boolean, sick: boolean, saidNoAt: number): void;
  /** Somebody asked for more, or the core is a new one. */
  reset(): void;
}

export function createRequestCount(now: () => number, ledger: Ledger): RequestCount {
  let times: number[] = [];
  return {
    sent(urgent, sick, saidNoAt) {
      if (urgent) return;
      if (!sick || saidNoAt < now() - HOUR_MS) {
        times = [];
        return;
      }
      times = [...times.filter((at) => at > now() - HOUR_MS), now()];
      if (times.length === MOST_AN_HOUR + 1)
        ledger.broken('too-many-requests', `${times.length} requests in an hour to a sick platform`);
    },
    reset() {
      times = [];
    },
  };
}
