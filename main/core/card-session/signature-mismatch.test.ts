import { expect, it } from 'vitest';
import { createScriptedKiosk } from '../../../test/support/scripted-kiosk.ts';
import type { Button } from '../../contract/page-protocol.ts';
import type { ScreenName } from '../../contract/screens.ts';

// C5
it('what the card signed does not fit its certificate: told at the counter, and nothing is queued', async () => {
  const scripted = createScriptedKiosk();
  scripted.script.fits = false;
  scripted.reader({ type: 'service', up: true });
  scripted.reader({ type: 'readers', names: ['R'] });
  const ways: Partial<Record<ScreenName, Button>> = {
    ...{
      attract: 'start',
      menu: 'set-up',
      'about-set-up': 'next',
      'whose-card': 'self',
      'who-types': 'holder',
      terms: 'agree',
      'read-back': 'confirm',
    },
  };
  for (let step = 0; step < 20 && scripted.screen.name !== 'pin'; step++) {
    const button = ways[scripted.screen.name];
    if (button !== undefined) scripted.press(button);
    else scripted.reader({ type: 'inserted', session: 1, reader: 'R' } as Parameters<typeof scripted.reader>[0]);
    await scripted.flush();
  }
  expect(scripted.screen.name).toBe('pin');
  scripted.type(4);
  scripted.edit('ok');
  await scripted.flush();
  expect(scripted.screen).toMatchObject({ name: 'card-problem', problem: { code: 'signature-mismatch' } });
  expect([scripted.queued, scripted.nudges.filter((row) => row !== null)]).toEqual([[], []]);
});
