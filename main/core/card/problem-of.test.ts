import { expect, test } from 'vitest';
import { CardProblem } from '../../contract/card.ts';
import { CardHostErrorCode } from '../../contract/card-host.ts';
import { problemOf } from './problem-of.ts';

const expected: Record<CardHostErrorCode, CardProblem['code']> = {
  removed: 'removed',
  'wrong-session': 'removed',
  'reader-busy': 'reader-busy',
  mute: 'mute',
  'reader-gone': 'reader-failed',
  'reader-failed': 'reader-failed',
  'service-down': 'reader-failed',
  'not-allowed': 'reader-failed',
  timeout: 'reader-failed',
  'not-open': 'reader-failed',
  'host-gone': 'reader-failed',
};

test.each(CardHostErrorCode.options)('%s', (code) => {
  const problem = problemOf({ code, pcsc: 0x80100069 });
  expect(problem).toEqual({ code: expected[code], ...(code === 'not-allowed' ? { why: 'not-allowed' } : {}) });
  expect(CardProblem.safeParse(problem).success).toBe(true);
});
