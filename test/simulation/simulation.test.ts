import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMISE } from '../support/promises.ts';
import { runs } from '../support/runs.ts';
import { runCampaign } from './campaign.ts';
import { fleetStarts, judgeFleet } from './fleet/fleet-goals.ts';
import { memoryFolder } from './memory-folder.ts';
import { mutants } from './mutants/list.ts';
import { runMutant, unfit } from './mutants/run-mutant.ts';
import { allowDeadProcesses } from './world/died.ts';
import { runSeed } from './world/run-seed.ts';

/** A slice of `npm run simulation`; a failing seed is looked at with `npm run simulation -- --seed S --seeds 1 --trace`. */
let base: string;
beforeAll(() => {
  base = mkdtempSync(join(memoryFolder(tmpdir()), 'simulation-'));
  allowDeadProcesses();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the simulation', () => {
  const worlds = runs(200, 30);
  it(`${worlds} worlds keep every promise, and come to rest when the faults end`, { timeout: 600_000 }, async () => {
    const said: string[] = [];
    const options = {
      first: 1,
      count: worlds,
      base,
      untilBroken: true,
      trace: false,
      say: (line: string) => void said.push(line),
    };
    const { failed } = await runCampaign(options);
    expect(
      said.filter((line) => line.startsWith('FAIL')),
      PROMISE,
    ).toEqual([]);
    expect(failed).toBe(0);
  });

  it('the same seed is the same world, event by event; another one is another', async () => {
    const [once, again, other] = [
      await runSeed(9, { base, keep: 0 }),
      await runSeed(9, { base, keep: 0 }),
      await runSeed(10, { base, keep: 0 }),
    ];
    expect(again.hash).toBe(once.hash);
    expect(once.events).toBeGreaterThan(100);
    expect(other.hash).not.toBe(once.hash);
  });

  it('every planted bug still has a place in the code', () => expect(unfit(mutants)).toEqual([]));

  it.each(['new id for each attempt', 'unmarked answers believed'])('finds a planted bug: %s', (name) => {
    const mutant = mutants.find((one) => one.name === name);
    if (mutant === undefined) throw new Error('no such mutant');
    expect(runMutant(mutant, base, 20)).toMatchObject({ found: true });
  });
});

describe('the fleet', () => {
  // Each of them stands for several: `npm run simulation -- --fleet` has all 10,000. Where the platform counts what fits into five seconds, one
  // of a hundred would bring too much of that with a single batch.
  it.each(fleetStarts)('comes back within the goals: %j', async (start) => {
    const kiosks = start.admission ? 400 : 100;
    const { ok, line } = await judgeFleet({ ...start, seed: 1, kiosks, rows: 200 });
    expect(ok, line).toBe(true);
  });
});
