import { expect, it } from 'vitest';
import type { CardFacts } from '../../../contract/card.ts';
import { checkItems } from './check-items.ts';

const fresh: CardFacts = {
  triesLeft: 3,
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2029-06-01T14:59:59.000Z',
  validity: 'valid',
  recentlyIssued: false,
  renewal: null,
};

it.each<[string, Partial<CardFacts>, string[]]>([
  ['a fresh card', {}, ['set-up-possible', 'moved-hint']],
  ['one try left', { triesLeft: 1 }, ['set-up-possible', 'pin-one-try', 'moved-hint']],
  ['locked', { triesLeft: 0 }, ['set-up-not-possible', 'pin-reset-needed', 'moved-hint']],
  ['expired', { validity: 'expired' }, ['set-up-not-possible', 'renew-needed', 'moved-hint']],
  ['expiring', { validity: 'expiring' }, ['set-up-possible', 'renew-possible', 'moved-hint']],
  ['renewed yesterday', { recentlyIssued: true }, ['set-up-possible', 'wait-after-renewal', 'moved-hint']],
  ['not valid yet', { validity: 'future' }, ['set-up-not-possible', 'moved-hint']],
])('%s', (_name, change, items) => {
  expect(checkItems({ ...fresh, ...change })).toEqual(items);
});
