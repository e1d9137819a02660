import type { Settings } from '../../contract/config.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { type Screen, stepOf } from '../../contract/screens.ts';
import { screenOf } from '../charts/screen-of.ts';
import type { ScanGate } from '../scan/scan-gate.ts';
import type { VisitSnapshot } from './machine.ts';

export interface PageViewDeps {
  readonly settings: Settings;
  readonly visit: () => VisitSnapshot;
  readonly line: () => Snapshot['line'];
  /** A scan that is not wanted here is said on the page. */
  readonly scanNote: () => ScanGate['note'];
  /** An application for a card is under way, with something personal in it. */
  readonly holdsApplication: () => boolean;
  /** Another step than before is up. */
  readonly onStep: (screen: Screen) => void;
}

/** What the page shows: the visit as one snapshot. */
export interface PageView {
  snapshot(): Snapshot;
  /** Looks at the visit, and tells where something has changed. */
  refresh(): void;
  /** @returns unsubscribe */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
}

/** What of the settings the page knows. */
function fixedIn(
  settings: Settings,
): Pick<Snapshot, 'v' | 'languages' | 'terminal' | 'environment' | 'keys' | 'panel' | 'cameras'> {
  const { languages, terminal, environment, keyboard, panel, cameras } = settings;
  return {
    v: 1,
    languages,
    terminal,
    environment,
    ...(keyboard === undefined ? {} : { keys: keyboard }),
    ...(panel === undefined ? {} : { panel }),
    ...(cameras === undefined ? {} : { cameras: { codes: cameras.codes ?? null, face: cameras.face ?? null } }),
  };
}

export function createPageView(deps: PageViewDeps): PageView {
  const fixed = fixedIn(deps.settings);
  const changes = createListeners<[Snapshot]>();
  let step = 0;
  let lastStep = '';
  let lastText = '';
  let current: Snapshot | null = null;

  const look = (): Snapshot => {
    const visit = deps.visit();
    const { prefs, offers, staffCalled, session, secondsLeft, extensionsLeft } = visit.context;
    const screen = screenOf(visit, prefs.language) ?? { name: 'attract', can: [...offers] };
    const text = stepOf(screen);
    if (text !== lastStep) {
      lastStep = text;
      step += 1;
      deps.onStep(screen);
    }
    const scanNote = deps.scanNote();
    return {
      ...fixed,
      step,
      screen,
      warning: visit.matches({ idle: 'warning' }) ? { secondsLeft, extensionsLeft } : null,
      prefs,
      line: deps.line(),
      staffCalled,
      ...(scanNote === undefined ? {} : { scanNote }),
      session: session !== null || deps.holdsApplication(),
    };
  };

  return {
    snapshot: () => current ?? look(),
    refresh() {
      // A journey that has ended has no screen any more; the visit hears of it next, before anything else can happen.
      if (deps.visit().children.journey?.getSnapshot().status === 'done') return;
      const next = look();
      const text = JSON.stringify(next);
      if (text === lastText) return;
      lastText = text;
      current = next;
      changes.emit(next);
    },
    onSnapshot: changes.add,
  };
}
