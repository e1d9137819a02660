import { type ActorRefFrom, createActor } from 'xstate';
import type { Settings } from '../contract/config.ts';
import type { Intent, Prefs, Snapshot } from '../contract/page-protocol.ts';
import type { Journey } from '../contract/screens.ts';
import { createCalendar } from './hours/calendar.ts';
import { closedView } from './hours/closed-view.ts';
import { createOpening, type Opening } from './hours/opening.ts';
import { overrideInMemory } from './hours/override-store.ts';
import { createKioskParts } from './kiosk-parts.ts';
import type { KioskDeps } from './ports.ts';
import { createScanGate } from './scan/scan-gate.ts';
import { type CameraReports, createCameraReports } from './visit/camera-reports.ts';
import { createDeviceTrials } from './visit/device-trial.ts';
import { createVisit } from './visit/machine.ts';
import { PageInput } from './visit/page-input.ts';
import { createPageView } from './visit/page-view.ts';
import { StaffControls } from './visit/staff-controls.ts';
import type { VisitEvent } from './visit/types.ts';

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
  photo(photo: Parameters<PageInput['photo']>[0]): void;
  /** The picture that a screen names as its `shot`, JPEG in base64. `null`: there is none (any more). */
  picture(shot: number): string | null;
  /** What the page tells of its cameras: for the staff side. */
  readonly cameras: CameraReports;
  /** Opening hours, and what staff have said by hand. */
  readonly opening: Opening;
  /** Ends the session that runs, if any: for the staff side, never for the page. */
  staffCancel(): void;
  /** For the staff side, never for the page. */
  readonly staff: StaffControls;
}

/** The only place where parts meet (DESIGN.md, Shape). */
export function createKiosk(ports: KioskDeps): Kiosk {
  const { settings, clock, log } = ports;
  const fault = (where: string) => () => log('core.fault', { where, incident: ports.newId().slice(0, 8) });
  const prefs = (): Prefs => actor.getSnapshot().context.prefs;
  const { visit, cardSession, applications } = createKioskParts(ports, prefs, fault('session.end'));
  const calendar = settings.hours === undefined ? null : createCalendar(settings.hours);
  const opening = createOpening({ calendar, clock, store: ports.overrides ?? overrideInMemory() });
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
  const visitNow = () => actor.getSnapshot();
  const cameras = createCameraReports((use, state) => log('camera.state', { use, state }));
  const trials = createDeviceTrials({ settings, choice: ports.scannerLayout, lastReport: cameras.of });
  const page = createPageView({
    settings,
    visit: visitNow,
    line: () => ports.delivery.line,
    scanNote: () => scans.note,
    holdsApplication: () => applications.current?.holds === true,
    onStep: (screen) => scans.moved(screen),
  });
  const scans = createScanGate(clock, page.refresh, trials.scanner);

  const send = (event: VisitEvent) => actor.send(event);
  const { languages } = settings;
  const input = new PageInput({ snapshot: page.snapshot, send, scans, trials, applications, languages, log });
  let unsubscribe = () => {};

  return {
    start() {
      actor.subscribe({ next: page.refresh, error: fault('visit') });
      actor.start();
      unsubscribe = listenToParts(ports, { send, refresh: page.refresh, opening, closed });
      // It may have changed since the kiosk was put together, before anybody listened.
      actor.send({ type: 'storage', usable: ports.outbox.usable });
      opening.start();
      page.refresh();
      ports.reader.start();
      ports.delivery.start();
      ports.catalogue.start();
    },

    async stop() {
      unsubscribe();
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

    handle: (intent) => input.handle(intent),
    photo: (photo) => input.photo(photo),
    picture: (shot) => input.picture(shot),
    cameras,
    opening,
    staffCancel: () => actor.send({ type: 'staff-cancel' }),
    staff: new StaffControls({ visit: visitNow, send, trials }),
  };
}

/** Tells the visit of everything that happens beside the page. @returns ends it */
function listenToParts(
  { reader, delivery, outbox, log }: KioskDeps,
  {
    send,
    refresh,
    opening,
    closed,
  }: {
    readonly send: (event: VisitEvent) => void;
    readonly refresh: () => void;
    readonly opening: Opening;
    readonly closed: () => ReturnType<typeof closedView>;
  },
): () => void {
  const subscriptions = [
    reader.onEvent((event) => {
      if (event.type === 'service')
        log('reader.service', { up: event.up, ...(event.why === undefined ? {} : { why: event.why }) });
      if (event.type === 'readers') log('reader.count', { count: event.names.length });
      send({ type: 'reader', event });
    }),
    delivery.onLine(refresh),
    outbox.onUsable((usable) => send({ type: 'storage', usable })),
    opening.onChange(() => send({ type: 'hours', closed: closed() })),
  ];
  return () => {
    for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
  };
}

function firstPrefs(settings: Settings): Prefs {
  return { language: settings.languages[0] ?? 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false };
}
