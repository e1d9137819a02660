import { join } from 'node:path';
import { type Button, CoreMessage, type Intent, type PageMessage, type Snapshot } from '../../../main/contract/page-protocol.ts';
import { createKiosk } from '../../../main/core/kiosk.ts';
import { createLog } from '../../../main/core/log/log.ts';
import { logFile } from '../../../main/core/log/log-file.ts';
import type { Exchange } from '../../../main/core/platform-http/exchange.ts';
import { BatchRequest } from '../../../main/core/platform-http/wire.ts';
import { corePorts } from '../../../main/hosts/core/core-ports.ts';
import { newId, systemRandom } from '../../../main/hosts/core/system.ts';
import { servePage } from '../../../main/transport/page-endpoint.ts';
import { testForm } from '../../sandbox/platform/forms.ts';
import { createInMemoryReader } from '../../sandbox/virtual-reader/in-memory.ts';
import { AKARI, BUNTA } from '../../support/applicants.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { marking } from '../../support/marking.ts';
import { portPair } from '../../support/port-pair.ts';
import { demoSettings } from '../../support/real-core.ts';

/**
 * A process with one core and one page, through which so many people apply one after the other: real queue on disk, real sealing, pictures
 * of real size. The platform is one answer without a memory, so that what grows is the kiosk's. Prints a line of JSON at each mark.
 * Arguments: data folder, sealing key file, then the marks.
 */
const [data = '', sealingKeyFile = '', ...marks] = process.argv.slice(2);
const at = marks.map(Number);

const clock = createManualClock(Date.now());
let challenges = 0;
let accepted = 0;
const unmarked: Exchange = async ({ path, body }) => {
  const answer = (content: unknown) => ({ status: 200, headers: {}, text: JSON.stringify(content) });
  if (path === '/v1/challenges') {
    const expiresAt = new Date(clock.now() + 1e8).toISOString();
    const drawn = Array.from({ length: 20 }, () => ({ challenge: String(challenges++).padStart(32, '0'), expiresAt }));
    return answer({ challenges: drawn });
  }
  if (path !== '/v1/batches') return answer({ time: new Date(clock.now()).toISOString(), maintenance: false });
  const { items } = BatchRequest.parse(JSON.parse(body ?? ''));
  accepted += items.length;
  return answer({ results: items.map(({ id }) => ({ outcome: 'accepted', id, reference: 'REF-1' })) });
};
const reader = createInMemoryReader();
const made = await corePorts({
  settings: demoSettings([
    ...['terminal.id=K-TEST-1', 'platform.url=http://127.0.0.1:9', `platform.sealingKeyFile=${sealingKeyFile}`],
    ...['outbox.ballastBytes=0', 'outbox.minFreeBytes=0', 'outbox.challengeStock=20'],
  ]),
  data,
  reader: reader.reader,
  clock: {
    ...clock,
    setTimeout(run, ms) {
      // "At once" needs nobody to move the clock.
      if (ms <= 0) setImmediate(() => clock.advance(0));
      return clock.setTimeout(run, ms);
    },
  },
  random: systemRandom,
  newId,
  log: createLog({ level: 'debug', write: logFile(join(data, 'log'), clock.now), now: clock.now }),
  platform: { exchange: marking(unmarked), close: async () => {} },
});
if (!made.ok) throw new Error(made.error.join('; '));
const kiosk = createKiosk(made.value.ports);

const [near, far] = portPair();
let ticks = 0;
const timers = { now: () => 1000 * ticks++, setTimeout: () => null, clearTimeout: () => {} };
servePage(far, kiosk, () => {}, timers);
// Unlike the driver of the other tests, this page keeps nothing but the newest snapshot.
let now: Snapshot | null = null;
let pictures = 0;
near.onMessage((text) => {
  const message = CoreMessage.parse(JSON.parse(text));
  if (message.type === 'snapshot') now = message.snapshot;
  if (message.type === 'photo' && message.jpeg !== null) pictures += 1;
});
const say = (message: PageMessage) => void near.send(JSON.stringify(message));
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const step = () => now?.step ?? 0;
const send = (intent: Intent) => say({ type: 'intent', intent });
const press = (button: Button) => send({ type: 'press', step: step(), button });
async function see(...names: Snapshot['screen']['name'][]): Promise<void> {
  const until = performance.now() + 20_000;
  while (now === null || !names.includes(now.screen.name)) {
    if (performance.now() > until) throw new Error(`${names.join(', ')} wanted, ${now?.screen.name ?? 'nothing'} is up`);
    await turn();
  }
}
const go = async (button: Button, ...names: Snapshot['screen']['name'][]) => {
  press(button);
  await see(...names);
};
const scan = (text: string) => send({ type: 'scanned', step: step(), text });

const photos = [AKARI, BUNTA].map((who) => Buffer.from(who.photo()).toString('base64'));
const shoot = async (n: number) => {
  say({ type: 'photo', step: step(), jpeg: photos[n % 2] ?? '', hints: n % 3 === 0 ? ['blurred'] : [] });
  await see('photo-advice', 'photo-review');
};

/** One person. Most are accepted; some take the picture again and again, some leave, some come with another form. */
async function apply(n: number): Promise<void> {
  await see('attract', 'goodbye');
  await go('start', 'menu');
  await go('card-application', 'about-application');
  await go('next', 'form-read');
  scan(testForm(n + 100));
  await see('form-moved');
  await go('no', 'contact-kind');
  await go('email', 'contact-entry');
  for (const key of (n % 2 === 0 ? AKARI : BUNTA).email) send({ type: 'type', step: step(), key });
  send({ type: 'type-edit', step: step(), edit: 'ok' });
  await see('certificates');
  await go('next', 'braille');
  await go('no', 'photo-prepare');
  await go('next', 'photo');
  for (let retakes = n % 5; retakes > 0; retakes--) {
    await shoot(n + retakes);
    await go('retake', 'photo');
  }
  await shoot(n);
  if (now?.screen.name === 'photo-advice') await go('use', 'photo-review');
  if (now?.screen.name === 'photo-review') say({ type: 'want-photo', shot: now.screen.shot });
  if (n % 10 === 3) {
    kiosk.staffCancel();
    await see('goodbye');
    return;
  }
  await go('use', 'application-read-back');
  await go('confirm', 'form-again');
  if (n % 10 === 7) {
    scan(testForm(99));
    await see('other-form');
  } else {
    scan(testForm(n + 100));
    await see('application-accepted');
  }
  await go('done', 'goodbye');
}

kiosk.start();
say({ type: 'hello', v: 1 });
for (let turns = 0; turns < 200; turns++) await turn();
const collect = (globalThis as { gc?: () => void }).gc;
if (collect === undefined) throw new Error('--expose-gc is wanted');
for (let n = 1; n <= Math.max(...at); n++) {
  await apply(n);
  // The day goes on: polls, a tidy queue, the screen back at its start.
  clock.advance(40_000);
  for (let turns = 0; turns < 20; turns++) await turn();
  if (!at.includes(n)) continue;
  // The least of several looks: what a collection frees only at the next one is no growth.
  let least = { heapUsed: Number.POSITIVE_INFINITY, external: Number.POSITIVE_INFINITY };
  for (let round = 0; round < 8; round++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { heapUsed, external } = process.memoryUsage();
    if (heapUsed + external < least.heapUsed + least.external) least = { heapUsed, external };
  }
  const { heapUsed, external } = least;
  process.stdout.write(`${JSON.stringify({ applications: n, accepted, pictures, heapUsed, external })}\n`);
}
await kiosk.stop();
made.value.outbox?.close();
