import type { ApplicationState } from '../../main/contract/application.ts';
import type { CardFacts, CardProblem } from '../../main/contract/card.ts';
import type { ReaderEvent } from '../../main/contract/card-host.ts';
import type { Catalogue } from '../../main/contract/catalogue.ts';
import { Settings } from '../../main/contract/config.ts';
import type { Button, Intent, Snapshot } from '../../main/contract/page-protocol.ts';
import type { Linked, PersonalReply } from '../../main/contract/platform.ts';
import type { QueuedKind } from '../../main/contract/screens.ts';
import { RSA_2048 } from '../../main/core/card/card-key.ts';
import type { Kiosk } from '../../main/core/kiosk.ts';
import { createKiosk } from '../../main/core/kiosk.ts';
import type { RowState } from '../../main/core/outbox/rows.ts';
import type { Outbox, Settled } from '../../main/core/ports.ts';
import type { LayoutChoice } from '../../main/core/scan/layout-choice.ts';
import type { ManualClock } from './manual-clock.ts';
import { createManualClock } from './manual-clock.ts';
import { smallCatalogue } from './small-catalogue.ts';

/** The real core over effects that answer as the script says: for walking the statecharts, not for testing the parts. */
export interface ScriptedKiosk {
  readonly kiosk: Kiosk;
  readonly clock: ManualClock;
  readonly script: Script;
  readonly queued: { id: string; receipt: string; sealed: string }[];
  readonly printed: string[];
  /** What delivery was asked to hurry for: the id of a row, or null for whatever waits. */
  readonly nudges: (string | null)[];
  reader(event: ReaderEvent): void;
  /** The queue breaks, or works again: it says so itself. */
  storage(usable: boolean): void;
  settle(settled: Settled): void;
  press(button: Button): void;
  type(count: number): void;
  edit(edit: Extract<Intent, { type: 'pin-edit' }>['edit']): void;
  /** Lets every promise that can settle do so. */
  flush(): Promise<void>;
  readonly screen: Snapshot['screen'];
}

export interface Script {
  card: CardFacts | CardProblem;
  sign: CardProblem | 'ok';
  /** Whether what the card signed fits its certificate. */
  fits: boolean;
  challenge: boolean;
  storage: boolean;
  printer: boolean;
  /** Questions are answered. */
  question: boolean;
  /** What the queue says of any receipt; null: nothing. */
  row: RowState | null;
  /** The catalogue as it is now has newer conditions of every service than the one that the visit began with. */
  newTerms: boolean;
  /** What kind it says that row is. */
  kind: QueuedKind;
  /** How the platform says that an application stands. */
  application: ApplicationState | null;
  /** The nine digits that are drawn for the next receipts; any when it is empty. */
  readonly draws: string[];
  /** Receipts of former people, which the queue knows although nobody here queued them. */
  readonly former: Set<string>;
  /** Epoch ms; null: as the clock says. */
  civilTime: number | null;
}

/** Receipts that are drawn here begin with it, so that the queue can tell a new one from what a person brings. */
const DRAWN_FIRST = 9;

export const freshFacts: CardFacts = {
  triesLeft: 3,
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2029-06-01T14:59:59.000Z',
  validity: 'valid',
  recentlyIssued: false,
  renewal: null,
};

const linked: Linked = {
  service: { ja: 'さくらプリペイド', en: 'Sakura Prepaid' },
  account: '••••••••••••1234',
  on: 'charge',
  since: '2026-11-20T00:00:00.000Z',
};

/** What a reply says when it is opened. Any other cannot be read. */
const REPLIES: Record<string, PersonalReply> = {
  new: { kind: 'set-up', myKeyId: 'KMHT2345', alreadySet: false },
  already: { kind: 'set-up', myKeyId: 'KMHT2345', alreadySet: true },
  'signed-up': { kind: 'sign-up', myKeyId: 'KMHT2345', linked, from: '2026-11-23' },
  linked: { kind: 'already', linked },
  granted: { kind: 'municipal', linked, amount: 1000 },
  'card-application': { kind: 'card-application', weeks: 5 },
  status: {
    kind: 'status',
    myKeyId: 'KMHT2345',
    linked,
    counted: 10_000,
    granted: 2500,
    remaining: 2500,
    cap: 5000,
    history: Array.from({ length: 8 }, (_, n) => ({ at: '2026-11-20T00:00:00.000Z', what: 'charge' as const, amount: n + 1 })),
  },
};

