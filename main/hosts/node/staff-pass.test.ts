import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinKey, splitKey } from './staff-pass.ts';

it('both halves make the key again; one alone, or with another’s half, does not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const key = Buffer.from(bytes).toString('base64url');
      const [mine, other] = [splitKey(key, randomBytes), splitKey(key, randomBytes)];
      if (mine === null || other === null) throw new Error('no halves');
      expect(joinKey(mine)).toBe(key);
      expect([mine.page, mine.cookie]).not.toContain(key);
      expect(joinKey({ page: mine.page, cookie: other.cookie })).not.toBe(key);
    }),
  );
});

it('takes nothing that is no key', () => {
  for (const text of ['', 'short', 'k'.repeat(42), 'k'.repeat(44), `${'k'.repeat(42)}!`]) {
    expect(splitKey(text, randomBytes)).toBeNull();
    expect(joinKey({ page: text, cookie: 'k'.repeat(43) })).toBeNull();
  }
});
