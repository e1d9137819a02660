import { expect, test } from 'vitest';
import { Journey } from '../../contract/screens.ts';
import { offersOf } from './offers.ts';

const all = { 'catalogue-key': true, camera: true };

test('what has its parts is offered, in the order of the settings', () => {
  const named = [...Journey.options].reverse();
  expect(offersOf(named, all)).toEqual({ journeys: named, leftOut: [] });
});

test('what lacks a part is left out, with that part', () => {
  const { journeys, leftOut } = offersOf(Journey.options, { 'catalogue-key': false, camera: false });
  expect(journeys).toEqual(['check', 'set-up', 'status', 'receipt-lookup']);
  expect(Object.fromEntries(leftOut.map(({ journey, lacks }) => [journey, lacks]))).toEqual({
    'sign-up': 'catalogue-key',
    municipal: 'catalogue-key',
    'card-application': 'camera',
  });
  expect(offersOf(['receipt-lookup', 'check'], { ...all, camera: false }).journeys).toEqual(['receipt-lookup', 'check']);
});
