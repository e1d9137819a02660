import { expect, it } from 'vitest';
import type { WaitingRow } from '../outbox/rows.ts';
import { BatchChoice } from './batch-choice.ts';
import { InFlight } from './in-flight.ts';
import { Suspects } from './suspects.ts';

const row = (seq: number, more: Partial<WaitingRow> = {}): WaitingRow => ({
  ...{
    seq,
    id: `row-${seq}`,
    kind: 'set-up',
    receipt: `receipt-${seq}`,
    sealed: 'sealed',
    attempts: 0,
    state: 'pending',
    alone: false,
  },
  ...more,
});

/** @param bytes that one batch may hold */
function harness(rows: readonly WaitingRow[], bytes = 1000) {
  const inFlight = new InFlight();
  const suspects = new Suspects();
  const choice = new BatchChoice({
    outbox: {
      due: (_now, { except }) => rows.filter(({ seq }) => except?.has(seq) !== true),
      row: (id) => rows.find((one) => one.id === id) ?? null,
      inOrder: (given) => [...given],
    },
    clock: { now: () => 0, monotonic: () => 0 },
    inFlight,
    suspects,
    limits: () => ({ items: 10, bytes }),
  });
  return { inFlight, suspects, choice, next: () => choice.next().map(({ seq }) => seq) };
}

it('takes what is due and free, and nothing that is on its way or waits for its receipt', () => {
  const { inFlight, next } = harness([row(1), row(2, { receipt: 'receipt-1' }), row(3), row(4)]);
  expect(next()).toEqual([1, 2, 3, 4]);
  inFlight.add([row(1)]);
  expect(next()).toEqual([3, 4]);
  inFlight.remove(['row-1']);
  expect(next()).toEqual([1, 2, 3, 4]);
});

it('a row that is tried alone goes alone', () => {
  const { next, choice } = harness([row(1, { alone: true }), row(2)]);
  expect(next()).toEqual([1]);
  expect(choice.isSuspicious([row(1, { alone: true })])).toBe(true);
  expect(choice.isSuspicious([row(2)])).toBe(false);
});

it('of a batch that failed the halves go on, as far as the window holds them', () => {
  const { suspects, next, choice } = harness([1, 2, 3, 4].map((seq) => row(seq)));
  suspects.failed(
    [1, 2, 3, 4].map((seq) => row(seq)),
    0,
  );
  expect(next()).toEqual([1, 2]);
  expect(choice.isSuspicious([row(1)])).toBe(true);
  const small = harness(
    [1, 2, 3, 4].map((seq) => row(seq)),
    'sealed'.length,
  );
  small.suspects.failed(
    [1, 2, 3, 4].map((seq) => row(seq)),
    0,
  );
  expect(small.next()).toEqual([1]);
});

it('a suspect that waits no more is forgotten, and the rest goes', () => {
  const { suspects, next } = harness([row(3)]);
  suspects.failed([row(1), row(2)], 0);
  suspects.forget(['row-2']);
  expect([...suspects.ids]).toEqual(['row-1']);
  expect(next()).toEqual([3]);
  suspects.failed([row(1), row(2)], 0);
  const gone = harness([]);
  gone.suspects.failed([row(1), row(2)], 0);
  expect(gone.next()).toEqual([]);
  expect([...gone.suspects.ids]).toEqual(['row-2']);
});
