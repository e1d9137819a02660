import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Settings } from '../../main/contract/config.ts';
import type { Button } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';
import { testForm } from '../sandbox/platform/forms.ts';
import type { ScriptedKiosk } from '../support/scripted-kiosk.ts';
import { createScriptedKiosk, freshFacts } from '../support/scripted-kiosk.ts';

// XState says so when an event goes to a chart that has ended.
let warned: MockInstance<typeof console.warn>;
beforeEach(() => {
  warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  const lines = warned.mock.calls.map(String);
  warned.mockRestore();
  expect(lines).toEqual([]);
});

const JOURNEYS: Settings['journeys'] = [
  'check',
  'set-up',
  'sign-up',
  'status',
  'municipal',
  'receipt-lookup',
  'card-application',
];

function kiosk(journeys = JOURNEYS): ScriptedKiosk {
  const k = createScriptedKiosk(journeys);
  k.script.printer = false;
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  return k;
}
async function press(k: ScriptedKiosk, ...buttons: readonly Button[]): Promise<void> {
  for (const button of buttons) {
    k.press(button);
    await k.flush();
  }
}
async function card(k: ScriptedKiosk, script: ScriptedKiosk['script']['card'] = freshFacts): Promise<void> {
  k.script.card = script;
  k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
  await k.flush();
}
async function sign(k: ScriptedKiosk): Promise<void> {
  await press(k, 'confirm');
  k.type(4);
  k.edit('ok');
  await k.flush();
}
async function issued(journeys = JOURNEYS, reply = 'new'): Promise<ScriptedKiosk> {
  const k = kiosk(journeys);
  await press(k, 'start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree');
  await card(k);
  await sign(k);
  k.settle({ outcome: 'accepted', reference: 'REF1', reply });
  await k.flush();
  expect(k.screen.name).toBe('issued');
  return k;
}

describe('a journey begins on the card of the one before, which has ended', () => {
  /** A notice that the first reading had no cause for: what the second one said has come through. */
  const expiring = { ...freshFacts, validity: 'expiring' } as const;

  it('set-up, and on to the status', async () => {
    const k = await issued(['set-up', 'status'], 'already');
    k.script.card = expiring;
    k.press('status');
    expect(k.screen.name).toBe('reading-card');
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'expiring-notice', facts: expiring });
    await k.kiosk.stop();
  });

  it('set-up, and on to the sign-up', async () => {
    const k = await issued();
    k.script.card = expiring;
    await press(k, 'sign-up');
    expect(k.screen.name).toBe('finder');
    k.kiosk.handle({ type: 'choose', step: k.kiosk.snapshot().step, id: 'sakura-prepaid' });
    await press(k, 'charge', 'agree', 'agree', 'agree');
    expect(k.screen).toMatchObject({ name: 'expiring-notice', facts: expiring });
    await k.kiosk.stop();
  });

  it('the second reading fails: the journey that began hears of that too', async () => {
    const k = await issued();
    k.script.card = { code: 'reader-failed' };
    await press(k, 'sign-up');
    expect(k.screen).toMatchObject({ name: 'card-problem', problem: { code: 'reader-failed' } });
    await k.kiosk.stop();
  });
});

describe('a slip comes out when the journey that asked for it has ended', () => {
  const atCheck = async () => {
    const k = kiosk();
    await press(k, 'start', 'check');
    await card(k);
    return k;
  };
  const atSaved = async () => {
    const k = kiosk();
    await press(k, 'start', 'sign-up', 'next');
    k.kiosk.handle({ type: 'choose', step: k.kiosk.snapshot().step, id: 'sakura-prepaid' });
    await press(k, 'later');
    return k;
  };
  const atCancelled = async () => {
    const k = kiosk();
    await press(k, 'start', 'receipt-lookup');
    k.kiosk.handle({ type: 'scanned', step: k.kiosk.snapshot().step, text: '1234567897' });
    await press(k, 'cancel-it', 'cancel-it');
    return k;
  };
  const atMovedAdvice = async () => {
    const k = kiosk();
    await press(k, 'start', 'card-application', 'next');
    k.kiosk.handle({ type: 'scanned', step: k.kiosk.snapshot().step, text: testForm(1) });
    await press(k, 'next', 'yes', 'yes');
    return k;
  };
  it.each<[ScreenName, () => Promise<ScriptedKiosk>]>([
    ['check-result', atCheck],
    ['issued', issued],
    ['saved-for-later', atSaved],
    ['receipt-cancelled', atCancelled],
    ['form-moved-advice', atMovedAdvice],
  ])('%s', async (name, reach) => {
    for (const out of ['done', 'home', 'staff', 'removed'] as const) {
      const k = await reach();
      expect(k.screen.name).toBe(name);
      const printed = k.printed.length;
      k.script.printer = true;
      k.press('print');
      expect(k.printed.length).toBeGreaterThan(printed);
      if (out === 'staff') k.kiosk.staffCancel();
      else if (out === 'removed') k.reader({ type: 'removed', session: 1, reader: 'r' });
      else k.press(out);
      await k.flush();
      await k.kiosk.stop();
    }
  });
});
