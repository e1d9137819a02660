import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Button, Snapshot } from '../../main/contract/page-protocol.ts';
import { takesScans } from '../../main/core/scan/scan-gate.ts';
import { testForm } from '../sandbox/platform/forms.ts';
import { anyScan, plainScan, strokes } from '../support/scanner.ts';
import { createScriptedKiosk, type ScriptedKiosk } from '../support/scripted-kiosk.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';

/**
 * Random scans at every screen that random walks through all journeys come to, on the real core: nothing is spent, agreed to, chosen or ended. On a
 * screen that asks for no code the snapshot stays as it is, but for the note. `MADOGUCHI_RUNS`: how many walks (npm run campaign:scans).
 */
const RUNS = Number(process.env.MADOGUCHI_RUNS ?? 60);
const JOURNEYS = ['check', 'set-up', 'sign-up', 'status', 'municipal', 'receipt-lookup', 'card-application'] as const;

const forward = ['next', 'self', 'holder', 'agree', 'confirm', 'charge', 'yes', 'none', 'use', 'type'] as const;
const aside = ['helper', 'other', 'show-all', 'try-again', 'done', 'print', 'scan', 'back', 'no', 'no-form', 'email'] as const;
type Move = Button | 'lay' | 'take-off' | 'choose' | 'account' | 'code' | 'form' | 'pin' | 'wrong' | 'minute' | 'idle';

const WAYS: readonly (readonly Move[])[] = [
  ['next', 'self', 'holder', 'agree', 'agree', 'lay', 'confirm', 'pin'],
  [
    'next',
    'choose',
    'charge',
    'yes',
    'self',
    'holder',
    'no',
    'agree',
    'agree',
    'agree',
    'lay',
    'account',
    'code',
    'confirm',
    'pin',
  ],
  ['next', 'form', 'confirm', 'no', 'none', 'next', 'next', 'no', 'next'],
  ['lay', 'next', 'confirm', 'wrong', 'pin', 'pin', 'try-again', 'pin'],
];
/** What a person may do next: mostly what leads on. */
const onward = fc.constantFrom(...WAYS);
const move: fc.Arbitrary<readonly Move[]> = fc.oneof(
  { weight: 5, arbitrary: onward },
  { weight: 3, arbitrary: fc.constantFrom<Move[]>(...forward, ...aside).map((one) => [one]) },
  { weight: 2, arbitrary: fc.constantFrom<Move[]>('lay', 'take-off', 'choose', 'minute', 'idle', 'pin').map((one) => [one]) },
);
/** To the end of each journey, whatever chance brings. */
const straight = JOURNEYS.flatMap((journey) =>
  WAYS.map((way) => ({ journey, moves: [way], scans: ['4901234567894', '1234', 'MADO1R:5566778895'].map(plainScan) })),
);
const walk = fc.record({
  journey: fc.constantFrom(...JOURNEYS),
  moves: fc.array(move, { minLength: 2, maxLength: 6 }),
  scans: fc.array(anyScan, { minLength: 1, maxLength: 6 }),
});

function type(k: ScriptedKiosk, text: string): void {
  const { step } = k.kiosk.snapshot();
  for (const key of text) k.kiosk.handle({ type: 'type', step, key });
  k.kiosk.handle({ type: 'type-edit', step, edit: 'ok' });
}

function play(k: ScriptedKiosk, name: Move, session: number): void {
  switch (name) {
    case 'lay':
      k.reader({ type: 'inserted', session, reader: 'r', found: false });
      break;
    case 'take-off':
      k.reader({ type: 'removed', session: session - 1, reader: 'r' });
      break;
    case 'choose':
      k.kiosk.handle({ type: 'choose', step: k.kiosk.snapshot().step, id: 'sakura-prepaid' });
      break;
    case 'account':
      type(k, sakuraAccount(1));
      break;
    case 'code':
      type(k, '1234');
      break;
    case 'form':
      type(k, testForm(1));
      break;
    case 'pin':
      k.type(4);
      k.edit('ok');
      break;
    case 'wrong':
      k.script.sign = { code: 'pin-wrong', triesLeft: 2 };
      break;
    case 'minute':
      k.clock.advance(20_000);
      break;
    case 'idle':
      k.clock.advance(61_000);
      break;
    default:
      k.press(name);
  }
}

/** A screen that asks for a code may show what it is, and why it is of no use; a scan presses nothing further on. */
const LEADS_TO: Partial<Record<Snapshot['screen']['name'], readonly Snapshot['screen']['name'][]>> = {
  'about-sign-up': ['service'],
  finder: ['service'],
  'receipt-find': ['receipt-state'],
  'form-read': ['form-moved'],
  'form-again': ['other-form'],
  // A pay code fills all fields at once; until its read-back is made, the card is being read.
  entry: ['read-back', 'insert-card', 'reading-card'],
};

const without = ({ scanNote: _, ...rest }: Snapshot) => rest;
const effects = (k: ScriptedKiosk) => [k.queued.length, k.printed.length];

test('scans at every screen of every journey: no effect but on a screen that asked for one, and the note', async () => {
  const screens = new Set<string>();
  let made = 0;
  await fc.assert(
    fc.asyncProperty(walk, async ({ journey, moves, scans }) => {
      const k = createScriptedKiosk([...JOURNEYS]);
      k.kiosk.start();
      k.reader({ type: 'service', up: true });
      k.reader({ type: 'readers', names: ['r'] });
      let at = 0;
      const shoot = () => {
        const before = k.kiosk.snapshot();
        const done = effects(k);
        const scan = scans[at++ % scans.length];
        if (scan === undefined) throw new Error('no scan');
        const text = strokes(scan)
          .map(({ key }) => ([...key].length === 1 ? key : ''))
          .join('');
        k.kiosk.handle({ type: 'scanned', step: before.step, text });
        const after = k.kiosk.snapshot();
        made += 1;
        screens.add(before.screen.name);
        expect(effects(k)).toEqual(done);
        if (!takesScans(before.screen) || before.warning !== null) expect(without(after)).toEqual(without(before));
        else expect([before.screen.name, ...(LEADS_TO[before.screen.name] ?? [])]).toContain(after.screen.name);
      };
      shoot();
      let session = 1;
      for (const name of ['start', journey, ...moves.flat()] satisfies Move[]) {
        play(k, name, session);
        if (name === 'lay') session += 1;
        await k.flush();
        shoot();
        await k.flush();
        // Whatever a scanner repeats is let go by then; a person takes longer for each step.
        k.clock.advance(2001);
      }
      await k.kiosk.stop();
    }),
    {
      numRuns: RUNS + straight.length,
      examples: straight.map((one): [typeof one] => [one]),
      ...(process.env.MADOGUCHI_SEED === undefined ? {} : { seed: Number(process.env.MADOGUCHI_SEED) }),
    },
  );
  process.stdout.write(`${made} scans at ${screens.size} kinds of screen\n`);
  expect(screens.size).toBeGreaterThan(25);
  expect([...screens]).toEqual(expect.arrayContaining(['pin', 'terms', 'read-back', 'menu', 'attract', 'entry', 'form-read']));
}, 600_000);
