import { Buffer } from 'node:buffer';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Snapshot } from '../contract/page-protocol.ts';
import type { Timers } from './timers.ts';
import { visitEnded } from './visit-end.ts';

/** So long after a visit, ms: the next screen has been painted, and the page of the visit is gone. */
const QUIET_MS = 1000;
/** More than the young generation of V8's heap has room for, both halves of it (16 MB each by default). */
const YOUNG_BYTES = 34_000_000;
/** Elements of one filler, and bytes of it: eight a number, and a header. */
const FILLER = 1000;
const FILLER_BYTES = 8 * FILLER + 16;

/**
 * Overwrites what a garbage collector leaves behind: collected strings are free memory that still holds their bytes, until something else is
 * put there. From the first call on, free places of the old generation are cleared as they become free; the young one is filled over.
 * Takes some 40 to 90 ms, so it is called between visits. Not reached: memory of C++ (the last read of each socket, Chromium's own).
 */
export function memoryClearer(): () => void {
  setFlagsFromString('--clear-free-memory');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how?: { readonly type: 'minor' | 'major'; readonly flavor?: 'last-resort' }) => void;
  return () => {
    // Small buffers are cut from one block, which lives until it is used up.
    for (let block = 0; block < 3; block += 1) Buffer.allocUnsafe((Buffer.poolSize >>> 1) - 1).fill(0);
    collect();
    // Twice: each half of the young generation is in use once.
    for (let half = 0; half < 2; half += 1) {
      for (let filled = 0; filled < YOUNG_BYTES; filled += FILLER_BYTES) new Array(FILLER).fill(0);
      collect({ type: 'minor' });
    }
    // A usual collection leaves pages to be swept when they are needed; this one sweeps them all, and gives back what is empty.
    collect({ type: 'major', flavor: 'last-resort' });
  };
}

/**
 * Clears the memory of this process soon after each visit; a visit that begins meanwhile is not made to wait.
 * @returns tell it each snapshot
 */
export function clearAfterVisits(timers: Timers, clear: () => void): (snapshot: Snapshot) => void {
  let before: Snapshot | null = null;
  let waiting: unknown = null;
  return (now) => {
    const ended = visitEnded(before, now);
    before = now;
    if (!ended || waiting !== null) return;
    waiting = timers.setTimeout(() => {
      waiting = null;
      clear();
    }, QUIET_MS);
  };
}
