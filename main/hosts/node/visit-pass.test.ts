import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createVisitPass } from './visit-pass.ts';

test('a half is good for its visit, and known for ever after', () => {
  const pass = createVisitPass(randomBytes);
  const halves: string[] = [];
  for (let visit = 0; visit < 300; visit += 1) {
    halves.push(pass.half);
    expect(pass.half).toMatch(/^[\w-]{43}$/);
    expect(pass.judge(pass.half)).toBe('now');
    pass.end();
  }
  expect(new Set(halves).size).toBe(300);
  for (const half of halves) expect(pass.judge(half)).toBe('ended');
});

test('no half of another launch, of a visit to come, or nearly the same', () => {
  const pass = createVisitPass(randomBytes);
  const half = pass.half;
  const other = createVisitPass(randomBytes);
  pass.end();
  const bytes = Buffer.from(half, 'base64url');
  const changed = [...bytes.keys()].map((at) => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy.toString('base64url');
  });
  for (const given of [other.half, '', half.slice(1), `${half}A`, half.slice(0, 42), ...changed])
    expect([given, pass.judge(given)]).toEqual([given, null]);
});

test('a ticket clears once, then loads once; never the one without the other', () => {
  const pass = createVisitPass(randomBytes);
  const ticket = pass.issue();
  expect(pass.redeem(ticket)).toBe(false);
  expect(pass.isUnused(ticket)).toBe(true);
  expect([pass.clear(ticket), pass.clear(ticket)]).toEqual([true, false]);
  expect(pass.isUnused(ticket)).toBe(false);
  expect([pass.redeem(ticket), pass.redeem(ticket)]).toEqual([true, false]);
  expect(pass.clear('')).toBe(false);
});
