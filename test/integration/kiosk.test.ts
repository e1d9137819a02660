import { describe, expect, it } from 'vitest';
import { Snapshot } from '../../main/contract/page-protocol.ts';
import type { Settled } from '../../main/core/ports.ts';
import type { ScriptedKiosk } from '../support/scripted-kiosk.ts';
import { createScriptedKiosk, freshFacts } from '../support/scripted-kiosk.ts';

async function atPin(...offers: Parameters<typeof createScriptedKiosk>) {
  const k = createScriptedKiosk(...offers);
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  for (const button of ['start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree'] as const) k.press(button);
  k.script.card = freshFacts;
  k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
  await k.flush();
  k.press('confirm');
  return k;
}

describe('intents', () => {
  it('a double tap presses once: the second press belongs to a step that is gone', async () => {
    const k = createScriptedKiosk();
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    k.press('start');
    k.press('set-up');
    const { step } = k.kiosk.snapshot();
    k.kiosk.handle({ type: 'press', step, button: 'next' });
    k.kiosk.handle({ type: 'press', step, button: 'next' });
    expect(k.screen.name).toBe('whose-card');
  });

  it('fast typing on one pad loses no digit; a key of the old pad after a shuffle does nothing', async () => {
    const k = await atPin();
    const { step } = k.kiosk.snapshot();
    for (const position of [0, 1, 2]) k.kiosk.handle({ type: 'pin-key', step, position });
    expect(k.screen).toMatchObject({ name: 'pin', digits: 3 });
    k.edit('shuffle');
    expect(k.screen).toMatchObject({ name: 'pin', digits: 0, shuffled: true });
    k.kiosk.handle({ type: 'pin-key', step, position: 0 });
    expect(k.screen).toMatchObject({ digits: 0 });
  });

  it('while "are you still there?" is up, a press only answers that', async () => {
    const k = await atPin();
    k.clock.advance(60_000);
    expect(k.kiosk.snapshot().warning).toEqual({ secondsLeft: 20, extensionsLeft: 20 });
    k.press('back');
    expect(k.screen.name).toBe('pin');
    expect(k.kiosk.snapshot().warning).toBeNull();
  });

  it('preferences last for one visit; a language that is not offered is not taken', async () => {
    const k = await atPin();
    k.kiosk.handle({ type: 'prefs', prefs: { language: 'en', textSize: 3 } });
    expect(k.kiosk.snapshot().prefs).toMatchObject({ language: 'en', textSize: 3 });
    k.reader({ type: 'removed', session: 1, reader: 'r' });
    await k.flush();
    expect(k.kiosk.snapshot().prefs).toMatchObject({ language: 'ja', textSize: 1 });
  });

  it('every snapshot on the way fits the contract', async () => {
    const k = createScriptedKiosk();
    const wrong: unknown[] = [];
    k.kiosk.onSnapshot((snapshot) => {
      const parsed = Snapshot.safeParse(snapshot);
      if (!parsed.success) wrong.push(parsed.error);
    });
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    for (const button of ['start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree'] as const) k.press(button);
    k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
    await k.flush();
    k.press('confirm');
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.clock.advance(8000);
    await k.flush();
    expect(k.screen.name).toBe('received');
    expect(wrong).toEqual([]);
  });
});

describe('two errors, then an explicit step', () => {
  it('the third try opens only after a press', async () => {
    const k = await atPin();
    k.script.sign = { code: 'pin-wrong', triesLeft: 1 };
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.screen.name).toBe('pin-last-try');
    k.press('try-again');
    expect(k.screen).toMatchObject({ name: 'pin', triesLeft: 1, wrong: true, digits: 0 });
  });

  it('a card that lost tries in one journey has lost them in every other, and in the same one again', async () => {
    const k = await atPin(['check', 'set-up', 'status']);
    k.script.sign = { code: 'pin-wrong', triesLeft: 1 };
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.screen.name).toBe('pin-last-try');
    k.press('try-again');
    const toMenu = async () => {
      for (let back = 0; back < 9 && k.screen.name !== 'menu'; back += 1) {
        k.press('back');
        await k.flush();
      }
      expect(k.screen.name).toBe('menu');
    };
    await toMenu();
    for (const buttons of [
      ['status', 'next'],
      ['set-up', 'next', 'self', 'holder', 'agree', 'agree'],
    ] as const) {
      for (const button of buttons) {
        if (k.screen.name !== 'read-back') k.press(button);
        await k.flush();
      }
      expect(k.screen.name).toBe('read-back');
      k.press('confirm');
      expect(k.screen.name).toBe('pin-last-try');
      k.press('try-again');
      expect(k.screen).toMatchObject({ name: 'pin', triesLeft: 1 });
      await toMenu();
    }
    k.press('check');
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'check-result', facts: { triesLeft: 1 } });
    expect(k.screen).toMatchObject({ items: expect.arrayContaining(['pin-one-try']) });
  });
});

