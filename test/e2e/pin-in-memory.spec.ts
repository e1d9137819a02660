import { setTimeout as sleep } from 'node:timers/promises';
import { foundInMemory, KIOSK_PROCESSES, planted, processesOfTheKiosk } from '../support/kiosk-memory.ts';
import { pinNeedles } from '../support/pin-needles.ts';
import { toReadBack } from '../support/walks.ts';
import { type Counter, expect, test } from './counter.ts';

/** Not on the virtual reader: its host is the card as well, and knows the PIN. */
const found = (pin: string, processes = processesOfTheKiosk()) => foundInMemory(pinNeedles(pin), processes);

/** A PIN that lies nowhere yet, in no form. No number is written with a nought in front. */
function unusedPin(): string {
  for (let tries = 0; tries < 20; tries++) {
    const digits = '123456789'.split('').sort(() => Math.random() - 0.5);
    const pin = `0${digits.slice(0, 3).join('')}`;
    if (Object.keys(found(pin).hits).length === 0) return pin;
  }
  throw new Error('every PIN lies somewhere in memory already');
}

async function visit(counter: Counter, card: 'fresh' | 'fresh-2'): Promise<void> {
  await toReadBack(counter, card);
  await counter.press('confirm');
  await counter.see('pin');
  await counter.typePin(counter.pinOf(card));
  await counter.issuedId();
}

async function leave(counter: Counter): Promise<void> {
  await counter.takeCard();
  await counter.see('attract');
}

// Four small numbers in a row may all the same come to lie somewhere by chance; a PIN that is really kept is found every time.
test.describe.configure({ retries: 2 });

test('one second after VERIFY no process holds the PIN, nor three visits later @reader @pcscd-only', async ({ counter }) => {
  test.setTimeout(600_000);
  // A page of a visit holds tables of small numbers (texts, fonts) that one at the attract screen has not read yet. The PIN is one that lies in no
  // process at the same moment of somebody else's visit.
  await counter.see('attract');
  await visit(counter, 'fresh-2');
  await sleep(1000);
  const pin = unusedPin();
  await leave(counter);

  const control = await planted(pinNeedles(pin));
  const seen = found(pin, [{ pid: control.pid ?? -1, kind: 'core' }]).hits;
  control.kill();
  expect(Object.keys(seen).toSorted()).toEqual(
    pinNeedles(pin)
      .map(({ form }) => `core: ${form}`)
      .toSorted(),
  );

  expect(new Set(processesOfTheKiosk().map(({ kind }) => kind))).toEqual(new Set(Object.keys(KIOSK_PROCESSES)));

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
