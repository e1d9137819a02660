import type { Clock } from '../ports.ts';

/** A call that was answered stays on the person's screen so long: by then somebody stands there. */
export const ANSWERED_MS = 60_000;

/** The call for staff as the help window sees it: lit from the press until somebody says "coming", or until it is taken back. */
export interface CallBell {
  /** Tells it what the public snapshot says. */
  hear(called: boolean): void;
  /** Somebody goes there. @returns whether there was a call to answer */
  answer(): boolean;
  /** Epoch ms; null: nobody calls, or somebody is on the way. */
  readonly calledAt: number | null;
  stop(): void;
}

/** @param takeDown ends the call on the public screen, without touching the person's clock */
export function createCallBell(clock: Clock, takeDown: () => void): CallBell {
  let called = false;
  let calledAt: number | null = null;
  let timer: unknown = null;
  const forget = () => {
    clock.clearTimeout(timer);
    timer = null;
  };
  return {
    hear(now) {
      if (now === called) return;
      called = now;
      forget();
      calledAt = now ? clock.now() : null;
    },
    answer() {
      if (calledAt === null) return false;
      calledAt = null;
      timer = clock.setTimeout(takeDown, ANSWERED_MS);
      return true;
    },
    get calledAt() {
      return calledAt;
    },
    stop: forget,
  };
}
