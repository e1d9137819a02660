/** How often a call that is out is looked after; by this process's own timer, so that a process which stood still itself counts nothing. */
const TICK_MS = 250;
/** 2.25 s without an answer: three times the longest wait that we ask for (watch.ts). */
const SILENT_TICKS = 9;
/** 15 s: the thread that waits is lost, and only a new process has another. */
const HOPELESS_TICKS = 60;

/** The answer, and whether it came after the service had been given up. */
export interface Answered<T> {
  readonly value: T;
  readonly late: boolean;
}

/**
 * Nothing in PC/SC ends a call that the service never answers. This notices it: a wrapper for calls that must be answered soon.
 * @param silent told once a call, while it is out @param hopeless told when nothing came for long after that
 */
export function createPatience(silent: () => void, hopeless: () => void) {
  return async <T>(call: Promise<T>): Promise<Answered<T>> => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks === SILENT_TICKS) silent();
      if (ticks === HOPELESS_TICKS) hopeless();
    }, TICK_MS);
    try {
      const value = await call;
      return { value, late: ticks >= SILENT_TICKS };
    } finally {
      clearInterval(timer);
    }
  };
}

export type Patience = ReturnType<typeof createPatience>;
