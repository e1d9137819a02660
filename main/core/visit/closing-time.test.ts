import { expect, it } from 'vitest';
import { createScriptedKiosk, type ScriptedKiosk } from '../../../test/support/scripted-kiosk.ts';

/** The clock begins at 10:00. */
const MINUTE = 60_000;
const hours = { week: { mon: ['08:30-10:30', '11:00-12:00'] }, ask: { ja: '市民課', en: 'Citizens’ division' } };
const up = (): ScriptedKiosk => {
  const k = createScriptedKiosk(['check', 'set-up'], { hours });
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['R'] });
  expect(k.screen.name).toBe('attract');
  return k;
};
const closed = {
  name: 'closed',
  opens: { at: '2026-11-23T02:00:00.000Z', on: 'today' },
  ask: '市民課',
  card: false,
};
const card = (k: ScriptedKiosk, type: 'inserted' | 'removed', session = 1) =>
  k.reader({ type, session, reader: 'R', found: false } as Parameters<ScriptedKiosk['reader']>[0]);

it('attract becomes the closed screen in the minute, and attract again', () => {
  const k = up();
  k.clock.advance(30 * MINUTE - 1);
  expect(k.screen.name).toBe('attract');
  k.clock.advance(1);
  expect(k.screen).toEqual(closed);
  k.kiosk.handle({ type: 'prefs', prefs: { language: 'en' } });
  expect(k.screen).toMatchObject({ ask: 'Citizens’ division' });
  k.clock.advance(30 * MINUTE - 1);
  expect(k.screen.name).toBe('closed');
  k.clock.advance(1);
  expect(k.screen.name).toBe('attract');
});

it('nothing begins while it is closed: no press, no scan, no card; the card must come off before anybody begins', async () => {
  const k = up();
  k.clock.advance(30 * MINUTE);
  for (const button of ['start', 'check', 'set-up', 'next'] as const) k.press(button);
  k.kiosk.handle({ type: 'scanned', step: k.kiosk.snapshot().step, text: 'MADO1S:sakura-prepaid' });
  k.reader({ type: 'mute', reader: 'R' } as Parameters<ScriptedKiosk['reader']>[0]);
  k.reader({ type: 'mute-removed', reader: 'R' } as Parameters<ScriptedKiosk['reader']>[0]);
  expect(k.screen).toEqual(closed);
  card(k, 'inserted');
  await k.flush();
  expect([k.screen, k.kiosk.snapshot().session]).toEqual([{ ...closed, card: true }, false]);
  card(k, 'removed');
  expect(k.screen).toEqual(closed);
  card(k, 'inserted', 2);
  k.clock.advance(30 * MINUTE);
  await k.flush();
  expect([k.screen.name, k.kiosk.snapshot().session]).toEqual(['take-card', false]);
});

it('who is at it finishes: the visit ends by its own end, and then the closed screen shows', async () => {
  const k = up();
  k.clock.advance(29 * MINUTE + 50_000);
  k.press('start');
  k.press('set-up');
  k.press('next');
  k.clock.advance(10_000);
  expect(k.kiosk.opening.state.open).toBe(false);
  k.press('self');
  expect(k.screen.name).toBe('who-types');
  card(k, 'inserted');
  await k.flush();
  expect(k.kiosk.snapshot().session).toBe(true);
  card(k, 'removed');
  expect(k.screen.name).toBe('goodbye');
  // Nobody else begins from there.
  k.press('start');
  expect(k.screen).toEqual(closed);
});

it('idle time-outs are as ever, and goodbye leads to the closed screen', () => {
  const k = up();
  k.clock.advance(29 * MINUTE + 50_000);
  k.press('start');
  k.clock.advance(80_000);
  expect(k.screen).toEqual({ name: 'goodbye', reason: 'timeout' });
  card(k, 'inserted');
  expect(k.screen).toEqual({ ...closed, card: true });
});

it('what is broken at night is told when it opens; the staff console opens on the closed screen and gives it back', () => {
  const k = up();
  k.clock.advance(30 * MINUTE);
  k.reader({ type: 'readers', names: [] });
  k.storage(false);
  expect(k.screen).toEqual(closed);
  expect(k.kiosk.staff.open()).toBe(true);
  expect(k.screen).toEqual({ name: 'out-of-order', reason: 'staff' });
  k.kiosk.staff.close();
  expect(k.screen).toEqual(closed);
  k.clock.advance(30 * MINUTE);
  expect(k.screen).toEqual({ name: 'out-of-order', reason: 'storage' });
});

it('staff open it outside the hours, and close it inside them', () => {
  const k = up();
  k.clock.advance(30 * MINUTE);
  k.kiosk.opening.order('open-today');
  expect(k.screen.name).toBe('attract');
  k.kiosk.opening.order('close');
  expect(k.screen).toEqual({ ...closed, opens: null });
  k.clock.advance(24 * 60 * MINUTE);
  expect(k.screen.name).toBe('closed');
  k.kiosk.opening.order('follow');
  expect(k.screen.name).toBe('closed');
});
