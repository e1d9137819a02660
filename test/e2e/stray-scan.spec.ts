import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import type { Intent } from '../../main/contract/port.ts';
import { openStage, type Stage, type StagePage } from '../screens/page-stage.ts';
import { SAMPLES, type Sample } from '../screens/samples.ts';
import { anyScan, plainScan, type Scan, scanInto } from '../support/scanner.ts';

/**
 * Every screen of the contract, on the built page, under the keys of a hand scanner: whatever it reads and however it types, the page sends one
 * `scanned`, and nothing else. `MADOGUCHI_SCANS`: how many random scans each view gets; without it a third of the screens get one.
 */
const SCANS = Number(process.env.MADOGUCHI_SCANS ?? 1);
const SEED = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000);
const names = new Set<string>();
const firstOfItsScreen = ({ snapshot }: Sample) => {
  const { name } = snapshot('ja').screen;
  return !names.has(name) && names.add(name) !== undefined;
};
const VIEWS =
  process.env.MADOGUCHI_SCANS === undefined ? SAMPLES.filter(firstOfItsScreen).filter((_, at) => at % 3 === SEED % 3) : SAMPLES;
let stage: Stage;
let front: StagePage;

test.beforeAll(async () => {
  stage = await openStage();
});
test.afterAll(() => stage.close());

const intents = (from: number): readonly Intent[] =>
  front.sent.slice(from).flatMap((message) => (message.type === 'intent' ? [message.intent] : []));

/** @returns what the page sent for one scan */
async function sentFor(scan: Scan): Promise<readonly Intent[]> {
  const before = front.sent.length;
  await scanInto(front.page, scan);
  await expect.poll(() => intents(before).length, { timeout: 3000, message: JSON.stringify(scan) }).toBeGreaterThan(0);
  return intents(before);
}

/** Longer than a page may need to change its mind: keys that were held back would be acted on by then. */
const QUIET_MS = 250;

test('a stray scan on every screen sends nothing but itself', async () => {
  test.setTimeout(120_000 + VIEWS.length * SCANS * 3000);
  front = await stage.open('portrait', 'ja');
  const scans = fc.sample(anyScan, { numRuns: VIEWS.length * SCANS, seed: SEED });
  for (const [at, { name, snapshot }] of VIEWS.entries()) {
    await front.show(snapshot('ja'));
    const before = front.sent.length;
    const own = [plainScan('4901234567894'), ...scans.slice(at * SCANS, (at + 1) * SCANS)];
    for (const scan of own) {
      const sent = await sentFor(scan);
      expect({ name, seed: SEED, scan, sent: sent.map(({ type }) => type) }).toEqual({
        name,
        seed: SEED,
        scan,
        sent: ['scanned'],
      });
    }
    await front.page.waitForTimeout(QUIET_MS);
    expect({ name, sent: intents(before).map(({ type }) => type) }).toEqual({ name, sent: own.map(() => 'scanned') });
  }
  expect(front.complaints).toEqual([]);
  await front.close();
});
