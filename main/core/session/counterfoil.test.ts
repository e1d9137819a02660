import { expect, it } from 'vitest';
import type { Counterfoil, PendingRow } from '../journeys/pending.ts';
import { pendingOf } from './counterfoil.ts';

const row = (receipt: string, state: PendingRow['state'], kind: PendingRow['kind'] = 'sign-up'): PendingRow => ({
  receipt,
  kind,
  at: '2026-11-23T00:00:00.000Z',
  state,
  code: state === 'refused' ? 'account-in-use' : null,
});
/** What a card has here, as its rows in the order in which they came. */
const pendingHere = (...rows: readonly PendingRow[]) => {
  const counterfoil: Counterfoil = {
    read: () => null,
    look: (receipt) => rows.find((one) => one.receipt === receipt) ?? null,
    cancel: () => false,
  };
  return pendingOf(
    rows.map(({ receipt }) => receipt),
    counterfoil,
  ).map(({ receipt, state, code }) => [receipt, state, code]);
};

it('names what is not done, a refusal with its reason; what is accepted or taken back is done', () => {
  expect(
    pendingHere(row('1', 'accepted', 'set-up'), row('2', 'cancelled'), row('3', 'refused'), row('4', 'waiting', 'municipal')),
  ).toEqual([
    ['3', 'refused', 'account-in-use'],
    ['4', 'waiting', null],
  ]);
});

it('a refusal is over when the card has brought another one of its kind, and not when that was taken back', () => {
  expect(pendingHere(row('1', 'refused'), row('2', 'accepted'))).toEqual([]);
  expect(pendingHere(row('1', 'refused'), row('2', 'refused'))).toEqual([['2', 'refused', 'account-in-use']]);
  expect(pendingHere(row('1', 'refused'), row('2', 'cancelled'))).toEqual([['1', 'refused', 'account-in-use']]);
  expect(pendingHere(row('1', 'refused'), row('2', 'accepted', 'municipal'))).toHaveLength(1);
});

it('the newest three', () => {
  const rows = ['1', '2', '3', '4'].map((receipt) => row(receipt, 'waiting'));
  expect(pendingHere(...rows).map(([receipt]) => receipt)).toEqual(['2', '3', '4']);
});
