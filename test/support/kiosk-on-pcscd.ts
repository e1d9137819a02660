import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CardSessionNumber } from '../../main/contract/card-host.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { createCardReader } from '../../main/core/card/card-reader.ts';
import { forkCardHost } from '../../main/core/card/fork-card-host.ts';
import { createKiosk, type Kiosk } from '../../main/core/kiosk.ts';
import { createLog } from '../../main/core/log/log.ts';
import { logFile } from '../../main/core/log/log-file.ts';
import { corePorts, type StaffPorts } from '../../main/hosts/core/core-ports.ts';
import { newId, systemClock, systemRandom } from '../../main/hosts/core/system.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { type PersonName, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { type InsertedCard, insertCard } from '../sandbox/virtual-card/insert.ts';
import { fileLog } from '../sandbox/virtual-card/log.ts';
import { childPid } from './child-pid.ts';
import { noteIssued } from './issued-ids.ts';
import { drivePage, type PageDriver, walkToCard } from './page-driver.ts';
import { portPair } from './port-pair.ts';
import { demoSettings } from './real-core.ts';
import { testFolder } from './test-folder.ts';

/** The real core and card host on the real pcscd, in this process, with a person's hand on the first slot. */
export interface KioskOnPcscd {
  readonly kiosk: Kiosk;
  readonly page: PageDriver;
  readonly platform: Platform;
  readonly staff: StaffPorts;
  /** Every screen so far, with a goodbye's reason. */
  readonly screens: readonly string[];
  /** What the page was shown since the card host last told of a card that was taken off; null: of none yet. */
  readonly afterRemoval: readonly Snapshot[] | null;
  lay(card?: VirtualCard): Promise<void>;
  takeOff(): Promise<void>;
  /** From the attract screen to the PIN, laying the card on the way. */
  toPin(card?: VirtualCard): Promise<void>;
  /** And on to the My Key ID. */
  toIssued(card?: VirtualCard): Promise<void>;
  /** The running card host. @throws when there is none */
  hostPid(): number;
  close(): Promise<void>;
}

export interface PcscdKioskOptions {
  readonly name: string;
  readonly pki: TestPki;
  /** Of the card host, beside the usual. */
  readonly env?: Record<string, string>;
  readonly settings?: readonly string[];
}

export async function kioskOnPcscd({ name, pki, env, settings: more = [] }: PcscdKioskOptions): Promise<KioskOnPcscd> {
  const platform = await startPlatform({ data: testFolder('world', name), pki, port: null });
  const settings = demoSettings([
    'platform.url=http://127.0.0.1:9',
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    'timeouts.goodbyeSeconds=1',
    ...more,
  ]);
  const folder = testFolder('kiosk', name);
  const now = () => systemClock.now();
  const log = createLog({ level: 'debug', write: logFile(join(folder, 'log'), now), now });
  const entry = resolve(import.meta.dirname, '../../native/card-host/main.ts');
  const reader = createCardReader({
    spawn: forkCardHost(env === undefined ? { entry } : { entry, env }),
    clock: systemClock,
    log,
    settings: settings.reader,
  });
  let afterRemoval: Snapshot[] | null = null;
  const told = new Set<CardSessionNumber>();
  // Before the kiosk hears of it.
  reader.onEvent((event) => {
    if (event.type === 'inserted') told.add(event.session);
    if (event.type !== 'removed') return;
    told.delete(event.session);
    afterRemoval = [];
  });
  const made = await corePorts({
    settings,
    data: folder,
    reader,
    clock: systemClock,
    random: systemRandom,
    newId,
    log,
    platform: { exchange: platform.exchange, close: async () => {} },
  });
  if (!made.ok) throw new Error(made.error.join());
  const { ports, outbox, staff } = made.value;
  const kiosk = createKiosk(ports);
  const screens: string[] = [];
  kiosk.onSnapshot(({ screen }) => {
    const said = screen.name === 'goodbye' ? `goodbye:${screen.reason}` : screen.name;
    if (screens.at(-1) !== said) screens.push(said);
  });
  kiosk.onSnapshot((snapshot) => void afterRemoval?.push(snapshot));
  kiosk.start();
  const [near, far] = portPair();
  servePage(far, kiosk, () => {});
  const page = drivePage(near);
  let card: InsertedCard | null = null;

  const on: KioskOnPcscd = {
    kiosk,
    page,
    platform,
    staff,
    screens,
    get afterRemoval() {
      return afterRemoval;
    },
    async lay(laid = createVirtualCard('fresh', pki)) {
      const apdus = fileLog(join(testFolder('cards', name), 'card.apdu.jsonl'));
      card = await insertCard(laid, { log: apdus });
    },
    async takeOff() {
      await card?.remove();
      card = null;
    },
    async toPin(laid) {
      await walkToCard(page);
      await on.lay(laid);
      await page.see('read-back');
      await page.go('confirm', 'pin');
    },
    async toIssued(laid) {
      await on.toPin(laid);
      page.enterPin(personOf(pki, 'fresh' satisfies PersonName).pin);
      await page.see('issued');
    },
    hostPid() {
      const pid = childPid(process.pid, 'card-host/main');
      if (pid === null) throw new Error('no card host');
      return pid;
    },
    async close() {
      await on.takeOff();
      // pcscd notices within a third of a second; a kiosk that starts earlier would find the card of the test before.
      for (let waited = 0; told.size > 0 && waited < 2000; waited += 20) await sleep(20);
      page.close();
      await kiosk.stop();
      outbox?.close();
      noteIssued(platform.people().map(({ myKeyId }) => myKeyId));
      await platform.close();
    },
  };
  return on;
}
