import { describe, expect, test } from 'vitest';
import { createScriptedKiosk, freshFacts } from '../support/scripted-kiosk.ts';

/** Readers and slots apart (C1 and C6: SOURCES.md, Cases: card): names as pcsc-lite gives them. */
const SLOT = 'ACS ACR38U-CCID 00 00';
const SAM = 'ACS ACR38U-CCID 00 01';
const OTHER = 'SCM SCR3310 01 00';

function begin(names: readonly string[]) {
  const k = createScriptedKiosk();
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: [...names] });
  return k;
}
type Scripted = ReturnType<typeof begin>;

let next = 1;
async function visit(k: Scripted, reader: string): Promise<void> {
  const session = next++;
  k.reader({ type: 'inserted', session, reader, found: false });
  await k.flush();
  expect(k.screen.name).toBe('menu');
  expect(k.kiosk.snapshot().session).toBe(true);
  k.reader({ type: 'removed', session, reader });
  await k.flush();
  expect(k.screen).toEqual({ name: 'goodbye', reason: 'removed' });
  k.clock.advance(5000);
  await k.flush();
  expect(k.screen.name).toBe('attract');
}

describe('a slot that no person reaches', () => {
  test.each([true, false])('is mute from the start (found: %s), and the other slot serves, visit after visit', async (found) => {
    const k = begin([SLOT, SAM]);
    k.reader({ type: 'mute', reader: SAM, found });
    await k.flush();
    expect(k.screen.name).toBe('attract');
    for (let n = 0; n < 3; n++) await visit(k, SLOT);
    // It comes and goes by itself.
    k.reader({ type: 'mute-removed', reader: SAM });
    k.reader({ type: 'mute', reader: SAM, found: false });
    await k.flush();
    expect(k.screen.name).toBe('attract');
    await visit(k, SLOT);
    await k.kiosk.stop();
  });

  test('holds a card of its own: it blocks nothing, and its coming under a visit ends nothing', async () => {
    const k = begin([SLOT, SAM]);
    k.reader({ type: 'inserted', session: 900, reader: SAM, found: true });
    await k.flush();
    expect(k.screen.name).toBe('attract');
    await visit(k, SLOT);
    const session = next++;
    k.reader({ type: 'inserted', session, reader: SLOT, found: false });
    await k.flush();
    k.reader({ type: 'removed', session: 900, reader: SAM });
    k.reader({ type: 'inserted', session: 901, reader: SAM, found: false });
    await k.flush();
    expect(k.kiosk.snapshot()).toMatchObject({ screen: { name: 'menu' }, session: true });
    await k.kiosk.stop();
  });
});

describe('a slot that persons use', () => {
  test('alone: what lies there mute is told of, and must be taken', async () => {
    const k = begin([SLOT]);
    k.reader({ type: 'mute', reader: SLOT, found: false });
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'card-problem', problem: { code: 'mute' } });
    k.press('home');
    await k.flush();
    expect(k.screen.name).toBe('take-card');
    k.reader({ type: 'mute-removed', reader: SLOT });
    await k.flush();
    expect(k.screen.name).toBe('goodbye');
    await k.kiosk.stop();
  });

  test('beside others: told of before it has shown a card, and blocks from then on', async () => {
    const k = begin([SLOT, SAM]);
    k.reader({ type: 'mute', reader: SLOT, found: false });
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'card-problem', problem: { code: 'mute' } });
    k.reader({ type: 'mute-removed', reader: SLOT });
    await k.flush();
    k.press('home');
    await k.flush();
    expect(k.screen.name).toBe('attract');
    await visit(k, SLOT);
    k.reader({ type: 'mute', reader: SLOT, found: false });
    await k.flush();
    expect(k.screen.name).toBe('card-problem');
    k.press('home');
    await k.flush();
    expect(k.screen.name).toBe('take-card');
    await k.kiosk.stop();
  });

  test('two that have both shown a card: two cards at once are nobody’s', async () => {
    const k = begin([SLOT, OTHER]);
    await visit(k, SLOT);
    await visit(k, OTHER);
    k.reader({ type: 'inserted', session: 800, reader: SLOT, found: true });
    await k.flush();
    expect(k.screen.name).toBe('take-card');
    k.reader({ type: 'inserted', session: 801, reader: OTHER, found: false });
    await k.flush();
    expect(k.kiosk.snapshot().session).toBe(false);
    await k.kiosk.stop();
  });
});

describe('the cause of an end', () => {
  const laid = async (names: readonly string[]) => {
    const k = begin(names);
    k.script.card = freshFacts;
    k.reader({ type: 'inserted', session: 700, reader: SLOT, found: false });
    await k.flush();
    expect(k.kiosk.snapshot().session).toBe(true);
    return k;
  };

  test('the reader of the card is unplugged, another stays: it was the reader', async () => {
    const k = await laid([SLOT, OTHER]);
    k.reader({ type: 'readers', names: [OTHER] });
    k.reader({ type: 'removed', session: 700, reader: SLOT });
    await k.flush();
    expect(k.screen).toEqual({ name: 'goodbye', reason: 'reader' });
    await k.kiosk.stop();
  });

  test('another reader is unplugged: the visit goes on', async () => {
    const k = await laid([SLOT, OTHER]);
    k.reader({ type: 'readers', names: [SLOT] });
    await k.flush();
    expect(k.kiosk.snapshot()).toMatchObject({ screen: { name: 'menu' }, session: true });
    await k.kiosk.stop();
  });

  test.each(['silent', 'not-running', 'host-gone'] as const)('the service is %s: it was the reader', async (why) => {
    const k = await laid([SLOT]);
    k.reader({ type: 'service', up: false, why });
    k.reader({ type: 'readers', names: [] });
    k.reader({ type: 'removed', session: 700, reader: SLOT });
    await k.flush();
    expect(k.screen).toEqual({ name: 'goodbye', reason: 'reader' });
    k.clock.advance(5000);
    await k.flush();
    expect(k.screen).toEqual({ name: 'out-of-order', reason: 'reader-service' });
    await k.kiosk.stop();
  });

  test('polkit: not allowed, and by itself again when it is', async () => {
    const k = begin([SLOT]);
    k.reader({ type: 'service', up: false, why: 'not-allowed' });
    await k.flush();
    expect(k.screen).toEqual({ name: 'out-of-order', reason: 'reader-not-allowed' });
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: [SLOT] });
    await k.flush();
    expect(k.screen.name).toBe('attract');
    k.script.card = { code: 'reader-failed', why: 'not-allowed' };
    k.reader({ type: 'inserted', session: 701, reader: SLOT, found: false });
    await k.flush();
    k.reader({ type: 'removed', session: 701, reader: SLOT });
    await k.flush();
    k.clock.advance(5000);
    await k.flush();
    expect(k.screen).toEqual({ name: 'out-of-order', reason: 'reader-not-allowed' });
    k.clock.advance(30_000);
    await k.flush();
    expect(k.screen.name).toBe('attract');
    await k.kiosk.stop();
  });
});
