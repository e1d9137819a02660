import { MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../contract/platform.ts';

/** Envelope and JSON around the sealed bytes of one item. */
const ITEM_OVERHEAD = 200;
const MOST_BYTES = MAX_BATCH_BYTES - MAX_BATCH_ITEMS * ITEM_OVERHEAD;
/** A hundred ordinary rows: two batches for a day without a line. A slow line takes it too, since a body that moves is not cut. */
const FIRST_BYTES = 256 * 1024;
/** A row of an ordinary act is about 6 KB: smaller would only add round trips. */
const LEAST_BYTES = 8 * 1024;
/** While the platform does not answer well, a probe need not carry much. */
const PROBE_BYTES = 16 * 1024;
/**
 * Beyond the first size a batch is to take no longer than this on a line whose rate is known. Below it the measured rate takes nothing
 * away: a platform that is slow looks like a line that is, and smaller batches would only bring it more of them.
 */
const LONGEST_BATCH_SECONDS = 30;

/**
 * How much goes into one batch. It begins small and doubles while batches get through; after a time-out or a cut it halves, and from
 * there it grows by a tenth at a time, since that is about where the line fails. A row larger than the window goes alone.
 */
export interface SendWindow {
  /**
   * What the next batch may hold; the first row is never measured against it. @param rate of the line, bytes a second, null: unknown
   * @param probing the last tries failed: a little is enough to see whether it works again
   */
  limits(rate: number | null, probing: boolean): { readonly items: number; readonly bytes: number };
  /** A batch of so many sealed bytes was answered. */
  passed(bytes: number): void;
  /** A batch ran into a time-out, or its connection was cut. */
  broke(): void;
}

export function createSendWindow(): SendWindow {
  let size = FIRST_BYTES;
  let threshold = MOST_BYTES;
  return {
    limits(rate, probing) {
      const carried = rate === null ? MOST_BYTES : Math.max(FIRST_BYTES, rate * LONGEST_BATCH_SECONDS);
      const bytes = Math.floor(Math.min(size, carried, probing ? PROBE_BYTES : MOST_BYTES));
      return { items: MAX_BATCH_ITEMS, bytes };
    },
    passed(bytes) {
      // A batch that was half empty shows nothing about a larger one.
      if (bytes * 2 < size) return;
      size = size < threshold ? Math.min(size * 2, Math.max(threshold, size)) : size * 1.1;
      size = Math.min(size, MOST_BYTES);
    },
    broke() {
      size = Math.max(LEAST_BYTES, size / 2);
      threshold = size;
    },
  };
}
