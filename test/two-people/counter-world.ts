import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Button } from '../../main/contract/page-protocol.ts';
import { createKiosk, type Kiosk } from '../../main/core/kiosk.ts';
import { createLog } from '../../main/core/log/log.ts';
import { logFile } from '../../main/core/log/log-file.ts';
import { corePorts } from '../../main/hosts/core/core-ports.ts';
import { newId, systemRandom } from '../../main/hosts/core/system.ts';
import type { TestPki } from '../sandbox/pki/index.ts';
import type { Platform } from '../sandbox/platform/start.ts';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { findForbidden } from '../sandbox/virtual-card/forbidden.ts';
import { type CardLog, fileLog, type LogEntry } from '../sandbox/virtual-card/log.ts';
import { createInMemoryReader, type InMemoryReader } from '../sandbox/virtual-reader/in-memory.ts';
import { cardWithLog } from '../support/logged-card.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { demoSettings } from '../support/real-core.ts';
import { testFolder } from '../support/test-folder.ts';
import { type CrossTalkOracle, createCrossTalkOracle } from './cross-talk-oracle.ts';

export const people = ['fresh', 'fresh-2'] as const;
export type Who = (typeof people)[number];

/** The real core with everything real behind its ports, except for time, wires and the reader's plastic. */
export interface CounterWorld {
  readonly kiosk: Kiosk;
  readonly reader: InMemoryReader;
  readonly clock: ManualClock;
  readonly oracle: CrossTalkOracle;
  lay(who: Who, leaveAt?: number): void;
  takeOff(): void;
  press(button: Button, staleBy?: number): void;
  typePin(pin: string): void;
  /** Types a receipt number where one is asked for. */
  slip(receipt: string): void;
  /** Types a field on the entry that is up, over what is there, and presses OK. */
  enter(text: string): void;
  choose(id: string): void;
  cutLine(cut: boolean): void;
  /** Every request waits so long before it leaves. */
  slowLine(ms: number): void;
  /** Lets so many turns of the event loop pass; 'quiet': until nothing is under way. */
  turns(count: number | 'quiet'): Promise<void>;
  /** Holds every command that the cards have seen against the allow-list (invariant 7). */
  judgeCommands(): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly pki: TestPki;
  readonly platform: Platform;
  readonly clock: ManualClock;
  /** Leaves the folder for the search at the end. */
  readonly keep: boolean;
  /** More `key=value` settings. */
  readonly set?: readonly string[];
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export async function createCounterWorld({ pki, platform, clock, keep, set = [] }: WorldOptions): Promise<CounterWorld> {
  const folder = testFolder('kiosk', 'two-people');
  const settings = demoSettings([
    'helpers=true',
    'platform.url=http://127.0.0.1:9',
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    `platform.catalogueKeyFile=${platform.catalogueKeyFile}`,
    'outbox.minFreeBytes=0',
    'outbox.ballastBytes=0',
    ...set,
  ]);
  const now = () => clock.now();
  const reader = createInMemoryReader();
  const oracle = createCrossTalkOracle(pki);
  let cut = false;
  let slow = 0;
  let underWay = 0;
  /** Counts what is under way, so that `quiet` means quiet. */
  const counted =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      underWay += 1;
      try {
        return await work(...args);
      } finally {
        underWay -= 1;
      }
    };
  const exchange = counted(platform.exchange);
  const made = await corePorts({
    settings,
    data: folder,
    reader: { ...reader.reader, open: counted(reader.reader.open) },
    clock,
    random: systemRandom,
    newId,
    log: keep ? createLog({ level: 'debug', write: logFile(join(folder, 'log'), now), now }) : () => {},
    platform: {
      async exchange(ask) {
        // Not counted as under way: it ends only when the clock is moved.
        if (slow > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, slow));
        if (cut) throw Object.assign(new Error('no line'), { code: 'ECONNREFUSED' });
        return exchange(ask);
      },
      close: async () => {},
    },
  });
  if (!made.ok) throw new Error(made.error.join('; '));
  const { ports, outbox } = made.value;
  const kiosk = createKiosk({
    ...ports,
    sealer: { seal: counted(ports.sealer.seal) },
    createReplyKey: counted(async () => {
      const key = await ports.createReplyKey();
      return { ...key, open: counted(key.open) };
    }),
    readCard: counted(ports.readCard),
    verifyAndSign: counted(ports.verifyAndSign),
  });
  kiosk.onSnapshot(oracle.saw);

  // The runs that are kept leave their cards' logs for the search at the end; the others are judged when they close.
  const commands: LogEntry[] = [];
  const noteCommand: CardLog = keep
    ? fileLog(join(testFolder('cards', 'two-people'), 'card.apdu.jsonl'))
    : (entry) => commands.push(entry);

  const cardOf = (who: Who, leaveAt: number | undefined): VirtualCard => {
    const card = cardWithLog(createVirtualCard(who, pki, leaveAt === undefined ? {} : { leaveAt }), noteCommand);
    return {
      ...card,
      async transmit(apdu) {
        oracle.command(who, apdu);
        return card.transmit(apdu);
      },
    };
  };
  // Before the kiosk hears of it: the oracle always knows first.
  let inHand: Who = 'fresh';
  reader.reader.onEvent((event) => {
    if (event.type === 'inserted') oracle.laid(inHand);
    if (event.type === 'removed') oracle.left();
  });
  kiosk.start();

  const world: CounterWorld = {
    kiosk,
    reader,
    clock,
    oracle,
    lay(who, leaveAt) {
      reader.remove();
      inHand = who;
      reader.insert(cardOf(who, leaveAt));
    },
    takeOff: () => reader.remove(),
    press(button, staleBy = 0) {
      const { step } = kiosk.snapshot();
      oracle.pressed(button, staleBy === 0 ? kiosk.snapshot() : null);
      kiosk.handle({ type: 'press', step: Math.max(0, step - staleBy), button });
    },
    typePin(pin) {
      for (const digit of pin) {
        const { step, screen, warning } = kiosk.snapshot();
        if (screen.name !== 'pin') return;
        // A touch on "are you still there?" answers only that, and a fifth digit goes nowhere.
        if (warning === null && screen.digits < 4) oracle.typed(digit);
        kiosk.handle({ type: 'pin-key', step, position: screen.layout.indexOf(Number(digit)) });
      }
    },
    slip(receipt) {
      const { step } = kiosk.snapshot();
      kiosk.handle({ type: 'type-edit', step, edit: 'clear' });
      for (const key of receipt) kiosk.handle({ type: 'type', step, key });
      kiosk.handle({ type: 'type-edit', step, edit: 'ok' });
    },
    enter(text) {
      const { step } = kiosk.snapshot();
      kiosk.handle({ type: 'type-edit', step, edit: 'clear' });
      for (const key of text) {
        if (kiosk.snapshot().screen.name !== 'entry') return;
        oracle.entered(key);
        kiosk.handle({ type: 'type', step, key });
      }
      kiosk.handle({ type: 'type-edit', step, edit: 'ok' });
    },
    choose: (id) => kiosk.handle({ type: 'choose', step: kiosk.snapshot().step, id }),
    slowLine(ms) {
      slow = ms;
    },
    cutLine(now) {
      cut = now;
    },
    async turns(count) {
      if (count !== 'quiet') {
        for (let n = 0; n < count; n++) await turn();
        return;
      }
      for (let calm = 0; calm < 4; calm = underWay === 0 ? calm + 1 : 0) await turn();
    },
    judgeCommands() {
      for (const { command, why } of findForbidden(commands.splice(0))) oracle.breach(`${why}: ${command}`);
    },
    async close() {
      await kiosk.stop();
      await world.turns('quiet');
      outbox?.close();
      if (!keep) rmSync(folder, { recursive: true });
    },
  };
  return world;
}
