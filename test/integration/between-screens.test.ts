import { expect, test } from 'vitest';
import type { Button } from '../../main/contract/page-protocol.ts';
import { createScriptedKiosk } from '../support/scripted-kiosk.ts';

/** A journey that ends shows no screen of its own on the way to the next one: a person would see it flash, and the page would draw twice. */
const JOURNEYS = ['check', 'set-up', 'sign-up', 'status', 'municipal', 'receipt-lookup', 'card-application'] as const;

function kioskThatTells() {
  const k = createScriptedKiosk([...JOURNEYS]);
  const told: string[] = [];
  k.kiosk.onSnapshot(({ screen }) => {
    if (told.at(-1) !== screen.name) told.push(screen.name);
  });
  k.kiosk.start();
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  return { ...k, told };
}

test.each(JOURNEYS)('%s: one step back from where it begins is the menu, with nothing between', async (journey) => {
  const k = kioskThatTells();
  k.press('start');
  k.press(journey);
  await k.flush();
  const first = k.kiosk.snapshot().screen.name;
  k.press('back');
  await k.flush();
  expect(k.told.slice(-3)).toEqual(['menu', first, 'menu']);
  await k.kiosk.stop();
});

test.each([
  ['check', []],
  ['set-up', ['next', 'self', 'holder', 'agree', 'agree']],
] as const)('%s: done leads straight to "take your card"', async (journey, ways) => {
  const k = kioskThatTells();
  for (const button of ['start', journey, ...ways] satisfies Button[]) {
    k.press(button);
    await k.flush();
  }
  k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
  await k.flush();
  if (journey === 'set-up') {
    k.press('confirm');
    await k.flush();
    k.type(4);
    k.edit('ok');
    await k.flush();
    // No answer of the platform comes.
    k.clock.advance(20_000);
    await k.flush();
  }
  const last = k.kiosk.snapshot().screen.name;
  k.press('done');
  await k.flush();
  expect(k.told.slice(-2)).toEqual([last, 'take-card']);
  await k.kiosk.stop();
});
