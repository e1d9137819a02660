import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { TermsRef } from '../../../main/contract/submission.ts';
import { checkTerms, defaultTerms } from './terms.ts';

test('the sandbox takes what a kiosk with the default settings lets people agree to', async () => {
  const file = new URL('../../../kiosk-config/defaults.json', import.meta.url);
  const { terms } = z
    .looseObject({ terms: z.array(z.looseObject(TermsRef.shape)) })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  expect(checkTerms(terms, defaultTerms, Date.now())).toBeNull();
});

test('a version holds to the last instant of its time', () => {
  const until = '2026-10-31T15:00:00.000Z';
  const ref = { id: 'a-b', version: '2026-01-01' };
  const at = (ms: number) => checkTerms([ref], [{ ...ref, until }], Date.parse(until) + ms);
  expect([at(0), at(1)]).toEqual([null, 'terms-changed']);
});
