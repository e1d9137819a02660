import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, RandomBytes } from '../../core/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

export const systemRandom: RandomBytes = (length) => randomBytes(length);

/** UUIDv7 (RFC 9562). */
export const newId = (): string => v7();