const renewedCatalogue: Catalogue = {
  ...smallCatalogue,
  version: 2,
  services: smallCatalogue.services.map((one) => ({ ...one, terms: { ...one.terms, version: '2026-11-20' } })),
};

const document = (id: string) => ({ ref: { id, version: '2026-10-01' }, title: id, summary: ['s'], paragraphs: ['p'] });

export const testSettings: Settings = Settings.parse({
  environment: 'sandbox',
  terminal: { id: 'K-TEST-1', name: { ja: '窓口', en: 'Counter' } },
  languages: ['ja', 'en'],
  journeys: ['check', 'set-up'],
  reader: { driver: 'pcsc', names: [], extendedLength: 'auto', nextCard: false, commandTimeoutSeconds: 5 },
  helpers: true,
  platform: { url: 'http://127.0.0.1:9', sealingKeyFile: 'key.json', requestTimeoutSeconds: 5, waitForAnswerSeconds: 8 },
  outbox: { maxRows: 1000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 20 },
  sync: { catalogueSeconds: 3600, pollSeconds: 30, backOffCapSeconds: 60, startSpreadSeconds: 0 },
  timeouts: {
    idleSeconds: 60,
    warningSeconds: 20,
    extensions: 20,
    slowCardSeconds: 20,
    goodbyeSeconds: 5,
    cardLeftAlarmSeconds: 10,
    pinAgainSeconds: 3,
    pinLastSeconds: 10,
  },
  pinPad: { shuffle: false },
  terms: [
    { id: 'programme', version: '2026-10-01', file: 'a' },
    { id: 'my-key-id', version: '2026-10-01', file: 'b' },
  ],
  printer: { driver: 'none', paperMm: 80, kanji: true, qr: 'command' },
  staff: { idleSeconds: 300, mediaFolder: '/media', threshold: 5 },
  log: { level: 'info' },
});

/**
 * @param usableAtStart false: the queue breaks after the kiosk was put together and before it starts
 * @param hours opening hours; the clock begins on Monday 23 November 2026, 10:00 in Japan
 * @param realOutbox a queue of the test's own instead of the script's
 */
