import { expect, it } from 'vitest';
import { groupsOf, maskedGroups, nameOfSign, unmasked } from './groups.ts';

it('groups in fours from the left, and loses nothing', () => {
  expect(groupsOf('')).toEqual([]);
  expect(groupsOf('6900123412345678')).toEqual(['6900', '1234', '1234', '5678']);
  expect(groupsOf('ヤマダタロウ')).toEqual(['ヤマダタ', 'ロウ']);
  expect(groupsOf('123456789').join('')).toBe('123456789');
});

it('keeps the last four of a masked account together', () => {
  expect(maskedGroups('•••••••1234')).toEqual(['•••', '••••', '1234']);
  expect(maskedGroups('••••••••5678')).toEqual(['••••', '••••', '5678']);
  expect(maskedGroups('12')).toEqual(['12']);
  expect(unmasked('•••••••1234')).toBe('1234');
});

it('names what looks alike, and nothing else', () => {
  expect(nameOfSign('0')).toBe('signs.0');
  expect(nameOfSign('O')).toBe('signs.O');
  expect(nameOfSign('7')).toBeNull();
  expect(nameOfSign('toString')).toBeNull();
});
