import { expect, it } from 'vitest';
import { takeToken } from './token.ts';

function places(hash: string, kept: Record<string, string> = {}) {
  const held = new Map(Object.entries(kept));
  let cleared = 0;
  return {
    held,
    cleared: () => cleared,
    given: {
      hash,
      storage: {
        getItem: (key: string) => held.get(key) ?? null,
        setItem: (key: string, value: string) => void held.set(key, value),
      },
      clearHash: () => {
        cleared += 1;
      },
    },
  };
}

it('takes the token out of the address and keeps it for a reload', () => {
  const first = places('#token=abc');
  expect(takeToken(first.given)).toBe('abc');
  expect(first.cleared()).toBe(1);
  const again = places('', Object.fromEntries(first.held));
  expect(takeToken(again.given)).toBe('abc');
  expect(again.cleared()).toBe(0);
});

it('is empty where there is none', () => {
  expect(takeToken(places('').given)).toBe('');
});
