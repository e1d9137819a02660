import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTestPki } from '../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { testFolder } from '../support/test-folder.ts';
import { run } from './campaigns/line.ts';
import { drainOver, LOADS } from './campaigns/line-drain.ts';
import { fastClock } from './campaigns/line-round.ts';

/** A slice of `npm run faults -- line`, and what it measures with the bytes in place of the time. */
let platform: Platform;
const clock = fastClock();
beforeAll(async () => {
  const pki = await ensureTestPki();
  platform = await startPlatform({ data: testFolder('world', 'line-campaign'), memory: true, pki, clock });
});
afterAll(() => platform.close());

test.each(LOADS)('%j: a real queue gets through, and the line carries little more than once', async (load) => {
  const folder = testFolder('kiosk', 'line-campaign');
  const { settled, carried } = await drainOver({ platform, folder, clock }, load);
  expect(settled).toBe(load.rows);
  expect(carried).toBeLessThan(1.5);
});

test('sick lines in random mixture: at the end everything is settled, once', async () => {
  const said: string[] = [];
  const figures = await run({ seed: 9, rounds: 4, say: (line) => said.push(line) });
  expect(figures, said.join('\n')).toMatchObject({ tried: 4, lost: 0, doubled: 0, stuck: 0, ok: true });
});
