import type { KeyRow } from './key-rows.ts';

/** So many wrong passcodes lock the key; each lock lasts twice as long as the one before, up to a day. */
export const MOST_WRONG = 5;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 60 * 60_000;
/** After the first wrong one; doubles with each. */
const FIRST_WAIT_MS = 1000;

export type Tries = Pick<KeyRow, 'wrong' | 'wrong_at' | 'locks' | 'locked_until'>;

/** How long the lock that comes next, or the one that runs, lasts. @param locks how many there were, this one included */
const lockMs = (locks: number): number => Math.min(FIRST_LOCK_MS * 2 ** Math.min(locks - 1, 20), LONGEST_LOCK_MS);

/** When the key may be used again, epoch ms; null: now. A clock that was set back does not make a lock longer than it was. */
export function lockedUntil({ locks, locked_until }: Tries, now: number): number | null {
  if (locked_until <= now) return null;
  return Math.min(locked_until, now + lockMs(Math.max(1, locks)));
}

/** How long the next try must wait, ms: a script gains nothing by asking faster. */
export function waitMs({ wrong, wrong_at }: Tries, now: number): number {
  if (wrong === 0) return 0;
  const wait = FIRST_WAIT_MS * 2 ** Math.min(wrong - 1, MOST_WRONG);
  const passed = Math.max(0, now - wrong_at);
  return Math.max(0, wait - passed);
}

/** Tries until the lock; null: none was wrong. */
export function triesLeft({ wrong }: Tries): number | null {
  return wrong === 0 ? null : Math.max(0, MOST_WRONG - wrong);
}

/** What is written down before a try: as if it were wrong. */
export function afterWrong({ wrong, locks }: Tries, now: number): Tries {
  if (wrong + 1 < MOST_WRONG) return { wrong: wrong + 1, wrong_at: now, locks, locked_until: 0 };
  return { wrong: 0, wrong_at: now, locks: locks + 1, locked_until: now + lockMs(locks + 1) };
}

export const afterRight: Tries = { wrong: 0, wrong_at: 0, locks: 0, locked_until: 0 };
