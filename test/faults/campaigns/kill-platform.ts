import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import { SealingKey } from '../../../main/core/seal/seal.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
import { systemRandom } from '../../../main/hosts/core/system.ts';
import { personOf, type TestPki } from '../../sandbox/pki/index.ts';
import { createCounter } from '../../sandbox/platform/counter.ts';
import { Summary } from '../../sandbox/platform/views.ts';
import { freePort } from '../../support/free-port.ts';
import type { RoundFigures } from './figures.ts';
import { fastClock } from './line-round.ts';
import type { Random } from './random.ts';
import { openQueue, placeIn } from './store.ts';

const TERMINAL = 'K-KILL-1';
const ROWS = 12;
/** By the kiosk's clock, a row that failed alone waiting a minute, and then two. The platform's own is the machine's. */
const DRAINED_WITHIN_MS = 15 * 60_000;
const TIMEOUT_MS = 40_000;
const sync = { pollSeconds: 10, catalogueSeconds: 3600, backOffCapSeconds: 10, startSpreadSeconds: 0 };
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The reference platform on one port and one data folder, whatever happens to its process. */
async function startOn(program: string, port: number, data: string) {
  const child = spawn(process.execPath, [program, '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the platform does not start'))),
  ]);
  return {
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/**
 * The platform dies by SIGKILL while it takes rows, once or twice, and comes again on the same folder: each row ends on it once.
 * @param program the platform's, as it is run
 */
export async function killPlatform(folder: string, random: Random, pki: TestPki, program: string): Promise<RoundFigures> {
  const clock = fastClock();
  const data = join(folder, 'platform');
  mkdirSync(data);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let platform = await startOn(program, port, data);
  const http = httpExchange({ url, timeoutMs: TIMEOUT_MS, clock });
  const publicJwk = SealingKey.parse(JSON.parse(readFileSync(join(data, 'sealing-key.jwk.json'), 'utf8')));
  const counter = await createCounter({ exchange: http.exchange, publicJwk }, TERMINAL, Date.now);
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  const items = [];
  for (let n = 0; n < ROWS; n++) items.push((await counter.actWith({ certDer: authCertDer, key: authKey })).item);
  const queue = openQueue(placeIn(folder), clock);
  if (typeof queue === 'string') throw new Error(queue);
  const { store } = queue;
  const client = createHttpPlatform(http, TERMINAL, clock.now, systemRandom);
  const heard = new Set<string>();
  const delivery = createDelivery({
    ...{ outbox: store, client, clock, random: systemRandom, terminal: TERMINAL, sync, challengeStock: 4 },
    log: (event) => void heard.add(event),
  });
  const problems: string[] = [];
  try {
    delivery.start();
    // Some at once, some while the platform is dying.
    const committing = (async () => {
      for (const { id, kind, receipt, sealed } of items) {
        if (!store.enqueue({ id, kind, receipt, sealed }).ok) problems.push(`${id} was refused on a good disk`);
        delivery.nudge();
        await sleep(random.int(12));
      }
    })();
    const deaths = random.chance(0.3) ? 2 : 1;
    for (let death = 0; death < deaths; death++) {
      await sleep(random.int(150));
      await platform.kill();
      platform = await startOn(program, port, data);
    }
    await committing;
    const until = clock.monotonic() + DRAINED_WITHIN_MS;
    const waiting = () => store.counts().pending + store.counts().sending;
    while (waiting() > 0 && clock.monotonic() < until) await sleep(20);
    const { perId } = Summary.parse(await (await fetch(`${url}/sandbox/summary`)).json());
    const stuck = waiting() > 0;
    const lost = stuck ? 0 : items.filter(({ id }) => perId[id]?.accepted === undefined || perId[id].accepted < 1).length;
    const doubled = items.filter(({ id }) => (perId[id]?.accepted ?? 0) > 1 || (perId[id]?.conflict ?? 0) > 0).length;
    if (lost > 0) problems.push(`${lost} rows are not on the platform`);
    if (doubled > 0) problems.push(`${doubled} rows were done twice`);
    if (stuck)
      problems.push(
        `${waiting()} rows still wait, ${store.staff.alone(ROWS).length} alone, next in ${(store.nextDue() ?? 0) - clock.now()} ms`,
      );
    if (store.counts().parked > 0) problems.push(`${store.counts().parked} rows are parked`);
    // A death between two requests is none that a kiosk could notice.
    return { lost, doubled, stuck, told: heard.has('sync.back-off'), problems };
  } finally {
    await delivery.stop();
    await http.close();
    store.close();
    await platform.kill();
  }
}
