import { expect, it } from 'vitest';
import { KeyRun } from './key-run.ts';
import type { WedgeKey } from './wedge-key.ts';

const key = (at: number, some: Partial<WedgeKey<null>> = {}): WedgeKey<null> => ({
  ...{ key: '1', code: 'Digit1', shift: false, control: false, alt: false, capsLock: false },
  ...{ own: true, repeat: false, at, typing: false, mark: null },
  ...some,
});
const sign = { text: '1', us: '1', jis: '1' };

/** Keys of one sign each, so many ms apart. */
function run(times: readonly number[], some: Partial<WedgeKey<null>> = {}): KeyRun<null> {
  const keys = new KeyRun<null>();
  for (const at of times) keys.hold(key(at, some), sign);
  return keys;
}

it('three fast keys are a scan, or four at a scanner’s pace; where text is typed, eight', () => {
  expect(run([0, 35]).sure).toBe(false);
  expect(run([0, 35, 70]).sure).toBe(true);
  expect(run([0, 100, 200]).sure).toBe(false);
  expect(run([0, 100, 200, 300]).sure).toBe(true);
  expect(run([0, 100, 200, 300], { typing: true }).sure).toBe(false);
  expect(run([0, 100, 200, 301]).sure).toBe(false);
});

it('keys of a person are handed back after their wait, in order, and the next begins anew', () => {
  const keys = run([0, 150]);
  expect(keys.endsAt(false)).toBe(251);
  expect(keys.release(240)).toEqual([]);
  expect(keys.release(251).map(({ key: { at } }) => at)).toEqual([0]);
  expect(keys.release(350).map(({ key: { at } }) => at)).toEqual([150]);
  expect([keys.empty, keys.endsAt(false)]).toEqual([true, null]);
});

it('a line end ends a scan that is one, or a sign just before it', () => {
  expect(run([0]).isEndedBy(key(100))).toBe(true);
  expect(run([0]).isEndedBy(key(101))).toBe(false);
  expect(run([0, 80]).isEndedBy(key(160, { typing: true }))).toBe(false);
  expect(run([0, 80, 160]).isEndedBy(key(240, { typing: true }))).toBe(true);
});

it('a scan is over after a pause; one of keys that are no person’s may be slower, as its first keys say', () => {
  const fast = run([0, 10, 20]);
  expect([fast.isOver(320), fast.isOver(321)]).toEqual([false, true]);
  const slow = run([0], { own: false });
  expect([slow.sure, slow.isOver(1000), slow.isOver(1001)]).toEqual([true, false, true]);
  const even = run([0, 200], { own: false });
  expect([even.isOver(800), even.isOver(801)]).toEqual([false, true]);
  expect(even.take()).toHaveLength(2);
  expect([even.sure, even.empty]).toEqual([false, true]);
});
