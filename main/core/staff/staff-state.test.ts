import { expect, it, vi } from 'vitest';
import type { HelpView } from '../../contract/staff.ts';
import type { KeyRow } from './key-rows.ts';
import { type StaffStateFacts, staffState } from './staff-state.ts';

const help = { busy: false } as unknown as HelpView;
const row = { name: 'counter 1', role: 'clerk', passcode: 'hash', wrong: 0 } as unknown as KeyRow;
const facts: StaffStateFacts = {
  terminal: { id: 'T-1', name: { ja: '窓口', en: 'Counter' } },
  refused: null,
  row,
  open: false,
  lockedMs: 0,
  now: Date.parse('2026-11-28T01:00:00Z'),
  closesIn: 90,
  help: () => help,
};

it('tells an unknown key nothing but the name of the terminal', () => {
  const looked = vi.fn(facts.help);
  expect(staffState({ ...facts, row: null, open: true, lockedMs: 5000, help: looked })).toEqual({
    ...{ v: 1, terminal: facts.terminal, refused: null, access: 'unknown-key', lockedUntil: null, triesLeft: null },
    ...{ role: null, keyName: '', closesIn: null, help: null },
  });
  expect(looked).not.toHaveBeenCalled();
});

it('says what is open to a key: the console before a lock, a lock before the first use', () => {
  const access = (change: Partial<StaffStateFacts>) => staffState({ ...facts, ...change }).access;
  expect(access({})).toBe('closed');
  expect(access({ row: { ...row, passcode: null } })).toBe('no-passcode');
  expect(access({ row: { ...row, passcode: null }, lockedMs: 1 })).toBe('locked');
  expect(access({ lockedMs: 1, open: true })).toBe('open');
});

it('gives the end of a lock to the full second, and the countdown only to the holder', () => {
  expect(staffState({ ...facts, lockedMs: 1500 }).lockedUntil).toBe('2026-11-28T01:00:02.000Z');
  expect(staffState(facts)).toMatchObject({ closesIn: null, keyName: 'counter 1', role: 'clerk', help });
  expect(staffState({ ...facts, open: true }).closesIn).toBe(90);
});
