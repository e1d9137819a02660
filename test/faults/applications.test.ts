import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { testFolder } from '../support/test-folder.ts';

const Mark = z.object({
  applications: z.number(),
  accepted: z.number(),
  pictures: z.number(),
  heapUsed: z.number(),
  external: z.number(),
});

const MARKS = [50, 100, 150, 200] as const;
/**
 * What may grow from one mark to the next, fifty people later: five of the pictures of the hundred that are taken between them. The first
 * people warm the process up: some code is compiled and dropped again.
 */
const MOST_GROWTH = 512 * 1024;

test('two hundred applications in one process, the busiest booth’s day: memory does not grow', async () => {
  const data = testFolder('kiosk', 'two-hundred-applications');
  const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const keyFile = join(testFolder('world', 'two-hundred-applications'), 'key.json');
  await writeFile(keyFile, JSON.stringify({ ...(await exportJWK(publicKey)), kid: 'k1' }));
  const child = resolve(import.meta.dirname, 'applications/child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', child, data, keyFile, ...MARKS.map(String)], {
    timeout: 280_000,
  });
  const marks = stdout
    .trim()
    .split('\n')
    .map((line) => Mark.parse(JSON.parse(line)));
  expect(marks.map(({ applications }) => applications)).toEqual([...MARKS]);
  const held = marks.map(({ heapUsed, external }) => heapUsed + external);
  const kib = held.map((bytes) => `${Math.round(bytes / 1024)} KiB`);
  process.stdout.write(`applications: ${MARKS.map((at, n) => `${kib[n]} after ${at}`).join(', ')}\n`);
  // Of ten people one comes back with another form, and one is cancelled by staff before the picture is answered.
  expect(marks.at(-1)).toMatchObject({ applications: 200, accepted: 160, pictures: 180 });
  for (const [n, bytes] of held.entries()) expect(bytes - (held[n - 1] ?? bytes)).toBeLessThan(MOST_GROWTH);
  // Over the whole day too, not only step by step.
  expect((held.at(-1) ?? 0) - (held[0] ?? 0)).toBeLessThan(2 * MOST_GROWTH);
}, 300_000);
