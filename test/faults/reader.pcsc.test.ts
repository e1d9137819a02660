import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCardReader } from '../../main/core/card/card-reader.ts';
import { forkCardHost } from '../../main/core/card/fork-card-host.ts';
import { createKiosk, type Kiosk } from '../../main/core/kiosk.ts';
import { createLog } from '../../main/core/log/log.ts';
import { logFile } from '../../main/core/log/log-file.ts';
import { corePorts } from '../../main/hosts/core/core-ports.ts';
import { newId, systemClock, systemRandom } from '../../main/hosts/core/system.ts';
import { portPair } from '../../main/transport/port-pair.ts';
import { servePage } from '../../main/transport/rpc.ts';
import { endPcscd, startPcscd } from '../sandbox/pcscd/daemon.ts';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type InsertedCard, insertCard } from '../sandbox/virtual-card/insert.ts';
import { fileLog } from '../sandbox/virtual-card/log.ts';
import { noteIssued } from '../support/issued-ids.ts';
import { drivePage, type PageDriver, walkToCard } from '../support/page-driver.ts';
import { demoSettings } from '../support/real-core.ts';
import { testFolder } from '../support/test-folder.ts';

/** The real core on the real pcscd: the reader's software dies in the middle of a person's visit. */
let pki: TestPki;
let platform: Platform;
let kiosk: Kiosk;
let page: PageDriver;
let card: InsertedCard | null = null;
let close: () => Promise<void>;

beforeAll(async () => {
  pki = await ensureTestPki();
});
beforeEach(async () => {
  platform = await startPlatform({ data: testFolder('world', 'reader'), pki, port: null });
  const settings = demoSettings([
    'platform.url=http://127.0.0.1:9',
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    'timeouts.goodbyeSeconds=1',
  ]);
  const folder = testFolder('kiosk', 'reader');
  const now = () => systemClock.now();
  const log = createLog({ level: 'debug', write: logFile(join(folder, 'log'), now), now });
  const reader = createCardReader({
    spawn: forkCardHost({ entry: resolve(import.meta.dirname, '../../native/card-host/main.ts') }),
    clock: systemClock,
    log,
    settings: settings.reader,
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
  const { ports, outbox } = made.value;
  kiosk = createKiosk(ports);
  kiosk.start();
  const [near, far] = portPair();
  servePage(far, kiosk, () => {});
  page = drivePage(near);
  close = async () => {
    page.close();
    await kiosk.stop();
    outbox?.close();
  };
});
afterEach(async () => {
  await startPcscd();
  await card?.remove();
  await close();
  noteIssued(platform.people().map(({ myKeyId }) => myKeyId));
  await platform.close();
});

async function lay(): Promise<void> {
  const log = fileLog(join(testFolder('cards', 'reader'), 'card.apdu.jsonl'));
  card = await insertCard(createVirtualCard('fresh', pki), { log });
}

async function takeOff(): Promise<void> {
  await card?.remove();
  card = null;
}

async function toPin(): Promise<void> {
  await walkToCard(page);
  await lay();
  await page.see('read-back');
  await page.go('confirm', 'pin');
}

/** Another visit, from the beginning to the My Key ID. */
async function everythingWorksAgain(): Promise<void> {
  await takeOff();
  await page.see('attract');
  await toPin();
  page.enterPin(personOf(pki, 'fresh').pin);
  await page.see('issued');
  expect(platform.summary().people).toBe(1);
}

test('pcscd killed while a PIN is being entered: out of order, the visit is wiped, and it all works when pcscd is back', async () => {
  await toPin();
  await endPcscd('SIGKILL');
  const broken = await page.see('out-of-order');
  expect(broken).toMatchObject({ screen: { reason: 'reader-service' }, session: false });
  await takeOff();
  await startPcscd();
  await everythingWorksAgain();
});

test('the card host killed while a PIN is being entered: replaced by itself; the card must come off first', async () => {
  await toPin();
  process.kill(cardHostPid(), 'SIGKILL');
  await page.until(({ session }) => !session);
  expect(await page.see('take-card')).toMatchObject({ session: false });
  await everythingWorksAgain();
});

/** Our own child with this entry file. */
function cardHostPid(): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      if (parent === process.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('card-host/main')) return Number(name);
    } catch {
      // It ended while we looked.
    }
  }
  throw new Error('no card host');
}
