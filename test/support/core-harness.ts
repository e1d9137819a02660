import { join } from 'node:path';
import type { BatchItem } from '../../main/contract/platform.ts';
import { createKiosk, type Kiosk } from '../../main/core/kiosk.ts';
import { createLog } from '../../main/core/log/log.ts';
import { logFile } from '../../main/core/log/log-file.ts';
import type { OutboxStore } from '../../main/core/outbox/outbox.ts';
import type { Exchange } from '../../main/core/platform-http/exchange.ts';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import type { Clock } from '../../main/core/ports.ts';
import { corePorts } from '../../main/hosts/core/core-ports.ts';
import { newId, systemClock, systemRandom } from '../../main/hosts/core/system.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { type Platform, type PlatformOptions, startPlatform } from '../sandbox/platform/start.ts';
import { type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { createInMemoryReader, type InMemoryReader } from '../sandbox/virtual-reader/in-memory.ts';
import { noteIssued } from './issued-ids.ts';
import { loggedCard } from './logged-card.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { drivePage, type PageDriver, walkToPin } from './page-driver.ts';
import { portPair } from './port-pair.ts';
import { demoSettings, type HeardLog, hearLog } from './real-core.ts';
import { testFolder } from './test-folder.ts';

/** A request that left the kiosk. `at`: monotonic ms of the kiosk's clock. */
export interface Request {
  readonly path: string;
  readonly at: number;
  readonly items: readonly BatchItem[];
}

/** The real core in this process, between an in-memory reader and a real platform. */
export interface CoreHarness {
  readonly kiosk: Kiosk;
  readonly page: PageDriver;
  readonly clock: ManualClock;
  readonly platform: Platform;
  readonly outbox: OutboxStore;
  readonly reader: InMemoryReader;
  readonly pki: TestPki;
  /** Where this kiosk writes. */
  readonly data: string;
  readonly requests: readonly Request[];
  readonly lines: HeardLog['lines'];
  /** Requests that have no answer yet. */
  inFlight(): number;
  /** Another page at the same kiosk, as after a reload. */
  newPage(): PageDriver;
  /** Resolves when the check holds; looked at whenever the core did something (a log line, a snapshot, a request, a timer). */
  until(check: () => boolean): Promise<void>;
  /** A person's whole set-up, until the card has signed and the row is queued, or not. The card stays on the reader. */
  visit(card?: CardStateName): Promise<void>;
  /** Takes the card off and waits until the next person may come. */
  leave(): Promise<void>;
  /** Rows that wait. */
  waiting(): number;
  close(): Promise<void>;
}

export interface HarnessOptions {
  readonly name: string;
  readonly set?: readonly string[];
  /** `system`: real time, and the platform behind a real socket; `clock` must not be touched then. Default `manual`. */
  readonly time?: 'manual' | 'system';
  readonly data?: string;
  readonly platform?: Partial<PlatformOptions>;
  /** What the world does before the kiosk starts. */
  readonly before?: (platform: Platform) => void;
  /** false: does not wait for the first challenges and the catalogue. */
  readonly stocked?: boolean;
}

export async function createHarness(options: HarnessOptions): Promise<CoreHarness> {
  const { name, set = [], time = 'manual', data = testFolder('kiosk', name) } = options;
  const pki = await ensureTestPki();
  const manual = createManualClock(Date.now());
  const real = time === 'system';
  const clock: Clock = real ? systemClock : manual;
  const platform = await startPlatform({
    data: testFolder('world', name),
    memory: true,
    pki,
    port: real ? 0 : null,
    ...(real ? {} : { clock: manual }),
    ...options.platform,
  });
  options.before?.(platform);

  const waiting = new Set<() => void>();
  let looking = false;
  const look = () => {
    // Not in the middle of what the core does: its own state may be half way.
    if (looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      for (const check of [...waiting]) check();
    });
  };
  const watched: Clock = {
    ...clock,
    setTimeout(run, ms) {
      look();
      // "At once" needs nobody to move the clock.
      if (ms <= 0 && !real) setImmediate(() => manual.advance(0));
      return clock.setTimeout(run, ms);
    },
  };
  const settings = demoSettings([
    'terminal.id=K-TEST-1',
    'helpers=true',
    `platform.url=${real ? platform.url : 'http://127.0.0.1:9'}`,
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    `platform.catalogueKeyFile=${platform.catalogueKeyFile}`,
    ...['outbox.ballastBytes=65536', 'outbox.minFreeBytes=0', 'sync.pollSeconds=30', 'sync.backOffCapSeconds=60'],
    ...set,
  ]);
  const requests: Request[] = [];
  let inFlight = 0;
  const http = real
    ? httpExchange({ url: platform.url, timeoutMs: settings.platform.requestTimeoutSeconds * 1000 })
    : { exchange: platform.exchange, close: async () => {} };
  const exchange: Exchange = async (ask) => {
    const items = ask.path === '/v1/batches' ? (JSON.parse(ask.body ?? '') as { items: BatchItem[] }).items : [];
    requests.push({ path: ask.path, at: clock.monotonic(), items });
    inFlight += 1;
    look();
    return http.exchange(ask).finally(() => {
      inFlight -= 1;
      look();
    });
  };
  const file = createLog({ level: 'debug', write: logFile(join(data, 'log'), clock.now), now: clock.now });
  const heard = hearLog(file, look);
  const reader = createInMemoryReader();
  const made = await corePorts({
    settings,
    data,
    reader: reader.reader,
    clock: watched,
    random: systemRandom,
    newId,
    log: heard.log,
    platform: { ...http, exchange },
  });
  if (!made.ok || made.value.outbox === null) throw new Error(made.ok ? 'no queue' : made.error.join('; '));
  const { ports, outbox } = made.value;
  const kiosk = createKiosk(ports);
  kiosk.onSnapshot(look);
  // A test types faster than any person, and must not meet the Port's limits: to the gate its messages come 300 ms apart.
  let messages = 0;
  const unhurried = { ...systemTimers, now: () => 300 * messages++ };
  const newPage = () => {
    const [near, far] = portPair();
    servePage(far, kiosk, heard.log, unhurried);
    return drivePage(near);
  };
  const until = (check: () => boolean) =>
    new Promise<void>((resolve) => {
      const again = () => {
        if (!check()) return;
        waiting.delete(again);
        resolve();
      };
      waiting.add(again);
      look();
    });
  kiosk.start();
  const page = newPage();
  if (options.stocked !== false) await until(() => outbox.challengeCount() > 0 && ports.catalogue.current() !== null);

  return {
    kiosk,
    page,
    clock: manual,
    platform,
    outbox,
    reader,
    pki,
    data,
    requests,
    lines: heard.lines,
    inFlight: () => inFlight,
    newPage,
    until,
    async visit(state = 'fresh') {
      const card = loggedCard(createVirtualCard(state, pki), name);
      await walkToPin(page, () => void reader.insert(card));
      page.enterPin(card.pin);
      await page.until(({ screen }) => screen.name !== 'pin' && screen.name !== 'signing');
    },
    async leave() {
      reader.remove();
      await page.see('goodbye', 'attract');
    },
    waiting: () => {
      const { pending, sending } = outbox.counts();
      return pending + sending;
    },
    async close() {
      noteIssued(platform.people().map(({ myKeyId }) => myKeyId));
      await kiosk.stop();
      outbox.close();
      await platform.close();
    },
  };
}
