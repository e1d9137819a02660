import { expect, it } from 'vitest';
import type { Snapshot } from '../contract/page-protocol.ts';
import type { Screen } from '../contract/screens.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import { visitEnded } from './visit-end.ts';

const on = (screen: Screen, session = false): Snapshot => ({ ...startingSnapshot(null), screen, session });
const attract = on({ name: 'attract', can: [] });
const menu = on({ name: 'menu', can: ['check'], cardPresent: false });
const menuWithCard = on({ name: 'menu', can: ['check'], cardPresent: true }, true);
const goodbye = on({ name: 'goodbye', reason: 'removed' });
const takeCard = on({ name: 'take-card', alarm: false });
const starting = startingSnapshot(null);

it('ends with the screens that are nobody’s, also when the core died', () => {
  for (const visit of [menu, menuWithCard]) {
    for (const after of [attract, goodbye, takeCard, starting]) expect(visitEnded(visit, after)).toBe(true);
  }
});

it('ends where a session does, though the visit goes on', () => {
  expect(visitEnded(menuWithCard, menu)).toBe(true);
});

it('does not end while it goes on, before it began, and twice', () => {
  expect(visitEnded(null, attract)).toBe(false);
  expect(visitEnded(attract, menu)).toBe(false);
  expect(visitEnded(menu, menuWithCard)).toBe(false);
  expect(visitEnded(menuWithCard, menuWithCard)).toBe(false);
  for (const before of [attract, goodbye, takeCard, starting]) {
    for (const after of [attract, goodbye, takeCard, starting]) expect(visitEnded(before, after)).toBe(false);
  }
});
