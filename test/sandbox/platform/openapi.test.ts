import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { RefusalCode } from '../../../main/contract/platform.ts';
import { describePlatform } from './openapi.ts';

const Document = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

test('the stored description is what the schemas say now', async () => {
  const stored: unknown = JSON.parse(await readFile(new URL('./openapi.generated.json', import.meta.url), 'utf8'));
  expect(stored).toEqual(JSON.parse(JSON.stringify(await describePlatform())));
});

test('it holds the routes of the contract with every refusal code, and none of the sandbox', async () => {
  const { openapi, paths } = Document.parse(await describePlatform());
  expect(openapi).toBe('3.1.0');
  expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
    ['/v1/status', ['get']],
    ['/v1/challenges', ['post']],
    ['/v1/batches', ['post']],
    ['/v1/questions', ['post']],
    ['/v1/applications/{receipt}', ['get']],
    ['/v1/catalogue', ['get']],
    ['/v1/enrolments', ['post']],
  ]);
  const text = JSON.stringify(paths);
  for (const code of RefusalCode.options) expect(text).toContain(`"${code}"`);
  expect(text).toContain('application/problem+json');
});
