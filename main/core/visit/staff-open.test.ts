import { expect, it } from 'vitest';
import { createScriptedKiosk, type ScriptedKiosk } from '../../../test/support/scripted-kiosk.ts';

const up = (): ScriptedKiosk => {
  const scripted = createScriptedKiosk();
  scripted.reader({ type: 'service', up: true });
  scripted.reader({ type: 'readers', names: ['R'] });
  expect(scripted.screen.name).toBe('attract');
  return scripted;
};
const staff = { name: 'out-of-order', reason: 'staff' };

it('on the attract screen: out of order, nobody can begin, and back again', () => {
  const scripted = up();
  expect(scripted.kiosk.staff.open()).toBe(true);
  expect(scripted.screen).toEqual(staff);
  scripted.press('start');
  expect([scripted.screen, scripted.kiosk.staff.busy]).toEqual([staff, false]);
  scripted.kiosk.staff.close();
  expect(scripted.screen.name).toBe('attract');
});

it('a card that is laid on meanwhile opens nothing, and must come off first', () => {
  const scripted = up();
  scripted.kiosk.staff.open();
  scripted.reader({ type: 'inserted', session: 1, found: false } as Parameters<ScriptedKiosk['reader']>[0]);
  expect([scripted.screen, scripted.kiosk.snapshot().session]).toEqual([staff, false]);
  scripted.kiosk.staff.close();
  expect(scripted.screen.name).toBe('take-card');
  // Somebody's card lies there: not now.
  expect([scripted.kiosk.staff.busy, scripted.kiosk.staff.open()]).toEqual([true, false]);
  scripted.reader({ type: 'removed', session: 1 } as Parameters<ScriptedKiosk['reader']>[0]);
  expect(scripted.screen.name).toBe('goodbye');
});

it('never during a visit, whatever the step; the visit does not notice', () => {
  const scripted = up();
  scripted.press('start');
  for (const button of ['set-up', 'next', 'self', 'agree', 'agree'] as const) {
    const before = JSON.stringify(scripted.kiosk.snapshot());
    expect([scripted.kiosk.staff.busy, scripted.kiosk.staff.open()]).toEqual([true, false]);
    expect(JSON.stringify(scripted.kiosk.snapshot())).toBe(before);
    scripted.press(button);
  }
  expect(scripted.kiosk.staff.journey).toBe('set-up');
  scripted.kiosk.staffCancel();
  expect(scripted.screen).toEqual({ name: 'goodbye', reason: 'staff' });
  expect([scripted.kiosk.staff.busy, scripted.kiosk.staff.open()]).toEqual([false, true]);
  expect(scripted.screen).toEqual(staff);
});

it('where the reader is gone it opens too: that is what staff come for', () => {
  const scripted = up();
  scripted.reader({ type: 'readers', names: [] });
  expect(scripted.kiosk.staff.open()).toBe(true);
  expect(scripted.screen).toEqual(staff);
  scripted.kiosk.staff.close();
  expect(scripted.screen).toEqual({ name: 'out-of-order', reason: 'reader-missing' });
});

it('an answered call leaves the screen without giving the person more time', () => {
  const scripted = up();
  scripted.press('start');
  scripted.kiosk.handle({ type: 'call-staff' });
  scripted.clock.advance(59_000);
  scripted.kiosk.staff.answerCall();
  expect(scripted.kiosk.snapshot().staffCalled).toBe(false);
  scripted.clock.advance(1000);
  expect(scripted.kiosk.snapshot().warning).not.toBeNull();
});