export function createScriptedKiosk(
  journeys: Settings['journeys'] = ['check', 'set-up'],
  {
    usableAtStart = true,
    realOutbox = null,
    hours,
  }: { hours?: Settings['hours']; usableAtStart?: boolean; realOutbox?: ((clock: ManualClock) => Outbox) | null } = {},
): ScriptedKiosk {
  const clock = createManualClock();
  const script: Script = {
    card: freshFacts,
    sign: 'ok',
    fits: true,
    challenge: true,
    storage: true,
    printer: true,
    question: true,
    row: 'pending',
    newTerms: false,
    kind: 'sign-up',
    application: { state: 'checking' },
    draws: [],
    former: new Set(),
    civilTime: null,
  };
  const nudges: ScriptedKiosk['nudges'] = [];
  const usableListeners = new Set<(usable: boolean) => void>();
  let usable = true;
  const random = (length: number): Uint8Array => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    if (length !== 9) return bytes;
    bytes[0] = DRAWN_FIRST;
    return Uint8Array.from(script.draws.shift() ?? bytes, Number);
  };
  const isNew = (receipt: string) =>
    receipt.startsWith(String(DRAWN_FIRST)) && !script.former.has(receipt) && !queued.some((row) => row.receipt === receipt);
  const queued: ScriptedKiosk['queued'] = [];
  const printed: string[] = [];
  const readerListeners = new Set<(event: ReaderEvent) => void>();
  const settledListeners = new Set<(id: string, settled: Settled) => void>();
  let ids = 0;
  const outbox: Outbox = {
    get usable() {
      return usable;
    },
    onUsable: (listener) => {
      usableListeners.add(listener);
      return () => usableListeners.delete(listener);
    },
    reserve: () => (script.storage && usable ? { ok: true, value: null } : { ok: false, error: usable ? 'full' : 'storage' }),
    release: () => {},
    enqueue: (row) => {
      if (!usable) return { ok: false, error: 'storage' };
      queued.push(row);
      return { ok: true, value: null };
    },
    takeChallenge: () => (script.challenge ? 'A'.repeat(32) : null),
    giveBackChallenge: () => {},
    look: (receipt) =>
      script.row === null || isNew(receipt)
        ? null
        : { kind: script.kind, state: script.row, created_at: clock.now(), code: null },
    cancel: () => {
      const won = script.row === 'pending';
      if (won) script.row = 'cancelled';
      return { ok: true, value: won };
    },
  };
  const kiosk = createKiosk({
    settings: { ...testSettings, journeys, ...(hours === undefined ? {} : { hours }) },
    terms: testSettings.terms.map(({ id }) => ({ ja: document(id), en: document(id) })),
    clock,
    civilTime: () => script.civilTime ?? clock.now(),
    random,
    newId: () => `0199aaaa-0000-7000-8000-${String(ids++).padStart(12, '0')}`,
    log: () => {},
    reader: {
      start: () => {},
      stop: async () => {},
      onEvent: (listener) => {
        readerListeners.add(listener);
        return () => readerListeners.delete(listener);
      },
      open: async (session) => ({
        ok: true,
        value: { session, transmit: async () => ({ ok: false, error: { code: 'removed' } }), close: async () => {} },
      }),
    },
    outbox: realOutbox?.(clock) ?? outbox,
    delivery: {
      start: () => {},
      stop: async () => {},
      nudge: (row) => void nudges.push(row ?? null),
      ask: async ({ id }) => (script.question ? { outcome: 'accepted', id, reference: 'REF1', reply: 'status' } : null),
      application: async () => script.application,
      line: 'online',
      onLine: () => () => {},
      onSettled: (listener) => {
        settledListeners.add(listener);
        return () => settledListeners.delete(listener);
      },
    },
    catalogue: {
      refresh: async () => {},
      start: () => {},
      stop: async () => {},
      current: () => ({ catalogue: script.newTerms ? renewedCatalogue : smallCatalogue, checkedAt: clock.now() }),
    },
    // Readable, for whoever asks what was sealed.
    sealer: { seal: async (payload) => JSON.stringify(payload) },
    createReplyKey: async () => ({
      publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
      open: async (jwe) => {
        const value = REPLIES[jwe];
        return value === undefined ? { ok: false, error: 'unreadable' } : { ok: true, value };
      },
      destroy: () => {},
    }),
    readCard: async () =>
      'code' in script.card
        ? { ok: false, error: script.card }
        : { ok: true, value: { facts: script.card, certificate: new Uint8Array(4), key: RSA_2048 } },
    verifyAndSign: async (_channel, pin) => {
      pin.fill(0);
      return script.sign === 'ok' ? { ok: true, value: new Uint8Array(256) } : { ok: false, error: script.sign };
    },
    problemOf: () => ({ code: 'removed' }),
    digest: () => new Uint8Array(32),
    signatureFits: () => script.fits,
    scannerLayout: layoutInMemory(),
    printer: {
      print: async (slip) => {
        printed.push(JSON.stringify(slip));
        return script.printer ? { ok: true, value: null } : { ok: false, error: 'paper-out' };
      },
      check: async () => (script.printer ? { ok: true, value: null } : { ok: false, error: 'paper-out' }),
      trouble: null,
      paperLow: false,
      onTrouble: () => () => {},
    },
  });
  usable = usableAtStart;
  kiosk.start();
  const step = () => kiosk.snapshot().step;
  return {
    kiosk,
    clock,
    script,
    queued,
    printed,
    nudges,
    storage: (now) => {
      usable = now;
      for (const listener of usableListeners) listener(now);
    },
    reader: (event) => {
      for (const listener of readerListeners) listener(event);
    },
    settle: (settled) => {
      const last = queued.at(-1);
      if (last !== undefined) for (const listener of settledListeners) listener(last.id, settled);
    },
    press: (button) => kiosk.handle({ type: 'press', step: step(), button }),
    type: (count) => {
      for (let position = 0; position < count; position++) kiosk.handle({ type: 'pin-key', step: step(), position });
    },
    edit: (edit) => kiosk.handle({ type: 'pin-edit', step: step(), edit }),
    flush: async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    },
    get screen() {
      return kiosk.snapshot().screen;
    },
  };
}

/** A set-up code's layout, as long as the test runs. */
function layoutInMemory(): LayoutChoice {
  let layout: LayoutChoice['layout'] = null;
  return {
    get layout() {
      return layout;
    },
    choose(next) {
      layout = next;
      return true;
    },
  };
}
