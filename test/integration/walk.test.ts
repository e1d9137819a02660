import { beforeAll, describe, expect, it } from 'vitest';
import type { PhotoHint } from '../../main/contract/application.ts';
import type { Settings } from '../../main/contract/config.ts';
import { Button, CoreMessage, type Intent, Snapshot } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';
import { ownerOf, Screen, stepOf } from '../../main/contract/screens.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { testForm } from '../sandbox/platform/forms.ts';
import { pictureOf } from '../support/pictures.ts';
import { portPair } from '../support/port-pair.ts';
import { whole } from '../support/runs.ts';
import type { ScriptedKiosk } from '../support/scripted-kiosk.ts';
import { createScriptedKiosk, freshFacts } from '../support/scripted-kiosk.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';

type Move = readonly [name: string, play: (k: ScriptedKiosk) => void | Promise<void>];

const insert = (card: ScriptedKiosk['script']['card']) => (k: ScriptedKiosk) => {
  k.script.card = card;
  k.reader({ type: 'inserted', session: nextSession(k), reader: 'r', found: false });
};
const sessions = new WeakMap<ScriptedKiosk, number>();
const nextSession = (k: ScriptedKiosk) => {
  const next = (sessions.get(k) ?? 0) + 1;
  sessions.set(k, next);
  return next;
};
const present = new WeakMap<ScriptedKiosk, boolean>();
const remove: Move = [
  'remove',
  (k) => {
    k.reader({ type: 'removed', session: sessions.get(k) ?? 1, reader: 'r' });
  },
];
/** `timeouts.pinLastSeconds`. */
const PIN_PAUSE_MS = 10_000;
const isPaused = (screen: Screen) => screen.name === 'signing' && screen.pauseSeconds !== null;
const pinThen = (sign: ScriptedKiosk['script']['sign']) => (k: ScriptedKiosk) => {
  // Elsewhere nothing would come of it but a second world for every state.
  if (k.screen.name !== 'pin') return;
  k.script.sign = sign;
  k.type(4);
  k.edit('ok');
  // Held back after a refusal, and before the last try.
  if (isPaused(k.screen)) k.clock.advance(PIN_PAUSE_MS);
};

const cards: Move[] = [
  ['card fresh', insert(freshFacts)],
  ['card one try', insert({ ...freshFacts, triesLeft: 1 })],
  ['card locked', insert({ ...freshFacts, triesLeft: 0 })],
  ['card expired', insert({ ...freshFacts, validity: 'expired' })],
  ['card expiring', insert({ ...freshFacts, validity: 'expiring' })],
  ['card renewed', insert({ ...freshFacts, recentlyIssued: true })],
  ['card other', insert({ code: 'not-my-number-card' })],
  ['card face', insert({ code: 'pin-less-card' })],
];

/** Buttons that the journeys of the sign-up have and the others do not. */
const SIGN_UP_BUTTONS: readonly Button[] = [
  ...(['sign-up', 'status', 'municipal', 'receipt-lookup', 'charge', 'purchase', 'type', 'clear'] as const),
  ...(['previous-page', 'next-page', 'scan', 'stop-scan', 'later', 'next-person', 'cancel-it'] as const),
];
const presses = (buttons: readonly Button[]) => buttons.map((button): Move => [`press ${button}`, (k) => k.press(button)]);

const intent = (name: string, make: (step: number) => Intent): Move => [
  name,
  (k) => k.kiosk.handle(make(k.kiosk.snapshot().step)),
];
const typed = (name: string, text: string): Move => [
  name,
  (k) => {
    const { step } = k.kiosk.snapshot();
    k.kiosk.handle({ type: 'type-edit', step, edit: 'clear' });
    for (const key of text) k.kiosk.handle({ type: 'type', step, key });
    k.kiosk.handle({ type: 'type-edit', step, edit: 'ok' });
  },
];

