import type { ActorRefFrom } from 'xstate';
import { createActor } from 'xstate';
import type { CardProblem } from '../contract/card.ts';
import type { CardHostError } from '../contract/card-host.ts';
import type { Settings } from '../contract/config.ts';
import type { SubmissionContent } from '../contract/content.ts';
import type { Log } from '../contract/log-events.ts';
import type { Intent, Language, Prefs, Snapshot } from '../contract/port.ts';
import type { Result } from '../contract/result.ts';
import type { TermsDocument } from '../contract/screens.ts';
import type {
  CardChannel,
  CardReader,
  CardReading,
  Clock,
  Delivery,
  Outbox,
  Printer,
  RandomBytes,
  ReplyKeyPair,
  Sealer,
} from './ports.ts';
import { createPeople } from './session/people.ts';
import { stepKey, visitScreen } from './session/visit-view.ts';
import { wireVisit } from './session/wire-visit.ts';

/** Everything that differs between deployments and tests. The core never asks where it runs. */
export interface KioskPorts {
  readonly settings: Settings;
  /** The terms, every document in every language, in the order they are agreed to. */
  readonly terms: readonly Record<Language, TermsDocument>[];
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly log: Log;
  readonly reader: CardReader;
  /** `null`: the queue cannot be opened; the kiosk shows "out of order" and says so. */
  readonly outbox: Outbox | null;
  readonly delivery: Delivery;
  readonly sealer: Sealer;
  readonly createReplyKey: () => Promise<ReplyKeyPair>;
  readonly readCard: (channel: CardChannel) => Promise<Result<CardReading, CardProblem>>;
  readonly verifyAndSign: (channel: CardChannel, pin: Uint8Array, digest: Uint8Array) => Promise<Result<Uint8Array, CardProblem>>;
  readonly problemOf: (error: CardHostError) => CardProblem;
  readonly digest: (content: SubmissionContent) => Uint8Array;
  readonly printer: Printer;
}

export interface Kiosk {
  start(): void;
  stop(): Promise<void>;
  snapshot(): Snapshot;
  /** @returns unsubscribe */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  /** Never throws on what a page sends; an intent that does not fit the screen does nothing. */
  handle(intent: Intent): void;
  /** Ends the session that runs, if any: for the staff side, never for the page. */
  staffCancel(): void;
}

const unusableOutbox: Outbox = {
  reserve: () => ({ ok: false, error: 'storage' }),
  release: () => {},
  enqueue: () => ({ ok: false, error: 'storage' }),
  takeChallenge: () => null,
  giveBackChallenge: () => {},
};

/** The only place where parts meet (DESIGN section 2). */
export function createKiosk(ports: KioskPorts): Kiosk {
  const { settings, clock, log } = ports;
  const fault = (where: string) => () => log('core.fault', { where, incident: ports.newId().slice(0, 8) });
  const people = createPeople(
    {
      ...ports,
      outbox: ports.outbox ?? unusableOutbox,
      terminal: settings.terminal.id,
      terms: settings.terms.map(({ id, version }) => ({ id, version })),
      waitForAnswerMs: settings.platform.waitForAnswerSeconds * 1000,
    },
    fault('session.end'),
  );
  const language = (): Language => actor.getSnapshot().context.prefs.language;
  const actor: ActorRefFrom<ReturnType<typeof wireVisit>> = createActor(wireVisit(ports, people, language), {
    input: {
      prefs: firstPrefs(settings),
      storageOk: ports.outbox !== null,
      extensions: settings.timeouts.extensions,
      warningSeconds: settings.timeouts.warningSeconds,
    },
    clock: { setTimeout: (run, ms) => clock.setTimeout(run, ms), clearTimeout: (handle) => clock.clearTimeout(handle) },
  });

  let step = 0;
  let lastKey = '';
  let lastText = '';
  let current: Snapshot | null = null;
  const listeners = new Set<(snapshot: Snapshot) => void>();

  const look = (): Snapshot => {
    const state = actor.getSnapshot();
    const { prefs, staffCalled, session, secondsLeft, extensionsLeft } = state.context;
    const documents = ports.terms.map((document) => document[prefs.language]);
    const screen = visitScreen(state, settings.journeys, documents);
    const key = stepKey(screen);
    if (key !== lastKey) {
      lastKey = key;
      step += 1;
    }
    return {
      v: 1,
      step,
      screen,
      warning: state.matches({ idle: 'warning' }) ? { secondsLeft, extensionsLeft } : null,
      prefs,
      languages: settings.languages,
      line: ports.delivery.line,
      staffCalled,
      session: session !== null,
      terminal: settings.terminal,
      environment: settings.environment,
    };
  };

  const refresh = () => {
    const next = look();
    const text = JSON.stringify(next);
    if (text === lastText) return;
    lastText = text;
    current = next;
    for (const listener of listeners) listener(next);
  };

  const subscriptions: (() => void)[] = [];

  return {
    start() {
      actor.subscribe({ next: refresh, error: fault('visit') });
      actor.start();
      subscriptions.push(
        ports.reader.onEvent((event) => {
          if (event.type === 'service') log('reader.service', { up: event.up });
          if (event.type === 'readers') log('reader.count', { count: event.names.length });
          actor.send({ type: 'READER', event });
        }),
        ports.delivery.onLine(refresh),
      );
      refresh();
      ports.reader.start();
      ports.delivery.start();
    },

    async stop() {
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      people.end();
      actor.stop();
      await Promise.all([ports.reader.stop(), ports.delivery.stop()]);
    },

    snapshot: () => current ?? look(),

    onSnapshot(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    handle(intent) {
      const seen = current ?? look();
      switch (intent.type) {
        case 'active':
          actor.send({ type: 'ACTIVE' });
          return;
        case 'call-staff':
          actor.send({ type: 'CALL_STAFF' });
          actor.send({ type: 'ACTIVE' });
          return;
        case 'cancel-call':
          actor.send({ type: 'CANCEL_CALL' });
          actor.send({ type: 'ACTIVE' });
          return;
        case 'prefs':
          actor.send({ type: 'PREFS', prefs: offered(intent.prefs, settings.languages) });
          actor.send({ type: 'ACTIVE' });
          return;
        case 'press':
        case 'pin-key':
        case 'pin-edit': {
          // While the question "are you still there?" is up, a touch answers only that.
          const asked = seen.warning !== null;
          actor.send({ type: 'ACTIVE' });
          if (asked || intent.step !== seen.step) return;
          if (intent.type === 'press') actor.send({ type: 'PRESS', button: intent.button });
          else if (intent.type === 'pin-key') actor.send({ type: 'PIN_KEY', position: intent.position });
          else actor.send({ type: 'PIN_EDIT', edit: intent.edit });
          return;
        }
      }
    },

    staffCancel() {
      actor.send({ type: 'STAFF_CANCEL' });
    },
  };
}

function firstPrefs(settings: Settings): Prefs {
  return { language: settings.languages[0] ?? 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false };
}

/** Only what was really said, and only a language that this terminal offers. */
function offered(wish: Extract<Intent, { type: 'prefs' }>['prefs'], languages: readonly Language[]): Partial<Prefs> {
  const said = Object.entries(wish).filter(
    ([key, value]) => value !== undefined && (key !== 'language' || languages.includes(value as Language)),
  );
  return Object.fromEntries(said);
}
