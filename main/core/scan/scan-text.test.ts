import { expect, it } from 'vitest';
import { ScanText } from './scan-text.ts';

it('holds a scan as both layouts read it, and begins empty after it', () => {
  const text = new ScanText();
  expect([text.some, text.take()]).toEqual([false, null]);
  text.add('@', '"');
  text.add('1', '1');
  expect(text.some).toBe(true);
  expect(text.take()).toEqual({ text: '@1', us: '@1', jis: '"1' });
  expect(text.take()).toBeNull();
});

it('drops what is longer than any code', () => {
  const text = new ScanText();
  for (let n = 0; n < 600; n++) text.add('1', '1');
  expect(text.take()?.text).toHaveLength(512);
});

it('the digits under Alt are one sign, or the end of the scan', () => {
  const text = new ScanText();
  for (const digit of '065') text.digit(digit);
  expect(text.endNumber()).toBeNull();
  for (const digit of '013') text.digit(digit);
  expect(text.endNumber()).toEqual({ text: 'A', us: 'A', jis: 'A' });
});
