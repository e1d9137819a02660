import { expect, it } from 'vitest';
import { receiptNumber } from '../../contract/receipt.ts';
import type { RandomBytes } from '../ports.ts';
import { newReceipt } from './new-receipt.ts';

const row = { kind: 'sign-up', state: 'pending', created_at: 0, code: null } as const;
const drawing = (...digits: string[]): RandomBytes & { readonly left: string[] } =>
  Object.assign(() => Uint8Array.from(digits.length > 1 ? (digits.shift() ?? '') : (digits[0] ?? ''), Number), { left: digits });

it('a number that the queue knows is drawn again', () => {
  const taken = new Set([receiptNumber('111111111'), receiptNumber('222222222')]);
  const outbox = { look: (receipt: string) => (taken.has(receipt) ? row : null) };
  expect(newReceipt({ random: drawing('111111111', '222222222', '333333333'), outbox })).toBe(receiptNumber('333333333'));
});

it('gives up when randomness gives the same number for ever', () => {
  let asked = 0;
  const outbox = {
    look: () => {
      asked += 1;
      return row;
    },
  };
  expect(newReceipt({ random: drawing('111111111'), outbox })).toBeNull();
  expect(asked).toBe(10);
});
