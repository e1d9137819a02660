import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, searchMemory } from '../support/memory-search.ts';
import { pinNeedles } from '../support/pin-needles.ts';
import { type Counter, expect, test } from './counter.ts';

/** Everything of a kiosk that runs. Not on the virtual reader: its host is the card as well, and knows the PIN. */
const KINDS = {
  launcher: 'hosts/launch/launch',
  core: 'hosts/core/index',
  'card host': 'native/card-host/main',
  'page (renderer)': '--type=renderer',
  'browser, its other processes': 'chromium',
} as const;
type Kind = keyof typeof KINDS;

function processesOfTheKiosk(): { pid: number; kind: Kind }[] {
  return descendants(process.pid).flatMap(({ pid, words }) => {
    const kind = (Object.keys(KINDS) as Kind[]).find((name) => words.includes(KINDS[name]));
    return kind === undefined ? [] : [{ pid, kind }];
  });
}

/** Counts by process and form, what is not there left out. */
function found(pin: string, processes = processesOfTheKiosk()): { hits: Record<string, number>; words: string } {
  const hits: Record<string, number> = {};
  const words: string[] = [];
  for (const { pid, kind } of processes) {
    try {
      const { bytes, counts } = searchMemory(pid, pinNeedles(pin));
      let sum = 0;
      for (const [form, count] of counts) {
        sum += count;
        if (count > 0) hits[`${kind}: ${form}`] = (hits[`${kind}: ${form}`] ?? 0) + count;
      }
      words.push(`${kind} ${sum} in ${Math.round(bytes / 2 ** 20)} MB`);
    } catch (error) {
      // A browser's helper process that ended meanwhile; ours do not.
      if (!kind.startsWith('browser')) throw error;
    }
  }
  return { hits, words: words.join(', ') };
}

/** A PIN that lies nowhere yet, in no form. No number is written with a nought in front. */
function unusedPin(): string {
  for (let tries = 0; tries < 20; tries++) {
    const digits = '123456789'.split('').sort(() => Math.random() - 0.5);
    const pin = `0${digits.slice(0, 3).join('')}`;
    if (Object.keys(found(pin).hits).length === 0) return pin;
  }
  throw new Error('every PIN lies somewhere in memory already');
}

/** A process that holds every form, each once. */
async function planted(pin: string): Promise<ChildProcess> {
  const hex = pinNeedles(pin).map(({ bytes }) => bytes.toString('hex'));
  const script = `const kept = ${JSON.stringify(hex)}.map((hex) => Buffer.from('00' + hex + '00', 'hex'));
    process.stdout.write('ready'); setInterval(() => kept.length, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

async function visit(counter: Counter, card: 'fresh' | 'fresh-2'): Promise<void> {
  await counter.toReadBack(card);
  await counter.press('confirm');
  await counter.see('pin');
  await counter.typePin(counter.sandbox.cards.pinOf(card));
  await counter.issuedId();
}

async function leave(counter: Counter): Promise<void> {
  await counter.takeOff();
  await counter.see('attract');
}

test('one second after VERIFY no process holds the PIN, nor three visits later @reader @pcscd-only', async ({ counter }) => {
  test.setTimeout(600_000);
  await counter.see('attract');
  const pin = unusedPin();

  const control = await planted(pin);
  const seen = found(pin, [{ pid: control.pid ?? -1, kind: 'core' }]).hits;
  control.kill();
  expect(Object.keys(seen).toSorted()).toEqual(
    pinNeedles(pin)
      .map(({ form }) => `core: ${form}`)
      .toSorted(),
  );

  expect(new Set(processesOfTheKiosk().map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));

  counter.sandbox.cards.renew('fresh', pin);
  await visit(counter, 'fresh');
  await sleep(1000);
  const after = found(pin);
  process.stdout.write(`PIN in memory 1 s after VERIFY: ${after.words}\n`);
  expect(after.hits).toEqual({});

  await leave(counter);
  for (let n = 0; n < 3; n++) {
    await visit(counter, 'fresh-2');
    await leave(counter);
  }
  const later = found(pin);
  process.stdout.write(`PIN in memory three visits later: ${later.words}\n`);
  expect(later.hits).toEqual({});
});
