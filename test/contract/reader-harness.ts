import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import type { ReaderEvent } from '../../main/contract/card-host.ts';
import { createCardReader } from '../../main/core/card/card-reader.ts';
import { forkCardHost } from '../../main/core/card/fork-card-host.ts';
import type { HostProcess } from '../../main/core/card/host-process.ts';
import type { CardReader } from '../../main/core/ports.ts';
import { systemClock } from '../../main/hosts/core/system.ts';
import { Code, createContext, State } from '../../native/pcsc/index.ts';
import { VPCD_PORTS } from '../sandbox/pcscd/daemon.ts';
import type { VirtualCard } from '../sandbox/virtual-card/card.ts';
import { insertCard } from '../sandbox/virtual-card/insert.ts';
import { createInMemoryReader } from '../sandbox/virtual-reader/in-memory.ts';

/** A reader with a hand beside it that lays cards on and takes them off. */
export interface ReaderHarness {
  readonly reader: CardReader;
  /** Lays a card on the (empty) reader. */
  lay(card: VirtualCard): Promise<void>;
  takeOff(): Promise<void>;
  /** Ends the host process as a crash does; undefined where there is none. */
  readonly killHost?: () => void;
  /** Stops it in its tracks, so that it answers nothing and does not end. */
  readonly hangHost?: () => void;
  close(): Promise<void>;
}

/** As in the settings. */
export interface HarnessOptions {
  readonly commandTimeoutSeconds?: number;
  readonly names?: string[];
}

export interface Driver {
  readonly name: string;
  start(options?: HarnessOptions): Promise<ReaderHarness>;
}

export const inMemory: Driver = {
  name: 'in memory',
  async start() {
    const memory = createInMemoryReader();
    return {
      reader: memory.reader,
      lay: async (card) => void memory.insert(card),
      takeOff: async () => memory.remove(),
      close: () => memory.reader.stop(),
    };
  },
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * pcscd looks at the virtual reader a few times a second; a person is slower. A card taken off and another laid on between two looks
 * would be one card to it (the second one then answers nothing, because it was never powered). A power-off that fails on a card that has
 * just left shows as an empty reader before pcscd has looked; its event counter is even only after it has counted the removal too.
 */
async function pcscdSees(reader: string, card: boolean): Promise<void> {
  const context = createContext();
  let state: number = State.unaware;
  if ((await context.establish()).ok) {
    for (;;) {
      // A reader that is unplugged under the wait does not end it.
      const now = await context.statusChange([{ reader, state }], 500);
      if (!now.ok && now.code === Code.timeout) continue;
      if (!now.ok) break;
      state = now.value[0]?.state ?? State.empty;
      const present = (state & State.present) !== 0;
      if (card ? present : !present && (state >>> 16) % 2 === 0) break;
    }
  }
  await context.release();
}

interface Supervision extends HarnessOptions {
  readonly entry: string;
  readonly port: number;
  /** Resolves when the reader knows that a card lies there, or that none does. */
  readonly settled: (card: boolean) => Promise<void>;
}

function supervised({ entry, port, commandTimeoutSeconds = 10, names = [], settled }: Supervision): ReaderHarness {
  let host: HostProcess | null = null;
  let pid = 0;
  let inserted: Awaited<ReturnType<typeof insertCard>> | null = null;
  const spawn = forkCardHost({ entry });
  const reader = createCardReader({
    spawn: () => {
      process.env.MADOGUCHI_VIRTUAL_READER_PORT = String(port);
      host = spawn();
      return host;
    },
    clock: systemClock,
    log(event, fields) {
      if (event === 'card-host.started' && fields !== undefined && 'pid' in fields) pid = Number(fields.pid);
    },
    settings: { names, commandTimeoutSeconds },
  });
  return {
    reader,
    async lay(card) {
      inserted = await insertCard(card, { port });
      await settled(true);
    },
    async takeOff() {
      await inserted?.remove();
      inserted = null;
      await settled(false);
    },
    killHost: () => host?.kill(),
    hangHost: () => void process.kill(pid, 'SIGSTOP'),
    async close() {
      await inserted?.remove();
      await reader.stop();
      await settled(false);
    },
  };
}

const root = `${import.meta.dirname}/../..`;

export const virtualHost: Driver = {
  name: 'virtual card host',
  start: async (options) =>
    supervised({
      ...options,
      entry: `${root}/test/sandbox/virtual-reader/host-main.ts`,
      port: await freePort(),
      settled: async () => {},
    }),
};

/** Needs a pcscd with vpcd (npm run test:pcsc makes one). */
export const pcscHost: Driver = {
  name: 'card host on pcscd',
  start: async (options) => pcscHarness('Virtual PCD 00 00', options),
};

/** @param name of the reader that cards are laid on, the first of its device */
export function pcscHarness(name: string, options?: HarnessOptions): ReaderHarness {
  const settled = (card: boolean) => pcscdSees(name, card);
  return supervised({ ...options, entry: `${root}/native/card-host/main.ts`, port: VPCD_PORTS[0], settled });
}

/** Every event of a reader, to be waited for. */
export interface Events {
  readonly all: readonly ReaderEvent[];
  /** The next event of this type that was not waited for yet. */
  next<T extends ReaderEvent['type']>(type: T): Promise<Extract<ReaderEvent, { type: T }>>;
}

export function eventsOf(reader: CardReader): Events {
  const all: ReaderEvent[] = [];
  const taken = new Set<ReaderEvent>();
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  reader.onEvent((event) => {
    all.push(event);
    emitter.emit('event');
  });
  return {
    all,
    async next(type) {
      for (;;) {
        const found = all.find((event) => event.type === type && !taken.has(event));
        if (found !== undefined) {
          taken.add(found);
          return found as Extract<ReaderEvent, { type: typeof type }>;
        }
        await once(emitter, 'event');
      }
    },
  };
}
