import { setTimeout as sleep } from 'node:timers/promises';
import type { ReaderEvent } from '../../main/contract/card-host.ts';
import { Code, createContext, type KnownState, type PcscContext, PNP_NOTIFICATION, State } from '../pcsclite/index.ts';
import type { Cards } from './cards.ts';
import { serviceIsGone } from './error-of.ts';

export interface WatchOptions {
  readonly cards: Cards;
  /** A reader counts when its name holds one of these; empty: all. */
  readonly wanted: readonly string[];
  readonly tell: (event: ReaderEvent) => void;
  readonly signal: AbortSignal;
}

/** Between two attempts to reach a service that is not there. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;
/**
 * pcsc-lite counts the readers when a wait begins, so one that came between our list and the wait is never told of (the second slot
 * of a device comes that close behind the first). No wait is longer than this; then the list is asked for again.
 */
const LOOK_AGAIN_MS = 1000;

/** Watches service, readers and cards until told to stop; survives a service that is not there yet, or that is started again. */
export async function watch(options: WatchOptions): Promise<void> {
  const { cards, tell, signal } = options;
  let up: boolean | null = null;
  let wait = FIRST_WAIT_MS;
  const say = (now: boolean) => {
    if (up === now) return;
    up = now;
    tell({ type: 'service', up: now });
  };
  while (!signal.aborted) {
    const context = createContext();
    const established = await context.establish();
    if (established.ok) {
      await watchService(context, options, () => {
        wait = FIRST_WAIT_MS;
        say(true);
      });
    }
    await context.release();
    if (signal.aborted) return;
    for (const event of cards.clear()) tell(event);
    if (up !== false) tell({ type: 'readers', names: [] });
    say(false);
    await sleep(wait, undefined, { signal }).catch(() => {});
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

const sameNames = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((name, i) => name === b[i]);

/** One connection to the service. Returns when it is lost, or when told to stop. */
async function watchService(
  context: PcscContext,
  { cards, wanted, tell, signal }: WatchOptions,
  works: () => void,
): Promise<void> {
  const stop = () => void context.cancel();
  signal.addEventListener('abort', stop, { once: true });
  let known: KnownState[] = [{ reader: PNP_NOTIFICATION, state: State.unaware }];
  let names: string[] | null = null;
  try {
    while (!signal.aborted) {
      const listed = await context.listReaders();
      if (!listed.ok) return;
      works();
      const mine = listed.value.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
      if (names === null || !sameNames(names, mine)) {
        for (const event of cards.setReaders(mine)) tell(event);
        tell({ type: 'readers', names: mine });
        names = mine;
        const before = new Map(known.map(({ reader, state }) => [reader, state]));
        known = [PNP_NOTIFICATION, ...mine].map((reader) => ({ reader, state: before.get(reader) ?? State.unaware }));
      }
      const changed = await context.statusChange(known, LOOK_AGAIN_MS);
      if (signal.aborted) return;
      if (!changed.ok) {
        if (serviceIsGone(changed.code)) return;
        // A reader left between the list and the wait.
        if (changed.code !== Code.cancelled && changed.code !== Code.timeout) await sleep(FIRST_WAIT_MS);
        continue;
      }
      for (const { reader, state } of changed.value) {
        if (reader !== PNP_NOTIFICATION) for (const event of cards.look(reader, state)) tell(event);
      }
      known = changed.value.map(({ reader, state }) => ({ reader, state: state & ~State.changed }));
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
