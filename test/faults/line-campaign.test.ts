import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { testFolder } from '../support/test-folder.ts';
import { sickLines } from './campaigns/line.ts';
import { drainOver, LOADS } from './campaigns/line-drain.ts';
import { fastClock, lineRound } from './campaigns/line-round.ts';

/** A slice of `npm run faults -- line`, and what it measures with the bytes in place of the time. */
let platform: Platform;
let pki: TestPki;
const clock = fastClock();
beforeAll(async () => {
  pki = await ensureTestPki();
  platform = await startPlatform({ data: testFolder('world', 'line-campaign'), memory: true, pki, clock });
});
afterAll(() => platform.close());

test.each(LOADS)('%j: a real queue gets through, and the line carries little more than once', async (load) => {
  const folder = testFolder('kiosk', 'line-campaign');
  const { settled, carried } = await drainOver({ platform, folder }, load);
  expect(settled).toBe(load.rows);
  expect(carried).toBeLessThan(1.5);
});

test('a gateway that answers POST by itself, whatever it says, costs no act: all of them wait, and are taken when it has gone', async () => {
  const folder = testFolder('kiosk', 'line-gateway');
  const rounds = [400, 404, 405, 407, 413, 421, 431, 451, 502, 503].map((status) => {
    const meddling = { type: 'gateway', status, only: 'POST' } as const;
    const spell = { kbits: 4000, delayMs: 0, meddling, held: false, dropped: false, seconds: 20, acts: 3 };
    return lineRound({ platform, pki, folder, clock }, status, [spell]);
  });
  for (const found of await Promise.all(rounds)) expect(found).toMatchObject({ lost: 0, doubled: 0, stuck: 0, told: true });
});

test('sick lines in random mixture: at the end everything is settled, once', async () => {
  const said: string[] = [];
  const figures = await sickLines({ seed: 9, rounds: 4, say: (line) => said.push(line) });
  const { tried, lost, doubled, stuck, told } = figures;
  process.stdout.write(`line: tried ${tried} / lost ${lost} / doubled ${doubled} / stuck ${stuck} / told ${told}\n`);
  expect(figures, said.join('\n')).toMatchObject({ tried: 4, lost: 0, doubled: 0, stuck: 0, ok: true });
});
