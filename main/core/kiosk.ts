import { Buffer } from 'node:buffer';
import { type ActorRefFrom, createActor } from 'xstate';
import type { CameraUse } from '../contract/camera.ts';
import type { Settings } from '../contract/config.ts';
import type { PublicLanguage } from '../contract/languages.ts';
import type { Intent, PageMessage, Prefs, Snapshot } from '../contract/page-protocol.ts';
import type { Journey } from '../contract/screens.ts';
import type { DeviceTrial } from '../contract/staff.ts';
import { createCalendar } from './hours/calendar.ts';
import { closedView } from './hours/closed-view.ts';
import { createOpening, type Opening } from './hours/opening.ts';
import { overrideInMemory } from './hours/override-store.ts';
import { createKioskParts } from './kiosk-parts.ts';
import { readPhoto } from './photo/jpeg.ts';
import type { KioskPorts } from './ports.ts';
import { createScanGate } from './scan/scan-gate.ts';
import { base64 } from './seal/base64.ts';
import { type CameraReports, createCameraReports } from './visit/camera-reports.ts';
import { createDeviceTrials } from './visit/device-trial.ts';
import { createVisit } from './visit/machine.ts';
import { createPageView } from './visit/page-view.ts';

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

/** The only place where parts meet (DESIGN.md, Shape). */
export function createKiosk(ports: KioskPorts): Kiosk {
  const { settings, clock, log } = ports;
  const fault = (where: string) => () => log('core.fault', { where, incident: ports.newId().slice(0, 8) });
  const prefs = (): Prefs => actor.getSnapshot().context.prefs;
  const { visit, cardSession, applications } = createKioskParts(ports, prefs, fault('session.end'));
  const opening = createOpening({
    calendar: settings.hours === undefined ? null : createCalendar(settings.hours),
    clock,
    store: ports.overrides ?? overrideInMemory(),
  });
  const closed = () => closedView(opening.state, clock.now());
  const actor: ActorRefFrom<ReturnType<typeof createVisit>> = createActor(createVisit(visit), {
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
  });
  const cameras = createCameraReports((use, state) => log('camera.state', { use, state }));
  const trials = createDeviceTrials({ settings, choice: ports.scannerLayout, lastReport: cameras.of });
  const page = createPageView({
    settings,
    visit: () => actor.getSnapshot(),
    line: () => ports.delivery.line,
    scanNote: () => scans.note,
    holdsApplication: () => applications.current?.holds === true,
    onStep: (screen) => scans.moved(screen),
  });
  const scans = createScanGate(clock, page.refresh, trials.scanner);

  const scanned = (intent: Extract<Intent, { type: 'scanned' }>) => {
    const seen = page.snapshot();
    const here = seen.warning === null && intent.step === seen.step;
    const fate = scans.pass(intent, here ? seen.screen : null);
    if (fate.do === 'nothing') return;
    if (fate.do === 'take' && seen.screen.name === 'out-of-order') {
      trials.saw(intent);
      return;
    }
    if (fate.do === 'take') {
      // Somebody at a screen that asked for a code is at work; any other scan restarts no clock and answers no question.
      actor.send({ type: 'active' });
      actor.send({ type: 'scanned', text: fate.text, also: intent.also ?? [] });
      // The finder has no words of its own for a code of no service.
      if (seen.screen.name !== 'finder' || page.snapshot().step !== seen.step) return;
    }
    scans.say();
  };

  const subscriptions: (() => void)[] = [];
  const subscribe = () =>
    subscriptions.push(
      ports.reader.onEvent((event) => {
        if (event.type === 'service')
          log('reader.service', { up: event.up, ...(event.why === undefined ? {} : { why: event.why }) });
        if (event.type === 'readers') log('reader.count', { count: event.names.length });
        actor.send({ type: 'reader', event });
      }),
      ports.delivery.onLine(page.refresh),
      ports.outbox.onUsable((usable) => actor.send({ type: 'storage', usable })),
      opening.onChange(() => actor.send({ type: 'hours', closed: closed() })),
    );

  return {
    start() {
      actor.subscribe({ next: page.refresh, error: fault('visit') });
      actor.start();
      subscribe();
      // It may have changed since the kiosk was put together, before anybody listened.
      actor.send({ type: 'storage', usable: ports.outbox.usable });
      opening.start();
      page.refresh();
      ports.reader.start();
      ports.delivery.start();
      ports.catalogue.start();
    },

    async stop() {
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      opening.stop();
      cardSession.end();
      applications.end();
      scans.wipe();
      actor.stop();
      await Promise.all([ports.reader.stop(), ports.catalogue.stop(), ports.delivery.stop()]);
    },

    snapshot: page.snapshot,
    onSnapshot: page.onSnapshot,
    offer: (journeys) => actor.send({ type: 'offers', journeys }),

    handle(intent) {
      if (intent.type === 'scanned') {
        scanned(intent);
        return;
      }
      if (!('step' in intent)) {
        if (intent.type === 'prefs') actor.send({ type: 'prefs', prefs: offered(intent.prefs, settings.languages) });
        else if (intent.type !== 'active') actor.send(intent);
        actor.send({ type: 'active' });
        return;
      }
      // While the question "are you still there?" is up, a touch answers only that.
      const { warning, step } = page.snapshot();
      actor.send({ type: 'active' });
      if (warning === null && intent.step === step) actor.send(intent);
    },

    photo({ step: at, jpeg, hints }) {
      const { warning, step, screen } = page.snapshot();
      actor.send({ type: 'active' });
      if (warning !== null || at !== step || screen.name !== 'photo') return;
      const bytes = Buffer.from(jpeg, 'base64');
      const read = readPhoto(bytes);
      bytes.fill(0);
      if (!read.ok) {
        log('port.refused', { reason: `photo.${read.error}` });
        return;
      }
      if (applications.current?.takePhoto(read.value, hints) === true) actor.send({ type: 'photo-taken', hints });
    },

    picture(shot) {
      const { screen } = page.snapshot();
      const photo = applications.current?.photo ?? null;
      if (photo === null || photo.shot !== shot || !('shot' in screen) || screen.shot !== shot) return null;
      return base64(photo.jpeg);
    },

    cameras,
    opening,

    staffCancel() {
      actor.send({ type: 'staff-cancel' });
    },

    staff: {
      open() {
        actor.send({ type: 'staff-open' });
        return actor.getSnapshot().context.staffOpen;
      },
      close: () => actor.send({ type: 'staff-close' }),
      tryDevices(use) {
        if (!actor.getSnapshot().context.staffOpen) return false;
        trials.begin(use);
        actor.send({ type: 'staff-try', use });
        return true;
      },
      get trial() {
        return trials.view(actor.getSnapshot().context.trial);
      },
      answerCall: () => actor.send({ type: 'cancel-call' }),
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
type PagePhoto = Omit<Extract<PageMessage, { type: 'photo' }>, 'type'>;

function firstPrefs(settings: Settings): Prefs {
  return { language: settings.languages[0] ?? 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false };
}

/** Only what was really said, and only a language that this terminal offers. */
function offered(wish: Extract<Intent, { type: 'prefs' }>['prefs'], languages: readonly PublicLanguage[]): Partial<Prefs> {
  const said = Object.entries(wish).filter(
    ([key, value]) => value !== undefined && (key !== 'language' || languages.includes(value as PublicLanguage)),
  );
  return Object.fromEntries(said);
}
