import type { Timers } from './timers.ts';

/** How long somebody who has connected may take to show who they are. */
export const GREETING_MS = 5000;

/** The connections of one server. */
export interface Crowd<T> {
  /** A stranger comes. */
  enter(member: T): void;
  /** A stranger did something that is worth another `GREETING_MS`. */
  stay(member: T): void;
  /** It has shown who it is: it stays until it goes. */
  know(member: T): void;
  leave(member: T): void;
  /** Strangers and known ones. */
  readonly size: number;
}

export interface CrowdDeps<T> {
  readonly most: number;
  readonly timers: Timers;
  /** Ends a connection; `leave` may follow. */
  readonly drop: (member: T) => void;
}

/**
 * Keeps a server's connections few without letting whoever holds many of them keep others out: a stranger has five seconds, and when
 * there are too many the one goes that has been a stranger longest.
 */
export function createCrowd<T>({ most, timers, drop }: CrowdDeps<T>): Crowd<T> {
  const strangers = new Map<T, unknown>();
  const known = new Set<T>();
  const forget = (member: T) => {
    timers.clearTimeout(strangers.get(member));
    strangers.delete(member);
  };
  const showOut = (member: T) => {
    forget(member);
    drop(member);
  };
  const wait = (member: T) => {
    forget(member);
    strangers.set(
      member,
      timers.setTimeout(() => showOut(member), GREETING_MS),
    );
  };
  return {
    enter(member) {
      wait(member);
      if (strangers.size + known.size <= most) return;
      const [longest] = strangers.keys();
      if (longest !== undefined) showOut(longest);
    },
    stay(member) {
      if (strangers.has(member)) wait(member);
    },
    know(member) {
      if (!strangers.has(member)) return;
      forget(member);
      known.add(member);
    },
    leave(member) {
      forget(member);
      known.delete(member);
    },
    get size() {
      return strangers.size + known.size;
    },
  };
}
