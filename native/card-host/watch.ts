import { setTimeout as sleep } from 'node:timers/promises';
import type { ReaderEvent, ServiceTrouble } from '../../main/contract/card-host.ts';
import { Code, createContext, type KnownState, type PcscContext, PNP_NOTIFICATION, State } from '../pcsc/index.ts';
import type { Cards } from './cards.ts';
import { serviceIsGone, troubleOf } from './error-of.ts';
import { createPatience, type Patience } from './patience.ts';

export interface WatchDeps {
  readonly cards: Cards;
  /** A reader counts when its name holds one of these; empty: all. */
  readonly wanted: readonly string[];
  readonly tell: (event: ReaderEvent) => void;
  /** The service went, or answers nothing: whatever waits for it waits in vain. After it was told. */
  readonly lost: () => void;
  readonly signal: AbortSignal;
}

/** Between two attempts to reach a service that is not there. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
/**
 * pcsc-lite counts the readers when a wait begins, so one that came between our list and the wait is never told of (the second slot
 * of a device comes that close behind the first). No wait is longer than this; then the list is asked for again. That is also how readers
 * are found where their coming and going is not told (macOS), and how we know that the service answers.
 */
const LOOK_AGAIN_MS = 750;
/** A list that fails so often in a row, on a service that answers, needs a new context. */
const LISTS_THAT_FAIL = 5;

/**
 * Watches service, readers and cards until told to stop; survives a service that is not there yet, that is started again, or that answers
 * nothing for a while.
 * @throws when it answers nothing for so long that only a new process can tell
 */
export async function watch(options: WatchDeps): Promise<void> {
  const { cards, tell, lost, signal } = options;
  let up: boolean | null = null;
  let told: ServiceTrouble | null = null;
  let wait = FIRST_WAIT_MS;
  const down = (why: ServiceTrouble) => {
    if (up === false && told === why) return;
    const wasDown = up === false;
    up = false;
    told = why;
    tell({ type: 'service', up, why });
    if (wasDown) return;
    tell({ type: 'readers', names: [] });
    for (const event of cards.clear()) tell(event);
    lost();
  };
  const works = () => {
    wait = FIRST_WAIT_MS;
    if (up === true) return;
    up = true;
    tell({ type: 'service', up });
  };
  const hopeless = Promise.withResolvers<never>();
  const answered = createPatience(
    () => down('silent'),
    () => hopeless.reject(new Error('the PC/SC service answers nothing')),
  );
  const turns = async () => {
    while (!signal.aborted) {
      const context = createContext();
      const established = await answered(context.establish());
      const ended = established.value.ok
        ? await watchService(context, options, answered, works)
        : troubleOf(established.value.code);
      await answered(context.release());
      if (signal.aborted) return;
      // What was silent answers again: no reason to wait.
      if (ended === 'silent') continue;
      down(ended);
      await sleep(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  };
  await Promise.race([turns(), hopeless.promise]);
}

const sameNames = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((name, i) => name === b[i]);

/** One connection to the service. Returns why it ended, or anything when told to stop. */
async function watchService(
  context: PcscContext,
  { cards, wanted, tell, signal }: WatchDeps,
  answered: Patience,
  works: () => void,
): Promise<ServiceTrouble> {
  const stop = () => void context.cancel();
  signal.addEventListener('abort', stop, { once: true });
  const watched = watchedReaders(cards, tell);
  let failures = 0;
  try {
    while (!signal.aborted) {
      const listed = await answered(context.listReaders());
      if (listed.late) return 'silent';
      if (!listed.value.ok) {
        failures += 1;
        if (serviceIsGone(listed.value.code) || failures === LISTS_THAT_FAIL) return 'not-running';
        await sleep(FIRST_WAIT_MS);
        continue;
      }
      failures = 0;
      works();
      const asked = watched.listed(
        listed.value.value.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part))),
      );
      if (asked.length === 0) {
        await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
        continue;
      }
      const changed = await answered(context.statusChange(asked, LOOK_AGAIN_MS));
      if (signal.aborted) break;
      if (changed.late) return 'silent';
      if (changed.value.ok) {
        watched.news(changed.value.value);
        continue;
      }
      const { code } = changed.value;
      if (serviceIsGone(code)) return 'not-running';
      if (code === Code.cancelled || code === Code.timeout) continue;
      // A reader left between the list and the wait; or none of these is one (macOS knows no notification).
      if (code === Code.unknownReader && !watched.polls && !(await knowsNotification(context, answered))) {
        // And looks at once: a card that is put on meanwhile would be one that was found lying there.
        watched.poll();
        continue;
      }
      await sleep(FIRST_WAIT_MS);
    }
    return 'not-running';
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What one connection has heard of the readers, and what it must ask next. */
function watchedReaders(cards: Cards, tell: (event: ReaderEvent) => void) {
  /** Readers that are there and cannot be talked to: to everybody else they are none. */
  const away = new Set<string>();
  let known = new Map<string, number>();
  let told: readonly string[] | null = null;
  let tellsOfReaders = true;
  return {
    get polls() {
      return !tellsOfReaders;
    },
    /** Coming and going is not told here: the list alone says it. */
    poll() {
      tellsOfReaders = false;
    },
    /** @param names all that there are @returns what to wait for */
    listed(names: readonly string[]): KnownState[] {
      const usable = names.filter((name) => !away.has(name));
      if (told === null || !sameNames(told, usable)) {
        told = usable;
        // The cause first, then the cards that went with it.
        const gone = cards.setReaders(usable);
        tell({ type: 'readers', names: usable });
        for (const event of gone) tell(event);
      }
      const asked = tellsOfReaders ? [PNP_NOTIFICATION, ...names] : names;
      return asked.map((reader) => ({ reader, state: known.get(reader) ?? State.unaware }));
    },
    news(states: readonly KnownState[]): void {
      known = new Map();
      for (const { reader, state } of states) {
        if ((state & State.unknown) !== 0) {
          if (reader === PNP_NOTIFICATION) tellsOfReaders = false;
          // A reader that left: the list tells of it, before its card.
          continue;
        }
        // Back again, it is looked at as a new one.
        const back = (state & State.unavailable) === 0 && away.delete(reader);
        if ((state & State.unavailable) !== 0) away.add(reader);
        if (!back) known.set(reader, state & ~State.changed);
        if (reader === PNP_NOTIFICATION || away.has(reader)) continue;
        for (const event of cards.look(reader, state)) tell(event);
      }
    },
  };
}

/** Whether the coming and going of readers is told here. */
async function knowsNotification(context: PcscContext, answered: Patience): Promise<boolean> {
  const asked = await answered(context.statusChange([{ reader: PNP_NOTIFICATION, state: State.unaware }], 0));
  return asked.value.ok || asked.value.code !== Code.unknownReader;
}
