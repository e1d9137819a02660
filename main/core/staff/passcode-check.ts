import type { Clock } from '../ports.ts';
import type { Boot } from '../sync/platform-time.ts';
import type { KeyRow } from './key-rows.ts';
import type { KeyStore } from './key-store.ts';
import { afterRight, afterWrong, carriedOn, lockedMs, momentOf, waitMs } from './lockout.ts';
import type { PasscodeHasher } from './passcode.ts';
import { isWeak } from './passcode.ts';

/** `locked`: this wrong one locked the key. `still-locked`: it was locked already, and nothing was looked at. */
type TryOutcome = 'right' | 'wrong' | 'locked' | 'still-locked' | 'no-passcode' | 'unknown-key';

/** The check of passcodes: one at a time for each key, slower with every wrong one, and none while the key is locked. */
export interface PasscodeCheck {
  try(key: string, passcode: string): Promise<TryOutcome>;
  /** First use of a key. `set`: it has one already. */
  setPasscode(key: string, passcode: string): Promise<'done' | 'weak' | 'set' | 'unknown-key'>;
  /** How long the key of this row stays locked, ms; 0: it is not. */
  lockedMs(row: KeyRow): number;
  stop(): void;
}

export interface PasscodeCheckDeps {
  readonly keys: KeyStore;
  readonly hasher: PasscodeHasher;
  readonly clock: Clock;
  readonly boot: Boot;
}

/** So often what is left of a lock is written down: a machine that is off every night comes to its end all the same. */
const KEEP_MS = 60_000;

export function createPasscodeCheck({ keys, hasher, clock, boot }: PasscodeCheckDeps): PasscodeCheck {
  const keep = keptLocks(keys, clock, boot);
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
    const wait = waitMs(first, momentOf(boot));
    if (wait > 0) await pause(wait);
    const row: KeyRow | null = keys.find(key);
    if (row === null) return 'unknown-key';
    if (row.passcode === null) return 'no-passcode';
    const now = momentOf(boot);
    if (lockedMs(row, now) > 0) return 'still-locked';
    const worst = afterWrong(row, now);
    keys.noteTry(row.hash, worst);
    if (await hasher.fits(passcode, key, row.passcode)) {
      keys.noteTry(row.hash, afterRight);
      return 'right';
    }
    if (worst.wrong > 0) return 'wrong';
    keep.look();
    return 'locked';
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
    lockedMs: (row) => lockedMs(row, momentOf(boot)),
    stop: keep.stop,
  };
}

/** Writes down what is left of each lock, as long as there is one. */
function keptLocks(keys: KeyStore, clock: Clock, boot: Boot) {
  let timer: unknown = null;
  const write = () => {
    timer = null;
    const now = momentOf(boot);
    let goesOn = false;
    try {
      for (const row of keys.list()) {
        if (row.hold_ms === 0 || row.wrong > 0) continue;
        keys.noteTry(row.hash, carriedOn(row, now));
        goesOn ||= lockedMs(row, now) > 0;
      }
    } catch {
      // It could not be written, so the lock lasts longer, and not shorter.
      goesOn = true;
    }
    if (goesOn) timer = clock.setTimeout(write, KEEP_MS);
  };
  write();
  return {
    look() {
      if (timer === null) write();
    },
    stop() {
      if (timer !== null) clock.clearTimeout(timer);
      timer = null;
    },
  };
}
