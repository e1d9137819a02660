import { expect, test } from 'vitest';
import { inGroups } from './code-groups.ts';

test.each([
  ['', ''],
  ['abcd', 'ABCD'],
  ['abcde', 'ABCD-E'],
  ['ABCD-EFGH-JKLM-NPQR', 'ABCD-EFGH-JKLM-NPQR'],
  [' abcd efgh\tjklm ', 'ABCD-EFGH-JKLM'],
  ['ａｂｃｄ１２３４', 'ABCD-1234'],
  ['ABCD-', 'ABCD'],
  ['A'.repeat(30), 'AAAA-AAAA-AAAA-AAAA-AAAA'],
])('%j becomes %j', (typed, shown) => expect(inGroups(typed)).toBe(shown));
