import { Buffer } from 'node:buffer';
import type { ActorRefFrom } from 'xstate';
import { createActor } from 'xstate';
import type { CameraUse } from '../contract/camera.ts';
import type { Settings } from '../contract/config.ts';
import type { Intent, Language, PageMessage, Prefs, Snapshot } from '../contract/page-protocol.ts';
import { unreachable } from '../contract/result.ts';
import { type Journey, stepOf } from '../contract/screens.ts';
import type { DeviceTrial } from '../contract/staff.ts';
import { createCurrentCardSession } from './card-session/current-card-session.ts';
import { createReceiptsOfCard } from './card-session/receipts-of-card.ts';
import { createCalendar } from './hours/calendar.ts';
import { closedView } from './hours/closed-view.ts';
import { createOpening, type Opening } from './hours/opening.ts';
import { overrideInMemory } from './hours/override-store.ts';
import { createCurrentApplication } from './journeys/card-application/current-application.ts';
import { createPolicyList } from './journeys/municipal/policy-list.ts';
import { createReceiptLookup } from './journeys/receipt-lookup/receipt-lookup.ts';
import { createPinnedCatalogue } from './journeys/sign-up/pinned-catalogue.ts';
import { createUsedAccounts } from './journeys/sign-up/used-accounts.ts';
import { readPhoto } from './photo/jpeg.ts';
import type { KioskPorts } from './ports.ts';
import { createScanGate } from './scan/scan-gate.ts';
import { base64 } from './seal/base64.ts';
import { type CameraReports, createCameraReports } from './visit/camera-reports.ts';
import { createDeviceTrials } from './visit/device-trial.ts';
import { createPresenter } from './visit/presenter.ts';
import { visitWithEffects } from './visit/visit-effects.ts';
import { visitScreen } from './visit/visit-screen.ts';
import type { VisitEvent } from './visit/visit-types.ts';

export interface Kiosk {
  start(): void;
  stop(): Promise<void>;
  snapshot(): Snapshot;
  /** @returns unsubscribe */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  /** A part has come: these journeys can be offered now. */
  offer(journeys: readonly Journey[]): void;
  /** Never throws on what a page sends; an intent that does not fit the screen does nothing. */
  handle(intent: Intent): void;
  /** A picture for the screen `photo`. One that is not of the limits, or of another step, does nothing. */
  photo(photo: PagePhoto): void;
  /** The picture that a screen names as its `shot`, JPEG in base64. `null`: there is none (any more). */
  picture(shot: number): string | null;
  /** What the page tells of its cameras: for the staff side. */
  readonly cameras: CameraReports;
  /** Opening hours, and what staff have said by hand. */
  readonly opening: Opening;
  /** Ends the session that runs, if any: for the staff side, never for the page. */
  staffCancel(): void;
  /** For the staff side, never for the page. */
  readonly staff: {
    /** Takes the screen out of order for the staff console. @returns false: somebody is at it, nothing happened */
    open(): boolean;
    close(): void;
    /** Shows that camera on the public screen, or none. @returns false: the console is not open, nothing happened */
    tryDevices(use: CameraUse | null): boolean;
    readonly trial: DeviceTrial;
    /** Takes a call off the screen; the person's own clock runs on. */
    answerCall(): void;
    /** A visit is going on, or its card still lies on the reader. */
    readonly busy: boolean;
    /** The journey that is up; null: none. */
    readonly journey: Journey | null;
  };
}

/** Agreed to only when a My Key ID is made. */
const MY_KEY_ID_TERMS = 'my-key-id';

