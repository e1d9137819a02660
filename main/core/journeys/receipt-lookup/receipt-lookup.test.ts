import { expect, it } from 'vitest';
import { createActor } from 'xstate';
import { ok } from '../../../contract/result.ts';
import { screenOf } from '../../charts/screen-of.ts';
import type { Outbox } from '../../ports.ts';
import { createReceiptLookupJourney } from './machine.ts';
import { createReceiptLookup, pendingOf, type ReceiptLookup, type ReceiptRow } from './receipt-lookup.ts';

const row = (receipt: string, state: ReceiptRow['state'], kind: ReceiptRow['kind'] = 'sign-up'): ReceiptRow => ({
  receipt,
  kind,
  at: '2026-11-23T00:00:00.000Z',
  state,
  code: state === 'refused' ? 'account-in-use' : null,
});
/** What a card has here, as its rows in the order in which they came. */
const pendingHere = (...rows: readonly ReceiptRow[]) => {
  const receiptLookup: ReceiptLookup = {
    read: () => null,
    look: (receipt) => rows.find((one) => one.receipt === receipt) ?? null,
    cancel: () => false,
  };
  return pendingOf(
    rows.map(({ receipt }) => receipt),
    receiptLookup,
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

it('what damage has taken is named as lost until the card has brought another one of its kind', () => {
  expect(pendingHere(row('1', 'lost'))).toEqual([['1', 'lost', null]]);
  expect(pendingHere(row('1', 'lost'), row('2', 'waiting'))).toEqual([['2', 'waiting', null]]);
  expect(pendingHere(row('1', 'lost'), row('2', 'cancelled'), row('3', 'accepted', 'municipal'))).toEqual([['1', 'lost', null]]);
});

it('the look-up tells a receipt that damage has taken from one that nobody knows, and takes neither back', () => {
  let asked = 0;
  const outbox = {
    look: (receipt: string) =>
      receipt === '1234567897' ? { kind: 'sign-up' as const, state: 'lost' as const, created_at: 0, code: null } : null,
    cancel: () => {
      asked += 1;
      return ok(false);
    },
  };
  const receiptLookup = createReceiptLookup(outbox as unknown as Outbox, { nudge: () => {} });
  expect(receiptLookup.look('1234567897')).toEqual({
    receipt: '1234567897',
    kind: 'sign-up',
    at: null,
    state: 'lost',
    code: null,
  });
  expect(receiptLookup.look('1234567905')).toBeNull();

  const page = createActor(
    createReceiptLookupJourney({ receipts: receiptLookup, askApplication: async () => null, print: () => {} }),
    {
      input: { card: { at: 'absent' }, offers: [], shuffled: false, helpers: false, known: null, family: null },
    },
  ).start();
  const typed = (receipt: string) => {
    for (const key of receipt) page.send({ type: 'type', key });
    page.send({ type: 'type-edit', edit: 'ok' });
  };
  typed('1234567897');
  expect(screenOf(page.getSnapshot(), 'ja')).toMatchObject({ name: 'receipt-state', state: 'lost', receipt: '1234567897' });
  page.send({ type: 'press', button: 'cancel-it' });
  expect(screenOf(page.getSnapshot(), 'ja')?.name).toBe('receipt-state');
  expect(asked).toBe(0);
  page.send({ type: 'press', button: 'back' });
  typed('1234567905');
  expect(screenOf(page.getSnapshot(), 'ja')).toMatchObject({ name: 'receipt-find', problem: 'unknown' });
});

it('the newest three', () => {
  const rows = ['1', '2', '3', '4'].map((receipt) => row(receipt, 'waiting'));
  expect(pendingHere(...rows).map(([receipt]) => receipt)).toEqual(['2', '3', '4']);
});
