import { expect, test } from 'vitest';
import { STUCK_AFTER } from '../../main/core/visit/types.ts';
import { createScriptedKiosk, freshFacts } from '../support/scripted-kiosk.ts';

/** Found by the two-people property: the reader is given up as stuck while somebody is being said goodbye to, and the next card comes at once. */
test('a card laid on a stuck reader opens no session, not even during the goodbye', async () => {
  const k = createScriptedKiosk();
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  k.script.card = { code: 'reader-failed' };
  for (let session = 1; session <= STUCK_AFTER; session++) {
    k.reader({ type: 'inserted', session, reader: 'r', found: false });
    await k.flush();
    k.reader({ type: 'removed', session, reader: 'r' });
    await k.flush();
    if (session < STUCK_AFTER) k.clock.advance(10_000);
    await k.flush();
  }
  expect(k.screen).toEqual({ name: 'goodbye', reason: 'reader' });
  k.script.card = freshFacts;
  k.reader({ type: 'inserted', session: 9, reader: 'r', found: false });
  await k.flush();
  expect(k.kiosk.snapshot()).toMatchObject({ screen: { name: 'goodbye' }, session: false });
  k.press('start');
  await k.flush();
  expect(k.screen.name).toBe('goodbye');
  k.clock.advance(5000);
  await k.flush();
  expect(k.screen).toEqual({ name: 'out-of-order', reason: 'reader-stuck' });
  // It is tried again, and the card that lies there must come off first.
  k.clock.advance(30_000);
  await k.flush();
  expect(k.screen.name).toBe('take-card');
  expect(k.kiosk.snapshot().session).toBe(false);
  await k.kiosk.stop();
});
