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

/** What may grow between the two marks: seven pictures of the 300 that are taken there; of anything else 7 KB a person. */
const MOST_GROWTH = 1024 * 1024;

test('two hundred applications in one process, the busiest booth’s day: memory does not grow', async () => {
  const data = testFolder('kiosk', 'two-hundred-applications');
  const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const keyFile = join(testFolder('world', 'two-hundred-applications'), 'key.json');
  await writeFile(keyFile, JSON.stringify({ ...(await exportJWK(publicKey)), kid: 'k1' }));
  const child = resolve(import.meta.dirname, 'applications/child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', child, data, keyFile, '50', '200'], {
    timeout: 280_000,
  });
  const marks = stdout
    .trim()
    .split('\n')
    .map((line) => Mark.parse(JSON.parse(line)));
  const [early, late] = marks;
  if (early === undefined || late === undefined) throw new Error('two marks wanted');
  const growth = late.heapUsed + late.external - early.heapUsed - early.external;
  const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
  process.stdout.write(
    `200 applications: heap ${kib(early.heapUsed)} after 50, ${kib(late.heapUsed)} after 200; outside it ${kib(early.external)}, ${kib(late.external)}; growth ${kib(growth)}\n`,
  );
  // Of ten people one comes back with another form, and one is cancelled by staff before the picture is answered.
  expect(late).toMatchObject({ applications: 200, accepted: 160, pictures: 180 });
  expect(growth).toBeLessThan(MOST_GROWTH);
}, 300_000);
