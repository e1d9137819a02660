import { expect, it } from 'vitest';
import { controlName, isBrowsers, signOf, type WedgeKey } from './wedge-key.ts';

const key = (name: string, code: string, some: Partial<WedgeKey<null>> = {}): WedgeKey<null> => ({
  ...{ key: name, code, shift: false, control: false, alt: false, capsLock: false },
  ...{ own: true, repeat: false, at: 0, typing: false, mark: null },
  ...some,
});

it('a key says what it is here, and what the same place is on other keyboards', () => {
  expect(signOf(key('"', 'Digit2', { shift: true }))).toEqual({ text: '"', us: '@', jis: '"' });
  expect(signOf(key('Enter', 'Enter'))).toBeNull();
});

it('Caps Lock is taken back, and a pad without Num Lock types digits', () => {
  expect(signOf(key('A', 'KeyA', { capsLock: true }))?.text).toBe('a');
  expect(signOf(key('ArrowDown', 'Numpad2'))?.text).toBe('2');
});

it('with Ctrl a place is the control sign that a scanner sends so', () => {
  expect(signOf(key(']', 'BracketRight', { control: true }))?.us).toBe('\u001d');
  expect(controlName(key('m', 'KeyM', { control: true }))).toBe('Enter');
  expect(controlName(key('i', 'KeyI', { control: true }))).toBe('Tab');
});

it('function keys and chords are the browser’s; keys that move or edit are not', () => {
  expect([key('F5', 'F5'), key('a', 'KeyA', { alt: true })].map(isBrowsers)).toEqual([true, true]);
  expect([key('Tab', 'Tab'), key('Backspace', 'Backspace'), key('a', 'KeyA')].map(isBrowsers)).toEqual([false, false, false]);
});
