import { expect, test } from 'vitest';
import { createReceiptsOfCard } from './receipts-of-card.ts';

const bytes = (n: number) => new Uint8Array(32).fill(n);
const card = (n: number) => Uint8Array.of(0x30, 0x82, n);

test('a card finds its own receipts, oldest first, and no other card’s', () => {
  const own = createReceiptsOfCard(bytes);
  own.note(card(1), '1111111111');
  own.note(card(2), '2222222222');
  own.note(card(1), '3333333333');
  expect(own.of(card(1))).toEqual(['1111111111', '3333333333']);
  expect(own.of(card(2))).toEqual(['2222222222']);
  expect(own.of(card(3))).toEqual([]);
});

test('the card that was here longest ago is forgotten first', () => {
  const own = createReceiptsOfCard(bytes, 2);
  own.note(card(1), 'a');
  own.note(card(2), 'b');
  own.note(card(1), 'c');
  own.note(card(3), 'd');
  expect([1, 2, 3].map((n) => own.of(card(n)))).toEqual([['a', 'c'], [], ['d']]);
});