const signUpMoves: Move[] = [
  ...presses(['start', 'next', 'back', 'home', 'self', 'child', 'other', 'agree', 'yes', 'no', 'confirm', 'done', 'print']),
  ...presses(['holder', 'helper']),
  ...presses(SIGN_UP_BUTTONS),
  intent('choose card', (step) => ({ type: 'choose', step, id: 'sakura-prepaid' })),
  intent('choose closed', (step) => ({ type: 'choose', step, id: 'kaede-card' })),
  intent('choose registered', (step) => ({ type: 'choose', step, id: 'tsubaki-credit' })),
  intent('choose policy', (step) => ({ type: 'choose', step, id: 'town-health' })),
  intent('find', (step) => ({ type: 'find', step, filter: { category: 'qr' } })),
  intent('scan garbage', (step) => ({ type: 'scanned', step, text: '<script>' })),
  intent('scan slip', (step) => ({ type: 'scanned', step, text: 'MADO1S:sakura-prepaid' })),
  typed('type account', sakuraAccount(1)),
  typed('type code', '1234'),
  typed('type wrong', '69'),
  typed('type receipt', '1234567897'),
  ['pin right', pinThen('ok')],
  ['pin locks', pinThen({ code: 'pin-locked' })],
  ['answer signed up', (k) => k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'signed-up' })],
  ['answer granted', (k) => k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'granted' })],
  ['answer already', (k) => k.settle({ outcome: 'refused', reference: 'REF1', code: 'already-signed-up', reply: 'linked' })],
  ['answer not set up', (k) => k.settle({ outcome: 'refused', reference: 'REF1', code: 'not-set-up' })],
  [
    'answer terms changed',
    (k) => {
      // Elsewhere nothing is asked: the visit keeps its catalogue.
      if (!['delivering', 'received'].includes(k.screen.name)) return;
      k.script.newTerms = true;
      k.settle({ outcome: 'refused', reference: 'REF1', code: 'terms-changed' });
    },
  ],
  ['answer parked', (k) => k.settle({ outcome: 'parked', reason: 'conflict' })],
  ['eight seconds', (k) => k.clock.advance(8000)],
  [
    'no questions',
    (k) => {
      k.script.question = false;
    },
  ],
];

/** Buttons of the card application, and of how one stands. */
const APPLICATION_BUTTONS: readonly Button[] = [
  ...(['card-application', 'no-form', 'email', 'phone', 'none', 'toggle-signature', 'toggle-authentication'] as const),
  ...(['normal', 'cover', 'pose', 'retake', 'use'] as const),
];
const picture = Buffer.from(pictureOf(77, { width: 490, height: 630 })).toString('base64');
const shoot = (name: string, hints: readonly PhotoHint[]): Move => [
  name,
  (k) => k.kiosk.photo({ step: k.kiosk.snapshot().step, jpeg: picture, hints: [...hints] }),
];
const applicationMoves: Move[] = [
  ...presses(['start', 'next', 'back', 'home', 'yes', 'no', 'confirm', 'done', 'print', 'receipt-lookup', 'status', 'scan']),
  ...presses(APPLICATION_BUTTONS.filter((button) => !button.startsWith('toggle-sig') && button !== 'normal')),
  intent('scan form', (step) => ({ type: 'scanned', step, text: testForm(1) })),
  intent('scan other form', (step) => ({ type: 'scanned', step, text: `https://example.jp/?i=${testForm(2)}` })),
  typed('type form', testForm(1)),
  typed('type other form', testForm(2)),
  typed('type email', 'a@b.example'),
  shoot('picture', []),
  shoot('picture with hints', ['tilted']),
  ['answer accepted', (k) => k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'card-application' })],
  ['answer refused', (k) => k.settle({ outcome: 'refused', reference: 'REF1', code: 'photo-refused' })],
  ['answer parked', (k) => k.settle({ outcome: 'parked', reason: 'conflict' })],
  ['eight seconds', (k) => k.clock.advance(8000)],
  [
    'no challenge',
    (k) => {
      k.script.challenge = false;
    },
  ],
  [
    'slip of one that the platform has',
    (k) => {
      if (k.screen.name !== 'receipt-find') return;
      k.script.kind = 'card-application';
      k.script.row = 'accepted';
      k.kiosk.handle({ type: 'scanned', step: k.kiosk.snapshot().step, text: '1234567897' });
    },
  ],
];

const moves: Move[] = [
  ...presses(Button.options.filter((button) => !SIGN_UP_BUTTONS.includes(button) && !APPLICATION_BUTTONS.includes(button))),
  ['pin right', pinThen('ok')],
  ['pin wrong 2', pinThen({ code: 'pin-wrong', triesLeft: 2 })],
  ['pin wrong 1', pinThen({ code: 'pin-wrong', triesLeft: 1 })],
  ['pin locks', pinThen({ code: 'pin-locked' })],
  ['sign fails', pinThen({ code: 'unexpected-status', sw: '6F00', step: 'sign' })],
  ['answer issued', (k) => k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'new' })],
  ['answer unreadable', (k) => k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'garbage' })],
  ['answer parked', (k) => k.settle({ outcome: 'parked', reason: 'conflict' })],
  ['answer refused', (k) => k.settle({ outcome: 'refused', reference: 'REF1', code: 'certificate-revoked' })],
  ['eight seconds', (k) => k.clock.advance(8000)],
  [
    'no challenge',
    (k) => {
      k.script.challenge = false;
    },
  ],
];

