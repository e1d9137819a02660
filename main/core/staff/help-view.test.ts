import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { POISON, POISON_NUMBER, poisoned } from '../../../test/support/poisoned.ts';
import { Screen } from '../../contract/screens.ts';
import { HelpView } from '../../contract/staff.ts';
import { type HelpFacts, helpView } from './help-view.ts';

const nobody: HelpFacts = {
  busy: false,
  journey: null,
  calledAt: null,
  printer: null,
  paperLow: false,
  camera: null,
  parked: 0,
  strangeSlot: false,
  leftOut: [],
};
const seen = (screen: Screen, facts: Partial<HelpFacts> = {}) => helpView({ screen, line: 'online' }, { ...nobody, ...facts });

test.each<[Screen, string | null]>([
  [
    { name: 'card-problem', problem: { code: 'pin-wrong', triesLeft: 1 }, journey: 'check', slip: { state: 'none' } },
    'card.pin-wrong',
  ],
  [{ name: 'out-of-order', reason: 'reader-missing' }, 'order.reader-missing'],
  [
    { name: 'refused', receipt: '1234567897', code: 'account-in-use', nextPerson: false, slip: { state: 'none' } },
    'refused.account-in-use',
  ],
  [{ name: 'parked', receipt: '1234567897', at: '', nextPerson: false, slip: { state: 'none' } }, 'parked'],
  [{ name: 'cannot-accept', reason: 'challenge' }, 'cannot.challenge'],
  [
    { name: 'received', receipt: '1234567897', at: '', nextPerson: false, slip: { state: 'failed', reason: 'paper-out' } },
    'printer.paper-out',
  ],
  [{ name: 'insert-card', journey: 'status', slow: true }, 'card.slow'],
  [{ name: 'insert-card', journey: 'status', slow: false }, null],
  [{ name: 'take-card', alarm: true }, 'card.left'],
  [{ name: 'form-read', text: '12', problem: 'too-short', camera: false }, 'form.too-short'],
  [{ name: 'pin', digits: 2, triesLeft: 1, wrong: true, shuffled: false, layout: [1, 2, 3, 4, 5, 6, 7, 8, 9, 0] }, null],
])('%o: %s', (screen, reason) => {
  expect(seen(screen)).toMatchObject({ step: screen.name, reason });
});

it('a printer in trouble is told where nothing else is; the call carries its moment', () => {
  expect(seen({ name: 'attract', can: [] }, { printer: 'cover-open' })).toMatchObject({
    reason: 'printer.cover-open',
    printer: 'trouble',
  });
  // Paper that is near its end holds nobody up: a state, and no reason.
  expect(seen({ name: 'attract', can: [] }, { paperLow: true })).toMatchObject({ reason: null, printer: 'paper-low' });
  expect(seen({ name: 'attract', can: [] }, { paperLow: true, printer: 'paper-out' })).toMatchObject({ printer: 'trouble' });
  expect(seen({ name: 'attract', can: [] }, { calledAt: 0 })).toMatchObject({ called: true, since: '1970-01-01T00:00:00.000Z' });
});

it('a strange slot is told of, and polkit by its name', () => {
  expect(seen({ name: 'attract', can: [] })).toMatchObject({ reader: 'good' });
  expect(seen({ name: 'attract', can: [] }, { strangeSlot: true })).toMatchObject({ reader: 'strange-slot', reason: null });
  const problem = { code: 'reader-failed', why: 'not-allowed' } as const;
  expect(seen({ name: 'card-problem', problem, journey: 'check', slip: { state: 'none' } })).toMatchObject({
    reason: 'order.reader-not-allowed',
  });
});

it('whatever a screen holds, nothing of it gets into the help window but its name and a code', () => {
  const kinds = Screen.options;
  expect(kinds.length).toBeGreaterThan(60);
  fc.assert(
    fc.property(fc.nat(kinds.length - 1), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (kind, dice) => {
      let at = 0;
      const pick = (below: number) => (dice[at++ % dice.length] ?? 0) % below;
      const schema = kinds[kind];
      if (schema === undefined) throw new Error('no such screen');
      const view = seen(poisoned(schema, pick) as Screen, { busy: true, journey: 'sign-up', calledAt: 5000, parked: 2 });
      const text = JSON.stringify(view);
      expect(HelpView.safeParse(view).success).toBe(true);
      for (const part of [...POISON.split(' '), String(POISON_NUMBER)]) expect(text).not.toContain(part);
    }),
    { numRuns: 3000 },
  );
});

it('a camera in trouble is told: at once where somebody stands before it, and at any other time where nothing else is', () => {
  const photo = { name: 'photo', way: 'normal', shots: 0 } as const;
  for (const fault of ['missing', 'denied', 'busy', 'failed', 'stopped', 'black'] as const) {
    expect(seen(photo, { camera: fault, printer: 'paper-out' })).toMatchObject({ reason: `camera.${fault}`, camera: 'trouble' });
    expect(seen({ name: 'attract', can: [] }, { camera: fault })).toMatchObject({ reason: `camera.${fault}`, camera: 'trouble' });
    expect(seen({ name: 'attract', can: [] }, { camera: fault, printer: 'paper-out' })).toMatchObject({
      reason: 'printer.paper-out',
    });
  }
  expect(seen(photo, { camera: 'stand-in' })).toMatchObject({ reason: 'camera.stand-in', camera: 'trouble' });
  expect(seen(photo)).toMatchObject({ reason: null, camera: 'good' });
});
