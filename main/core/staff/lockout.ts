import type { Boot } from '../sync/platform-time.ts';
import type { KeyRow } from './key-rows.ts';

/** So many wrong passcodes lock the key; each lock lasts twice as long as the one before, up to a day. */
export const MOST_WRONG = 5;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 60 * 60_000;
/** After the first wrong one; doubles with each. */
const FIRST_WAIT_MS = 1000;

export type Lockout = Pick<KeyRow, 'wrong' | 'locks' | 'hold_ms' | 'hold_boot' | 'hold_at'>;

/** A moment of this machine's run. The wall clock has no say here: it can be set. */
export interface Moment {
  readonly boot: string;
  readonly uptimeMs: number;
}

export const momentOf = (boot: Boot): Moment => ({ boot: boot.id, uptimeMs: boot.uptimeMs() });

const lockMs = (locks: number): number => Math.min(FIRST_LOCK_MS * 2 ** Math.min(locks - 1, 20), LONGEST_LOCK_MS);

/** How long the key is held from now on, ms. What passed while the machine was off is not known, and counts as nothing. */
function heldMs({ hold_ms, hold_boot, hold_at }: Lockout, { boot, uptimeMs }: Moment): number {
  return hold_boot === boot ? Math.max(0, hold_ms - Math.max(0, uptimeMs - hold_at)) : hold_ms;
}

/** How long the key stays locked, ms; 0: it is not. */
export const lockedMs = (tries: Lockout, now: Moment): number => (tries.wrong === 0 ? heldMs(tries, now) : 0);

/** How long the next try must wait, ms: a script gains nothing by asking faster. */
export const waitMs = (tries: Lockout, now: Moment): number => (tries.wrong === 0 ? 0 : heldMs(tries, now));

/** Tries until the lock; null: none was wrong. */
export function triesLeft({ wrong }: Lockout): number | null {
  return wrong === 0 ? null : Math.max(0, MOST_WRONG - wrong);
}

const heldFrom = ({ boot, uptimeMs }: Moment, ms: number): Pick<Lockout, 'hold_ms' | 'hold_boot' | 'hold_at'> => ({
  hold_ms: Math.ceil(ms),
  hold_boot: boot,
  hold_at: Math.ceil(uptimeMs),
});

/** What is written down before a try: as if it were wrong. */
export function afterWrong({ wrong, locks }: Lockout, now: Moment): Lockout {
  if (wrong + 1 < MOST_WRONG) return { wrong: wrong + 1, locks, ...heldFrom(now, FIRST_WAIT_MS * 2 ** wrong) };
  return { wrong: 0, locks: locks + 1, ...heldFrom(now, lockMs(locks + 1)) };
}

export const afterRight: Lockout = { wrong: 0, locks: 0, hold_ms: 0, hold_boot: '', hold_at: 0 };

/** The same, counted from now: what is left of it is what another run of the machine begins with. */
export const carriedOn = (tries: Lockout, now: Moment): Lockout => ({ ...tries, ...heldFrom(now, heldMs(tries, now)) });