async function replay(path: readonly Move[], { journeys }: Part): Promise<ScriptedKiosk> {
  const k = createScriptedKiosk(journeys);
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  for (const move of path) await play(k, move);
  return k;
}

async function play(k: ScriptedKiosk, [name, act]: Move): Promise<void> {
  if (name.startsWith('card ') && present.get(k) === true) return;
  if (name.startsWith('card ')) present.set(k, true);
  if (name === 'remove') present.set(k, false);
  noteChoice(k, name);
  await act(k);
  await k.flush();
}

/** What some screens do not show: which journey they belong to, and who touches the screen. */
const chosen = new WeakMap<ScriptedKiosk, { readonly journey: string; readonly who: string }>();

function noteChoice(k: ScriptedKiosk, move: string): void {
  const { journey } = chosen.get(k) ?? { journey: '', who: '' };
  // Attract offers the journeys too.
  if (k.screen.name === 'menu' || k.screen.name === 'attract') chosen.set(k, { journey: move, who: '' });
  if (k.screen.name === 'who-types') chosen.set(k, { journey, who: move });
}

function hidden(k: ScriptedKiosk): string {
  const { journey, who } = chosen.get(k) ?? { journey: '', who: '' };
  const { name } = k.screen;
  if (
    ['pin', 'pin-last-try', 'signing', 'delivering', 'received', 'whose-card', 'whose-stop', 'who-types', 'hand-over'].includes(
      name,
    )
  )
    return journey;
  return ['has-id', 'terms', 'insert-card', 'entry'].includes(name) ? `${journey} ${who}` : '';
}

/** Receipts and pictures differ in every replay: two states are the same when everything else on the screen is. */
function stateKey(k: ScriptedKiosk): string {
  const { screen, session } = k.kiosk.snapshot();
  const text = stepOf(screen)
    .replace(/"receipt":"\d{10}"/, '"receipt":"*"')
    .replace(/"shots?":[1-9]\d*/, '"shot":1');
  const { challenge, sign, question } = k.script;
  return JSON.stringify([text, session, present.get(k) ?? false, challenge, sign, question, hidden(k)]);
}

/** A part of what a terminal may offer, and the moves that matter there. */
interface Part {
  readonly name: string;
  readonly journeys: Settings['journeys'];
  readonly moves: readonly Move[];
  /** Reached by other tests: hardware, effects that never settle, and the other part's screens. */
  readonly notHere: readonly ScreenName[];
}

const MOMENTS: readonly ScreenName[] = ['closed', 'out-of-order', 'reading-card', 'signing'];
const SIGN_UP_SCREENS: readonly ScreenName[] = [
  ...(['about-sign-up', 'finder', 'service', 'has-id', 'entry', 'signed-up'] as const),
  ...(['already-signed-up', 'not-set-up', 'terms-changed', 'saved-for-later', 'receipt-find', 'receipt-state'] as const),
  ...(['receipt-cancel', 'receipt-cancelled', 'status', 'status-offline', 'policies', 'policy', 'policy-question'] as const),
  ...(['policy-not-for-you', 'municipal-granted', 'no-catalogue', 'pre-registration'] as const),
];
const APPLICATION_SCREENS: readonly ScreenName[] = [
  ...(['about-application', 'no-form', 'form-read', 'form-check', 'form-moved', 'form-moved-advice', 'contact-kind'] as const),
  ...(['contact-entry', 'contact-none', 'certificates', 'braille', 'photo-prepare', 'photo', 'photo-advice'] as const),
  ...(['photo-review', 'application-read-back', 'form-again', 'other-form', 'application-accepted'] as const),
  'application-status',
];
const ONLY_SET_UP: readonly ScreenName[] = [
  ...(['about-set-up', 'check-result', 'issued', 'expiring-notice', 'renewed-question', 'renewed-wait', 'pin-last-try'] as const),
];

/** What an application has no part in. */
const WITH_A_CARD: readonly ScreenName[] = [
  ...SIGN_UP_SCREENS.filter((name) => name !== 'receipt-find' && name !== 'receipt-state'),
  ...ONLY_SET_UP,
  ...(['hand-over', 'who-types'] as const),
  ...(['accepted', 'card-problem', 'insert-card', 'pin', 'read-back', 'terms', 'whose-card', 'whose-stop'] as const),
];

