import type { Clock } from '../ports.ts';
import type { KeyRow } from './key-rows.ts';
import type { KeyStore } from './key-store.ts';
import type { PasscodeHasher } from './passcode.ts';
import { isWeak } from './passcode.ts';
import { afterRight, afterWrong, lockedUntil, waitMs } from './tries.ts';

/** `locked`: this wrong one locked the key. `still-locked`: it was locked already, and nothing was looked at. */
export type TryOutcome = 'right' | 'wrong' | 'locked' | 'still-locked' | 'no-passcode' | 'unknown-key';

/** The check of passcodes: one at a time for each key, slower with every wrong one, and none while the key is locked. */
export interface Access {
  try(key: string, passcode: string): Promise<TryOutcome>;
  /** First use of a key. `set`: it has one already. */
  setPasscode(key: string, passcode: string): Promise<'done' | 'weak' | 'set' | 'unknown-key'>;
}

export interface AccessParts {
  readonly keys: KeyStore;
  readonly hasher: PasscodeHasher;
  readonly clock: Clock;
}

export function createAccess({ keys, hasher, clock }: AccessParts): Access {
  const turns = new Map<string, Promise<unknown>>();
  /** Two connections with the same key must not try side by side. */
  const inTurn = <T>(key: string, run: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(key) ?? Promise.resolve()).then(run, run);
    turns.set(key, mine);
    const over = () => {
      if (turns.get(key) === mine) turns.delete(key);
    };
    mine.then(over, over);
    return mine;
  };
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.setTimeout(resolve, ms));

  const attempt = async (key: string, passcode: string): Promise<TryOutcome> => {
    const first = keys.find(key);
    if (first === null) return 'unknown-key';
    const wait = waitMs(first, clock.now());
    if (wait > 0) await pause(wait);
    const row: KeyRow | null = keys.find(key);
    if (row === null) return 'unknown-key';
    if (row.passcode === null) return 'no-passcode';
    const now = clock.now();
    if (lockedUntil(row, now) !== null) return 'still-locked';
    const worst = afterWrong(row, now);
    keys.noteTry(row.hash, worst);
    if (await hasher.fits(passcode, key, row.passcode)) {
      keys.noteTry(row.hash, afterRight);
      return 'right';
    }
    return worst.locked_until > now ? 'locked' : 'wrong';
  };

  return {
    try: (key, passcode) => inTurn(key, () => attempt(key, passcode)),
    setPasscode: (key, passcode) =>
      inTurn(key, async () => {
        const row = keys.find(key);
        if (row === null) return 'unknown-key';
        if (row.passcode !== null) return 'set';
        if (isWeak(passcode, row.name)) return 'weak';
        const hash = await hasher.hash(passcode, key);
        keys.setPasscode(row.hash, hash);
        return 'done';
      }),
  };
}
