import type { Clock } from '../../../main/core/ports.ts';
import type { Scheduler } from './scheduler.ts';

/** Thrown out of a call of the core to the outside: the process is gone. What it does with this afterwards reaches nothing any more. */
export class Crash extends Error {
  constructor() {
    super('the process died here');
    this.name = 'Crash';
  }
}

/** So many calls without any time between them: a loop without a wait. */
const MOST_CALLS_AT_ONCE = 50_000;

/** One process of the core, from start to death. Everything it does to the outside passes `call`. */
export interface Life {
  readonly alive: boolean;
  /** Before (or after) an effect. Throws `Crash` when the process dies here or is dead already. */
  call(what: string): void;
  /** The nth call from now is the last. 0: none. */
  dieAt(calls: number): void;
  die(): void;
  /** What the world does with the core only to look at it: nothing dies of that. */
  aside<T>(run: () => T): T;
  readonly clock: Clock;
}

export interface LifeOptions {
  readonly scheduler: Scheduler;
  /** Epoch ms of the machine's wall clock. */
  readonly wall: () => number;
  /** Virtual ms at which the machine booted: its monotonic clock counts from there. */
  readonly bootedAt: number;
  /** It died by `dieAt`, in the middle of something. */
  readonly onDeath: (where: string) => void;
  /** It goes round without a wait. */
  readonly onSpin: (where: string) => void;
  /** A timer of the core's threw: a real one would have ended the process. */
  readonly onFault: (error: unknown) => void;
}

export function createLife({ scheduler, wall, bootedAt, onDeath, onSpin, onFault }: LifeOptions): Life {
  let alive = true;
  let left = 0;
  let instant = -1;
  let calls = 0;
  let looking = false;
  const timers = new Set<number>();

  const die = () => {
    alive = false;
    for (const timer of timers) scheduler.cancel(timer);
    timers.clear();
  };

  return {
    get alive() {
      return alive;
    },
    call(what) {
      if (!alive) throw new Crash();
      if (looking) return;
      if (instant !== scheduler.now()) {
        instant = scheduler.now();
        calls = 0;
      }
      calls += 1;
      if (calls > MOST_CALLS_AT_ONCE) {
        die();
        onSpin(what);
        throw new Crash();
      }
      if (left === 0) return;
      left -= 1;
      if (left > 0) return;
      die();
      onDeath(what);
      throw new Crash();
    },
    dieAt(count) {
      left = count;
    },
    die,
    aside(run) {
      looking = true;
      try {
        return run();
      } finally {
        looking = false;
      }
    },
    clock: {
      now: wall,
      monotonic: () => scheduler.now() - bootedAt,
      setTimeout(run, ms) {
        if (!alive) return 0;
        // Node's own rules: whole ms, at least one, and what is longer than 31 bits fires at once.
        const handle = scheduler.after(ms > 2 ** 31 - 1 ? 1 : Math.max(1, Math.trunc(ms)), () => {
          timers.delete(handle);
          if (!alive) return;
          try {
            run();
          } catch (error) {
            if (!(error instanceof Crash)) onFault(error);
          }
        });
        timers.add(handle);
        return handle;
      },
      clearTimeout(handle) {
        if (typeof handle !== 'number') return;
        timers.delete(handle);
        scheduler.cancel(handle);
      },
    },
  };
}
