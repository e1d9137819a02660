import { expect, it } from 'vitest';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { awaySnapshot } from './away-snapshot.ts';
import { createViewStore } from './store.ts';

const personal: Snapshot = {
  ...awaySnapshot(null),
  step: 9,
  screen: {
    name: 'issued',
    myKeyId: 'KMT4H0W9',
    alreadySet: false,
    goesOn: 'sign-up',
    receipt: '1234567897',
    slip: { state: 'none' },
  },
  prefs: { language: 'en', textSize: 3, contrast: 'high', height: 'low', ruby: true },
  languages: ['en', 'ja'],
  session: true,
  terminal: { id: 'T-1', name: { ja: '窓口', en: 'Counter' } },
};

it('shows the newest snapshot whole and tells its listeners', () => {
  const store = createViewStore();
  let told = 0;
  const leave = store.subscribe(() => {
    told += 1;
  });
  store.show(personal);
  expect(store.get()).toEqual({ snapshot: personal, connected: true });
  leave();
  store.show(personal);
  expect(told).toBe(1);
});

it('keeps nothing of a visit when the host goes away, only what the terminal is', () => {
  const store = createViewStore();
  store.show(personal);
  store.away();
  const { snapshot, connected } = store.get();
  expect(connected).toBe(false);
  expect(snapshot.screen).toEqual({ name: 'out-of-order', reason: 'starting' });
  expect(snapshot.terminal).toEqual(personal.terminal);
  expect(snapshot.prefs).toEqual({ language: 'en', textSize: 1, contrast: 'normal', height: 'normal', ruby: false });
  expect(JSON.stringify(store.get())).not.toContain('KMT4H0W9');
});
