import { expect, it } from 'vitest';
import { testForm } from '../../../../test/sandbox/platform/forms.ts';
import { receiptNumber } from '../../../contract/receipt.ts';
import type { Delivery, Outbox } from '../../ports.ts';
import { ApplicationSession } from './application-session.ts';

it('an application draws its receipt again where the queue knows it, and has the civil time', async () => {
  const draws = ['111111111', '222222222'];
  const taken = receiptNumber('111111111');
  const outbox: Outbox = {
    usable: true,
    onUsable: () => () => {},
    reserve: () => ({ ok: true, value: null }),
    release: () => {},
    enqueue: () => ({ ok: true, value: null }),
    takeChallenge: () => 'A'.repeat(32),
    giveBackChallenge: () => {},
    look: (receipt) => (receipt === taken ? { kind: 'sign-up', state: 'pending', created_at: 0, code: null } : null),
    cancel: () => ({ ok: true, value: false }),
  };
  const nudged: (string | undefined)[] = [];
  const delivery: Delivery = {
    start: () => {},
    stop: async () => {},
    nudge: (row) => void nudged.push(row),
    ask: async () => null,
    application: async () => null,
    line: 'offline',
    onLine: () => () => {},
    onSettled: () => () => {},
  };
  const session = new ApplicationSession(
    {
      outbox,
      delivery,
      sealer: { seal: async () => 'sealed' },
      createReplyKey: async () => ({
        publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
        open: async () => ({ ok: false, error: 'unreadable' }),
        destroy: () => {},
      }),
      clock: { now: () => 0, monotonic: () => 0, setTimeout: () => null, clearTimeout: () => {} },
      civilTime: () => Date.UTC(2031, 1, 3),
      random: () => Uint8Array.from(draws.shift() ?? '', Number),
      newId: () => '0199aaaa-0000-7000-8000-000000000001',
      terminal: 'K-TEST-1',
      waitForAnswerMs: 1000,
    },
    () => 1,
  );
  expect(session.readForm('first', { type: 'scanned', text: testForm(1) })).toBe('read');
  expect(session.takePhoto(new Uint8Array(9), [])).toBe(true);
  const choices = {
    moved: false,
    contact: 'none',
    certificates: { signature: true, authentication: true },
    braille: false,
    way: 'normal',
  } as const;
  expect(await session.compose(choices)).toEqual({ receipt: receiptNumber('222222222'), at: '2031-02-03T00:00:00.000Z' });
  expect(session.readForm('again', { type: 'scanned', text: testForm(1) })).toBe('same');
  expect(await session.commit()).toEqual({ committed: true });
  expect(nudged).toEqual(['0199aaaa-0000-7000-8000-000000000001']);
});
