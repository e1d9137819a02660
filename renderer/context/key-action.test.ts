import { describe, expect, it } from 'vitest';
import type { Screen } from '../../main/contract/screens.ts';
import { keyAction } from './key-action.ts';

const menu: Screen = { name: 'menu', can: ['check', 'set-up'], cardPresent: false };
const layout = [7, 0, 4, 9, 2, 6, 1, 8, 3, 5];
const pin: Screen = { name: 'pin', digits: 0, triesLeft: 3, wrong: false, shuffled: true, layout };
const on = (screen: Screen, key: string, some: { asked?: boolean; onButton?: boolean } = {}) =>
  keyAction(key, { screen, asked: false, onButton: false, ...some });

describe('a key on the PIN screen', () => {
  it('is a position, not a digit', () => {
    for (const [position, digit] of layout.entries()) expect(on(pin, String(digit))).toEqual({ do: 'pin-key', position });
  });

  it('edits', () => {
    expect(on(pin, 'Backspace')).toEqual({ do: 'pin-edit', edit: 'back' });
    expect(on(pin, 'Delete')).toEqual({ do: 'pin-edit', edit: 'clear' });
    expect(on(pin, 'Enter')).toEqual({ do: 'pin-edit', edit: 'ok' });
    expect(on(pin, 'Enter', { onButton: true })).toBeNull();
    expect(on(pin, 'Escape')).toBeNull();
  });
});

describe('a key elsewhere', () => {
  it('chooses, goes on, goes back, turns pages', () => {
    expect(on(menu, '2')).toEqual({ do: 'choose', number: 2 });
    expect(on(menu, '0')).toBeNull();
    expect(on(menu, 'Enter')).toEqual({ do: 'primary' });
    expect(on(menu, 'Enter', { onButton: true })).toBeNull();
    expect(on(menu, 'Backspace')).toEqual({ do: 'back' });
    expect(on(menu, '+')).toEqual({ do: 'page', by: 1 });
    expect(on(menu, 'PageUp')).toEqual({ do: 'page', by: -1 });
    expect(on(menu, 'a')).toBeNull();
  });

  it('calls staff from everywhere', () => {
    for (const screen of [menu, pin]) {
      expect(on(screen, '/')).toEqual({ do: 'call-staff' });
      expect(on(screen, '/', { asked: true })).toEqual({ do: 'call-staff' });
    }
  });

  it('does nothing behind the question but answer it', () => {
    expect(on(menu, '1', { asked: true })).toBeNull();
    expect(on(pin, '7', { asked: true })).toBeNull();
    expect(on(menu, 'Enter', { asked: true })).toEqual({ do: 'primary' });
  });
});

describe('a key where text is typed', () => {
  const find: Screen = { name: 'receipt-find', text: '12', problem: null, camera: false };
  const finder = (typing: boolean): Screen => ({
    name: 'finder',
    filter: { category: null, row: null, keyword: '', on: null, minors: false, noPhone: false },
    typing,
    hits: [],
    page: 1,
    pages: 0,
    total: 0,
    age: { issuedAt: '2026-11-23T01:00:00.000Z', old: false },
  });

  it('is a sign, or an edit; it never chooses and never goes back by accident', () => {
    expect(on(find, '3')).toEqual({ do: 'type', key: '3' });
    expect(on(find, 'Backspace')).toEqual({ do: 'type-edit', edit: 'back' });
    expect(on(find, 'Delete')).toEqual({ do: 'type-edit', edit: 'clear' });
    expect(on(find, 'Enter')).toEqual({ do: 'type-edit', edit: 'ok' });
    expect(on(find, 'Enter', { onButton: true })).toBeNull();
    expect(on(find, 'Escape')).toEqual({ do: 'back' });
    expect(on(find, '3', { asked: true })).toBeNull();
  });

  it('on the finder types while the keyboard is up, in small letters, and chooses otherwise', () => {
    expect(on(finder(true), 'S')).toEqual({ do: 'type', key: 's' });
    expect(on(finder(false), '2')).toEqual({ do: 'choose', number: 2 });
    expect(on(finder(false), '+')).toEqual({ do: 'page', by: 1 });
  });
});