/** The only place where parts meet (DESIGN section 2). */
export function createKiosk(ports: KioskPorts): Kiosk {
  const { settings, clock, log } = ports;
  const fault = (where: string) => () => log('core.fault', { where, incident: ports.newId().slice(0, 8) });
  const refs = settings.terms.map(({ id, version }) => ({ id, version }));
  const terms = {
    programme: refs.filter(({ id }) => id !== MY_KEY_ID_TERMS),
    myKeyId: refs.filter(({ id }) => id === MY_KEY_ID_TERMS),
  };
  const shelf = createPinnedCatalogue(ports.catalogue, clock, ports.random, terms);
  const policies = createPolicyList(() => shelf.catalogue, clock, terms);
  const receiptLookup = createReceiptLookup(ports.outbox, ports.delivery);
  const family = createUsedAccounts(ports.random);
  const people = createCurrentCardSession(
    {
      ...ports,
      catalogue: () => shelf.catalogue,
      onCommitted: ({ kind, ...content }) => {
        if (kind === 'sign-up' && 'account' in content) family.note(content.service, content.account);
      },
      receiptsOfCard: createReceiptsOfCard(ports.random),
      terminal: settings.terminal.id,
      waitForAnswerMs: settings.platform.waitForAnswerSeconds * 1000,
      verifyPace: { againMs: settings.timeouts.pinAgainSeconds * 1000, lastMs: settings.timeouts.pinLastSeconds * 1000 },
    },
    fault('session.end'),
  );
  const applicants = createCurrentApplication({
    ...ports,
    terminal: settings.terminal.id,
    waitForAnswerMs: settings.platform.waitForAnswerSeconds * 1000,
  });
  const opening = createOpening({
    calendar: settings.hours === undefined ? null : createCalendar(settings.hours),
    clock,
    store: ports.overrides ?? overrideInMemory(),
  });
  const closed = () => closedView(opening.state, clock.now());
  const prefs = (): Prefs => actor.getSnapshot().context.prefs;
  const actor: ActorRefFrom<ReturnType<typeof visitWithEffects>> = createActor(
    visitWithEffects({ ports, people, shelf, policies, receiptLookup, family, applicants, prefs }),
    {
      input: {
        offers: ports.offers ?? settings.journeys,
        readersNamed: settings.reader.names.length > 0,
        prefs: firstPrefs(settings),
        storageOk: ports.outbox.usable,
        closed: closed(),
        extensions: settings.timeouts.extensions,
        warningSeconds: settings.timeouts.warningSeconds,
      },
      clock: { setTimeout: (run, ms) => clock.setTimeout(run, ms), clearTimeout: (handle) => clock.clearTimeout(handle) },
    },
  );

  const ground = { ports, people, shelf, policies, receiptLookup, family, applicants };
  let step = 0;
  let lastKey = '';
  let lastText = '';
  let current: Snapshot | null = null;
  const listeners = new Set<(snapshot: Snapshot) => void>();

  const look = (): Snapshot => {
    const state = actor.getSnapshot();
    const { prefs, staffCalled, session, secondsLeft, extensionsLeft } = state.context;
    const screen = visitScreen(state, createPresenter(ground, prefs.language));
    const key = stepOf(screen);
    if (key !== lastKey) {
      lastKey = key;
      step += 1;
      scans.moved(screen);
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
      ...(scans.note === undefined ? {} : { scanNote: scans.note }),
      ...(settings.keyboard === undefined ? {} : { keys: settings.keyboard }),
      session: session !== null || applicants.current?.holds === true,
      ...(settings.cameras === undefined
        ? {}
        : { cameras: { codes: settings.cameras.codes ?? null, face: settings.cameras.face ?? null } }),
      terminal: settings.terminal,
      environment: settings.environment,
    };
  };

  /** A journey that has ended has no screen any more; the visit hears of it next, before anything else can happen. */
  const between = () => actor.getSnapshot().children['journey']?.getSnapshot().status === 'done';
  const refresh = () => {
    if (between()) return;
    const next = look();
    const text = JSON.stringify(next);
    if (text === lastText) return;
    lastText = text;
    current = next;
    for (const listener of listeners) listener(next);
  };

  const cameras = createCameraReports((use, state) => log('camera.state', { use, state }));
  const trials = createDeviceTrials({ settings, choice: ports.scannerLayout, lastReport: cameras.of });
  const scans = createScanGate(clock, refresh, trials.scanner);
  const scanned = (intent: Extract<Intent, { type: 'scanned' }>) => {
    const seen = current ?? look();
    const here = seen.warning === null && intent.step === seen.step;
    const fate = scans.pass(intent, here ? seen.screen : null);
    if (fate.do === 'nothing') return;
    if (fate.do === 'take' && seen.screen.name === 'out-of-order') {
      trials.saw(intent);
      return;
    }
    if (fate.do === 'take') {
      // Somebody at a screen that asked for a code is at work; any other scan restarts no clock and answers no question.
      actor.send({ type: 'ACTIVE' });
      actor.send({ type: 'SCANNED', text: fate.text, also: intent.also ?? [] });
      // The finder has no words of its own for a code of no service.
      if (seen.screen.name !== 'finder' || look().step !== seen.step) return;
    }
    scans.say();
  };

  const subscriptions: (() => void)[] = [];

  return {
    start() {
      actor.subscribe({ next: refresh, error: fault('visit') });
      actor.start();
      subscriptions.push(
        ports.reader.onEvent((event) => {
          if (event.type === 'service')
            log('reader.service', { up: event.up, ...(event.why === undefined ? {} : { why: event.why }) });
          if (event.type === 'readers') log('reader.count', { count: event.names.length });
          actor.send({ type: 'READER', event });
        }),
        ports.delivery.onLine(refresh),
        ports.outbox.onUsable((usable) => actor.send({ type: 'STORAGE', usable })),
        opening.onChange(() => actor.send({ type: 'HOURS', closed: closed() })),
      );
      // It may have changed since the kiosk was put together, before anybody listened.
      actor.send({ type: 'STORAGE', usable: ports.outbox.usable });
      opening.start();
      refresh();
      ports.reader.start();
      ports.delivery.start();
      ports.catalogue.start();
    },

    async stop() {
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      opening.stop();
      people.end();
      applicants.end();
      scans.wipe();
      actor.stop();
      await Promise.all([ports.reader.stop(), ports.catalogue.stop(), ports.delivery.stop()]);
    },

    snapshot: () => current ?? look(),

    onSnapshot(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    offer: (journeys) => actor.send({ type: 'OFFERS', journeys }),

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
        case 'scanned':
          scanned(intent);
          return;
        case 'press':
        case 'pin-key':
        case 'pin-edit':
        case 'type':
        case 'type-edit':
        case 'find':
        case 'choose': {
          // While the question "are you still there?" is up, a touch answers only that.
          const asked = seen.warning !== null;
          actor.send({ type: 'ACTIVE' });
          if (asked || intent.step !== seen.step) return;
          actor.send(eventOf(intent));
          return;
        }
      }
    },

    photo({ step: at, jpeg, hints }) {
      const seen = current ?? look();
      const asked = seen.warning !== null;
      actor.send({ type: 'ACTIVE' });
      if (asked || at !== seen.step || seen.screen.name !== 'photo') return;
      const bytes = Buffer.from(jpeg, 'base64');
      const read = readPhoto(bytes);
      bytes.fill(0);
      if (!read.ok) {
        log('port.refused', { reason: `photo.${read.error}` });
        return;
      }
      if (applicants.current?.takePhoto(read.value, hints) === true) actor.send({ type: 'PHOTO_TAKEN', hints });
    },

    picture(shot) {
      const { screen } = current ?? look();
      const photo = applicants.current?.photo ?? null;
      if (photo === null || photo.shot !== shot || !('shot' in screen) || screen.shot !== shot) return null;
      return base64(photo.jpeg);
    },

    cameras,
    opening,

    staffCancel() {
      actor.send({ type: 'STAFF_CANCEL' });
    },

    staff: {
      open() {
        actor.send({ type: 'STAFF_OPEN' });
        return actor.getSnapshot().context.staffOpen;
      },
      close: () => actor.send({ type: 'STAFF_CLOSE' }),
      tryDevices(use) {
        if (!actor.getSnapshot().context.staffOpen) return false;
        trials.begin(use);
        actor.send({ type: 'STAFF_TRY', use });
        return true;
      },
      get trial() {
        return trials.view(actor.getSnapshot().context.trial);
      },
      answerCall: () => actor.send({ type: 'CANCEL_CALL' }),
      get busy() {
        const state = actor.getSnapshot();
        return state.matches({ flow: 'visiting' }) || state.matches({ flow: 'takeCard' });
      },
      get journey() {
        return actor.getSnapshot().context.journey;
      },
    },
  };
}

/** What the page sends as `photo`. */
export type PagePhoto = Omit<Extract<PageMessage, { type: 'photo' }>, 'type'>;

type StepIntent = Exclude<Extract<Intent, { step: number }>, { type: 'scanned' }>;

function eventOf(intent: StepIntent): VisitEvent {
  switch (intent.type) {
    case 'press':
      return { type: 'PRESS', button: intent.button };
    case 'pin-key':
      return { type: 'PIN_KEY', position: intent.position };
    case 'pin-edit':
      return { type: 'PIN_EDIT', edit: intent.edit };
    case 'type':
      return { type: 'TYPE', key: intent.key };
    case 'type-edit':
      return { type: 'TYPE_EDIT', edit: intent.edit };
    case 'find':
      return { type: 'FIND', filter: said(intent.filter) };
    case 'choose':
      return { type: 'CHOOSE', id: intent.id };
    default:
      return unreachable(intent);
  }
}

/** Without the keys that were left out. */
function said<T extends object>(wish: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
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
