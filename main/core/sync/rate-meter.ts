/** Requests below this say more about the platform's speed than about the line's. */
const LEAST_BYTES = 16 * 1024;
/** 16 kbit/s: what a line is taken to carry before anything was measured. Bytes a second. */
export const FIRST_RATE = 2000;
/** However slow it was measured, a deadline ends some day. Bytes a second. */
const LEAST_RATE = 250;
const KEPT = 8;

/** How many bytes a second the line carries, from the requests it carried. Not below the truth only by luck: the platform's own time is in it. */
export interface RateMeter {
  /** A request of so many bytes was answered so long after its first byte. */
  took(bytes: number, ms: number): void;
  /** It was not: the line carried fewer bytes than that, or nothing at all, which is no rate. */
  failed(bytes: number, ms: number): void;
  /** Lately, bytes a second; null: nothing was measured. */
  readonly rate: number | null;
  /** What can be counted on: half the slowest measured lately, bytes a second. */
  readonly pessimistic: number;
}

/** @param firstRate bytes a second, before anything was measured */
export function createRateMeter(firstRate = FIRST_RATE): RateMeter {
  let slowness: number[] = [];
  let rate: number | null = null;
  const note = (measured: number) => {
    rate = rate === null ? measured : (rate + measured) / 2;
    slowness = [...slowness, measured].slice(-KEPT);
  };
  return {
    took(bytes, ms) {
      if (bytes >= LEAST_BYTES) note((bytes * 1000) / Math.max(ms, 1));
    },
    failed(bytes, ms) {
      // A dead line must not make the next deadline longer than an unknown line has.
      if (bytes >= LEAST_BYTES) note(Math.max((bytes * 1000) / Math.max(ms, 1), 2 * firstRate));
    },
    get rate() {
      return rate;
    },
    get pessimistic() {
      return slowness.length === 0 ? firstRate : Math.max(LEAST_RATE, Math.min(...slowness) / 2);
    },
  };
}
