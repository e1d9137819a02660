import { expect, test } from 'vitest';
import type { ReaderEvent } from '../../contract/card-host.ts';
import { foundInUse, noSlots, occupied, onlyCard, slotsAfter, strangeSlots } from './slots.ts';

const FIRST = 'Virtual PCD 00 00';
const SECOND = 'Virtual PCD 00 01';
const after = (...events: readonly ReaderEvent[]) =>
  events.reduce(slotsAfter, slotsAfter(noSlots(false), { type: 'readers', names: [FIRST, SECOND] }));

test('after a restart: a card that answers in the first slot is somebody’s, though the slot has shown nothing yet', () => {
  const slots = after({ type: 'inserted', session: 1, reader: FIRST, found: true });
  expect([occupied(slots), foundInUse(slots, 1), strangeSlots(slots)]).toEqual([true, true, []]);
});

test('what lies in a second slot holds nobody up, whether it answers or not, and staff are told', () => {
  for (const event of [
    { type: 'mute', reader: SECOND, found: true },
    { type: 'inserted', session: 1, reader: SECOND, found: true },
  ] as const) {
    const slots = after(event);
    expect([occupied(slots), strangeSlots(slots)]).toEqual([false, [SECOND]]);
    const withCard = slotsAfter(slots, { type: 'inserted', session: 2, reader: FIRST, found: false });
    expect([onlyCard(withCard, 2), occupied(withCard)]).toEqual([true, true]);
  }
});

test('something mute in a first slot that has shown nothing yet does not block', () => {
  expect(occupied(after({ type: 'mute', reader: FIRST, found: true }))).toBe(false);
});