describe('time between two PINs, so that no page can lock a card in seconds', () => {
  const wrong = async (k: ScriptedKiosk, triesLeft: number) => {
    k.script.sign = { code: 'pin-wrong', triesLeft };
    k.type(4);
    k.edit('ok');
    await k.flush();
  };

  it.each([
    [2, 3000],
    [1, 10_000],
  ])('with %i left the card is asked no sooner than %i ms after the refusal, and the screen says why', async (left, ms) => {
    const k = await atPin();
    await wrong(k, left);
    if (left === 1) k.press('try-again');
    k.script.sign = 'ok';
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.screen).toEqual({ name: 'signing', pauseSeconds: ms / 1000 });
    k.clock.advance(ms - 1);
    await k.flush();
    expect(k.screen).toEqual({ name: 'signing', pauseSeconds: ms / 1000 });
    k.clock.advance(1);
    expect(k.screen).toEqual({ name: 'signing', pauseSeconds: null });
    await k.flush();
    expect(k.screen.name).toBe('delivering');
  });

  it('who types as people do waits for nothing', async () => {
    const k = await atPin();
    await wrong(k, 2);
    k.clock.advance(4000);
    await wrong(k, 1);
    expect(k.screen.name).toBe('pin-last-try');
    k.clock.advance(5000);
    k.press('try-again');
    k.clock.advance(5000);
    k.script.sign = 'ok';
    k.type(4);
    k.edit('ok');
    expect(k.screen).toEqual({ name: 'signing', pauseSeconds: null });
  });

  it.each([
    ['the card is taken', 'goodbye', (k: ScriptedKiosk) => k.reader({ type: 'removed', session: 1, reader: 'r' })],
    ['stop is pressed', 'take-card', (k: ScriptedKiosk) => k.press('home')],
  ] as const)('%s while a PIN waits: it is never tried', async (_how, name, leave) => {
    const k = await atPin();
    await wrong(k, 2);
    k.script.sign = 'ok';
    k.type(4);
    k.edit('ok');
    expect(k.screen).toEqual({ name: 'signing', pauseSeconds: 3 });
    leave(k);
    await k.flush();
    expect(k.kiosk.snapshot()).toMatchObject({ session: false, screen: { name } });
    k.clock.advance(3000);
    await k.flush();
    expect(k.queued).toEqual([]);
  });
});

describe('bad times', () => {
  it('no room for the row: told before the PIN', async () => {
    const k = createScriptedKiosk();
    k.script.storage = false;
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    for (const button of ['start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree'] as const) k.press(button);
    k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
    await k.flush();
    expect(k.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
  });

  it('printer out of paper: the number stays on the screen', async () => {
    const k = await atPin();
    k.script.printer = false;
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.clock.advance(8000);
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'received', slip: { state: 'failed', reason: 'paper-out' } });
  });

  it('a late answer replaces 受付 while the person still stands there', async () => {
    const k = await atPin();
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.clock.advance(8000);
    await k.flush();
    k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'new' });
    await k.flush();
    expect(k.screen).toMatchObject({ name: 'issued', myKeyId: 'KMHT2345' });
    expect(k.printed.join('')).not.toContain('KMHT2345');
  });
});

describe('how a visit ends when the card is taken', () => {
  const ENDS: Record<string, Settled> = {
    issued: { outcome: 'accepted', reference: 'REF1', reply: 'new' },
    accepted: { outcome: 'accepted', reference: 'REF1', reply: 'garbage' },
    refused: { outcome: 'refused', reference: 'REF1', code: 'certificate-revoked' },
    parked: { outcome: 'parked', reason: 'conflict' },
  };
  const takeOff = async (k: ScriptedKiosk) => {
    k.reader({ type: 'removed', session: 1, reader: 'r' });
    await k.flush();
  };

  it.each(Object.entries(ENDS))('after %s it says thank you', async (name, settled) => {
    const k = await atPin();
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.settle(settled);
    await k.flush();
    expect(k.screen.name).toBe(name);
    await takeOff(k);
    expect(k.screen).toEqual({ name: 'goodbye', reason: 'done' });
  });

  it('what is safe in the queue has not to be begun again, with the answer still to come or with 受付', async () => {
    for (const [wait, name] of [
      [0, 'delivering'],
      [8000, 'received'],
    ] as const) {
      const k = await atPin();
      k.type(4);
      k.edit('ok');
      await k.flush();
      k.clock.advance(wait);
      await k.flush();
      expect(k.screen.name).toBe(name);
      await takeOff(k);
      expect(k.screen).toEqual({ name: 'goodbye', reason: 'done' });
    }
  });

  it('a check of the card is a result, a card that lay there already included', async () => {
    for (const early of [true, false]) {
      const k = createScriptedKiosk();
      k.reader({ type: 'service', up: true });
      k.reader({ type: 'readers', names: ['r'] });
      if (!early) for (const button of ['start', 'check'] as const) k.press(button);
      k.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
      await k.flush();
      if (early) k.press('check');
      expect(k.screen.name).toBe('check-result');
      await takeOff(k);
      expect(k.screen).toEqual({ name: 'goodbye', reason: 'done' });
    }
  });

  it('who walks away from a result is thanked when the card is found', async () => {
    const k = await atPin();
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'new' });
    await k.flush();
    for (let second = 0; second <= 80; second++) k.clock.advance(1000);
    await k.flush();
    expect(k.screen.name).toBe('take-card');
    await takeOff(k);
    expect(k.screen).toEqual({ name: 'goodbye', reason: 'done' });
  });

  it('in the middle it says that it has to be begun again: at the read-back, at the PIN, in the journey after a result', async () => {
    const atReadBack = await atPin();
    atReadBack.press('back');
    expect(atReadBack.screen.name).toBe('read-back');
    const afterCheck = createScriptedKiosk();
    afterCheck.reader({ type: 'service', up: true });
    afterCheck.reader({ type: 'readers', names: ['r'] });
    for (const button of ['start', 'check'] as const) afterCheck.press(button);
    afterCheck.reader({ type: 'inserted', session: 1, reader: 'r', found: false });
    await afterCheck.flush();
    afterCheck.press('set-up');
    expect(afterCheck.screen.name).toBe('about-set-up');
    for (const k of [atReadBack, await atPin(), afterCheck]) {
      await takeOff(k);
      expect(k.screen).toEqual({ name: 'goodbye', reason: 'removed' });
    }
  });
});