const PARTS: readonly Part[] = [
  {
    name: 'check and set-up',
    journeys: ['check', 'set-up'],
    moves: [...moves, ...cards, remove],
    notHere: [...MOMENTS, ...SIGN_UP_SCREENS, ...APPLICATION_SCREENS],
  },
  {
    name: 'sign-up, status, municipal points, pending',
    journeys: ['sign-up', 'status', 'municipal', 'receipt-lookup'],
    moves: [...signUpMoves, ...cards.filter(([name]) => name === 'card fresh' || name === 'card locked'), remove],
    // Without a catalogue there is nothing to walk to: main/core/catalogue's tests.
    notHere: [...MOMENTS, ...ONLY_SET_UP, ...APPLICATION_SCREENS, 'no-catalogue', 'cannot-accept'],
  },
  {
    name: 'card application, and how one stands',
    journeys: ['card-application', 'receipt-lookup'],
    moves: [...applicationMoves, ...cards.filter(([name]) => name === 'card fresh'), remove],
    notHere: [...MOMENTS, ...WITH_A_CARD],
  },
];

/** Where a card that opened no session may leave a person. */
const withoutSession: readonly ScreenName[] = [
  ...(['goodbye', 'insert-card', 'about-set-up', 'whose-card', 'terms', 'menu', 'about-sign-up', 'finder', 'service'] as const),
  ...(['who-types', 'has-id', 'saved-for-later', 'policies', 'policy', 'policy-question', 'policy-not-for-you'] as const),
  ...(['pre-registration', 'whose-stop', 'receipt-find', 'receipt-state', 'receipt-cancel', 'receipt-cancelled'] as const),
];

interface Walked {
  readonly paths: Map<string, readonly Move[]>;
  readonly screens: Map<ScreenName, readonly Move[]>;
  readonly edges: number;
}

/**
 * The states that one check looks at: all in a campaign; else each sixth, another sixth for each check, and for every screen the first.
 * Between them the checks still come to every state.
 */
const CHECKS = ['removal', 'cancel', 'nobody', 'closing', 'page', 'reader'] as const;
function statesFor(check: (typeof CHECKS)[number], { paths, screens }: Pick<Walked, 'paths' | 'screens'>) {
  const firsts = new Set(screens.values());
  const sixth = CHECKS.indexOf(check);
  return [...paths.values()].filter((path, index) => whole || index % CHECKS.length === sixth || firsts.has(path));
}

/** Breadth first over everything a person, a card and the platform can do. Kept small by never walking from a known state twice. */
async function walk(part: Part): Promise<{
  paths: Map<string, readonly Move[]>;
  screens: Map<ScreenName, readonly Move[]>;
  edges: number;
}> {
  const paths = new Map<string, readonly Move[]>();
  const screens = new Map<ScreenName, readonly Move[]>();
  let edges = 0;
  let frontier: (readonly Move[])[] = [[]];
  while (frontier.length > 0) {
    const next: (readonly Move[])[] = [];
    for (const path of frontier) {
      let k = await replay(path, part);
      const here = stateKey(k);
      for (const move of part.moves) {
        const longer = [...path, move];
        await play(k, move);
        edges += 1;
        Snapshot.parse(k.kiosk.snapshot());
        const key = stateKey(k);
        // A move that this screen does not know changes nothing: the next one starts from the same place.
        if (key === here) continue;
        if (!paths.has(key)) {
          paths.set(key, longer);
          next.push(longer);
          const { name } = k.screen;
          if (!screens.has(name)) screens.set(name, longer);
        }
        await k.kiosk.stop();
        k = await replay(path, part);
      }
      await k.kiosk.stop();
    }
    frontier = next;
  }
  return { paths, screens, edges };
}

