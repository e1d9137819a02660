/** Requests below this say more about the way and the platform than about the line's rate. */
const LEAST_BYTES = 16 * 1024;
/** 16 kbit/s: what a line is taken to carry before anything was measured. Bytes a second. */
export const FIRST_RATE = 2000;
/** However slow it was measured, a deadline ends some day. Bytes a second. */
const LEAST_RATE = 250;
const KEPT = 8;

/** How many bytes a second the line carries, by the requests it carried. Never above the truth: the platform's own time counts as the line's. */
export interface RateMeter {
  /** A request of so many bytes was answered so long after its first byte. */
  took(bytes: number, ms: number): void;
  /** It was not, for so long: the line is slower than that, or dead, which says nothing of its rate. */
  failed(bytes: number, ms: number): void;
  /** Lately, bytes a second; null: nothing large enough was sent yet. */
  readonly rate: number | null;
  /** What can be counted on: half the slowest measured lately, bytes a second. */
  readonly pessimistic: number;
}

/** @param firstRate bytes a second, before anything was measured */
export function createRateMeter(firstRate = FIRST_RATE): RateMeter {
  const large: number[] = [];
  const small: number[] = [];
  let rate: number | null = null;
  const keep = (list: number[], measured: number) => {
    list.push(measured);
    if (list.length > KEPT) list.shift();
  };
  const note = (measured: number) => {
    rate = rate === null ? measured : (rate + measured) / 2;
    keep(large, measured);
  };
  const half = (list: readonly number[]) => Math.min(...list) / 2;
  return {
    took(bytes, ms) {
      const measured = (bytes * 1000) / Math.max(ms, 1);
      if (bytes >= LEAST_BYTES) note(measured);
      else keep(small, measured);
    },
    failed(bytes, ms) {
      // How much slower is not known: half is a guess that makes the next deadline four times as long. A dead line must not make it longer
      // than it is on an unknown one.
      if (bytes >= LEAST_BYTES) note(Math.max((bytes * 500) / Math.max(ms, 1), 2 * firstRate));
    },
    get rate() {
      return rate;
    },
    get pessimistic() {
      if (large.length > 0) return Math.max(LEAST_RATE, half(large));
      // Small requests that are answered quickly prove that the line is no slow one; slow ones prove nothing.
      return small.length > 0 ? Math.max(firstRate, half(small)) : firstRate;
    },
  };
}
