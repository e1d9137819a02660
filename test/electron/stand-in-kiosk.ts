import type { Button, Intent, Snapshot } from '../../main/contract/page-protocol.ts';
import type { Screen } from '../../main/contract/screens.ts';
import type { KioskView } from '../../main/transport/page-endpoint.ts';

/** A kiosk that needs no card: enough screens to see presses arrive, in the real protocol. */
export interface StandInKiosk extends KioskView {
  readonly handled: readonly Intent[];
  show(screen: Screen, session?: boolean): void;
}

const pad = (triesLeft: number): Screen => ({
  name: 'pin',
  digits: 0,
  triesLeft,
  wrong: triesLeft < 3,
  shuffled: false,
  layout: [1, 2, 3, 4, 5, 6, 7, 8, 9, 0],
});

const NEXT: Partial<Record<Screen['name'], Partial<Record<Button, Screen>>>> = {
  attract: { start: { name: 'menu', can: ['check', 'set-up'], cardPresent: false } },
  menu: {
    'receipt-lookup': { name: 'receipt-find', text: '', problem: null, camera: false },
    'set-up': { name: 'about-set-up' },
    check: pad(3),
    home: { name: 'attract', can: [] },
    back: { name: 'attract', can: [] },
  },
  'receipt-find': {
    scan: { name: 'receipt-find', text: '', problem: null, camera: true },
    'stop-scan': { name: 'receipt-find', text: '', problem: null, camera: false },
    home: { name: 'attract', can: [] },
  },
  'about-set-up': { next: { name: 'whose-card' }, home: { name: 'attract', can: [] } },
  'whose-card': { other: { name: 'whose-stop' }, home: { name: 'attract', can: [] } },
};

export function createStandInKiosk(first: Screen = { name: 'attract', can: [] }): StandInKiosk {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const handled: Intent[] = [];
  let snapshot: Snapshot = {
    v: 1,
    step: 1,
    screen: first,
    warning: null,
    prefs: { language: 'ja', textSize: 1, contrast: 'normal', height: 'normal', ruby: false },
    languages: ['ja', 'en'],
    line: 'online',
    staffCalled: false,
    session: false,
    terminal: { id: 'TEST-01', name: { ja: '試験用', en: 'Test' } },
    environment: 'sandbox',
  };
  const change = (next: Partial<Snapshot>) => {
    snapshot = { ...snapshot, ...next };
    for (const listener of [...listeners]) listener(snapshot);
  };
  const show = (screen: Screen, session = false) => change({ screen, session, step: snapshot.step + 1 });
  return {
    handled,
    show,
    snapshot: () => snapshot,
    photo: () => {},
    cameras: { take: () => {} },
    picture: () => null,
    onSnapshot(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    handle(intent) {
      handled.push(intent);
      if (intent.type === 'prefs') {
        const said = Object.fromEntries(Object.entries(intent.prefs).filter(([, value]) => value !== undefined));
        change({ prefs: { ...snapshot.prefs, ...said } });
      } else if (intent.type === 'press' && intent.step === snapshot.step) {
        const next = NEXT[snapshot.screen.name]?.[intent.button];
        if (next !== undefined) show(next);
      } else if (intent.type === 'pin-key' && snapshot.screen.name === 'pin') {
        change({ screen: { ...snapshot.screen, digits: Math.min(4, snapshot.screen.digits + 1) } });
      } else if (intent.type === 'pin-edit' && snapshot.screen.name === 'pin' && snapshot.screen.digits === 4) {
        show(pad(snapshot.screen.triesLeft - 1));
      } else if (intent.type === 'call-staff' || intent.type === 'cancel-call') {
        change({ staffCalled: intent.type === 'call-staff' });
      }
    },
  };
}