describe.each(PARTS)('every path through the statecharts: $name', (part) => {
  let paths: Walked['paths'] = new Map();
  let screens: Walked['screens'] = new Map();
  let edges = 0;
  beforeAll(async () => {
    ({ paths, screens, edges } = await walk(part));
  }, 600_000);

  it('reaches every screen that the contract knows', () => {
    const unreached = Screen.options.map((option) => option.shape.name.value).filter((name) => !screens.has(name));
    expect(unreached.sort()).toEqual([...part.notHere].sort());
    expect(paths.size).toBeGreaterThan(60);
    console.log(`walked ${edges} moves over ${paths.size} states, ${screens.size} screens`);
  }, 120_000);

  /** The screens of a receipt show what a person typed off a slip: no session, and nothing of a person. */
  const personal = (k: ScriptedKiosk) =>
    ownerOf(k.screen.name) !== 'receipt-lookup' &&
    /receipt(?!-lookup)|"challenge":|myKeyId|linked|"text":"6900|99002026|@b\.example|"shot":/.test(JSON.stringify(k.screen));

  const isApplication = (k: ScriptedKiosk) => chosen.get(k)?.journey === 'press card-application' && k.screen.name !== 'menu';

  it('card removal ends the session from every state and leaves nothing of it', async () => {
    for (const path of statesFor('removal', { paths, screens })) {
      const k = await replay(path, part);
      const inSession = k.kiosk.snapshot().session;
      const before = JSON.stringify(k.kiosk.snapshot());
      await remove[1](k);
      await k.flush();
      if (inSession && isApplication(k)) {
        // Its session is the form's: a card beside it has no part in it.
        expect(JSON.stringify(k.kiosk.snapshot())).toBe(before);
        await k.kiosk.stop();
        continue;
      }
      expect(k.kiosk.snapshot().session).toBe(false);
      expect(personal(k)).toBe(false);
      if (inSession && !['card-problem', 'attract'].includes(k.screen.name)) {
        expect(withoutSession).toContain(k.screen.name);
      }
      await k.kiosk.stop();
    }
  }, 120_000);

  it('staff cancel ends the session from every state', async () => {
    for (const path of statesFor('cancel', { paths, screens })) {
      const k = await replay(path, part);
      const visiting = !['attract', 'goodbye', 'take-card'].includes(k.screen.name);
      k.kiosk.staffCancel();
      await k.flush();
      expect(personal(k)).toBe(false);
      expect(k.kiosk.snapshot().session).toBe(false);
      if (visiting) expect(['goodbye', 'take-card']).toContain(k.screen.name);
      await k.kiosk.stop();
    }
  }, 120_000);

  it('nobody there: every state warns, ends, and is back at attract (or asks for the card to be taken)', async () => {
    for (const path of statesFor('nobody', { paths, screens })) {
      const k = await replay(path, part);
      const wasVisiting = !['attract', 'goodbye', 'take-card'].includes(k.screen.name);
      k.clock.advance(60_000);
      await k.flush();
      if (wasVisiting) expect(k.kiosk.snapshot().warning).not.toBeNull();
      k.clock.advance(30_000);
      await k.flush();
      expect(['attract', 'take-card', 'goodbye']).toContain(k.screen.name);
      expect(personal(k)).toBe(false);
      await k.kiosk.stop();
    }
  }, 120_000);

  it('closing time ends nothing: every state is as it was, and only nobody’s screens become the closed one', async () => {
    for (const path of statesFor('closing', { paths, screens })) {
      const k = await replay(path, part);
      const before = k.kiosk.snapshot();
      k.kiosk.opening.order('close');
      await k.flush();
      if (k.screen.name === 'closed') expect(before.screen.name).toBe('attract');
      else expect(k.kiosk.snapshot()).toEqual(before);
      k.kiosk.opening.order('follow');
      await k.flush();
      expect(k.screen).toEqual(before.screen);
      await k.kiosk.stop();
    }
  }, 120_000);

  it('a page that is loaded anew finds every state as it was, and changes nothing by coming', async () => {
    for (const path of statesFor('page', { paths, screens })) {
      const k = await replay(path, part);
      const before = k.kiosk.snapshot();
      const [page, core] = portPair();
      const told: unknown[] = [];
      page.onMessage((text) => told.push(JSON.parse(text)));
      servePage(core, k.kiosk, () => {});
      page.send(JSON.stringify({ type: 'hello', v: 1 }));
      await k.flush();
      expect(told.map((message) => CoreMessage.parse(message))).toEqual([{ type: 'snapshot', snapshot: before }]);
      page.close();
      await k.flush();
      expect(k.kiosk.snapshot()).toEqual(before);
      await k.kiosk.stop();
    }
  }, 120_000);

  it('service, reader or both gone: no state keeps a session', async () => {
    for (const path of statesFor('reader', { paths, screens })) {
      const k = await replay(path, part);
      k.reader({ type: 'removed', session: sessions.get(k) ?? 1, reader: 'r' });
      k.reader({ type: 'readers', names: [] });
      await k.flush();
      expect(k.kiosk.snapshot().session).toBe(false);
      expect(personal(k)).toBe(false);
      k.clock.advance(10_000);
      expect(k.screen).toEqual({ name: 'out-of-order', reason: 'reader-missing' });
      await k.kiosk.stop();
    }
  }, 120_000);
});
