import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandArguments } from '../support/command-arguments.ts';
import { runCampaign } from './campaign.ts';
import { WHOLE_FLEET } from './fleet/fleet.ts';
import { fleetStarts, hopeless, judgeFleet } from './fleet/fleet-goals.ts';
import { memoryFolder } from './memory-folder.ts';
import { mutants } from './mutants/list.ts';
import { runMutant } from './mutants/run-mutant.ts';
import { allowDeadProcesses } from './world/died.ts';

/**
 * `npm run simulation [-- --seeds N] [--seed S] [--until-broken] [--trace]`: the real outbox, journal, client and delivery in N worlds, each
 * out of one seed. A seed that broke a promise is named with its trace hash; `--seed S --seeds 1 --trace` shows every event of it.
 * `--mutants`: looks for each planted bug within 200 seeds. `--fleet [--kiosks N]`: 10,000 kiosks that come back at once
 * (minutes), or N that stand for them. Last `N passed, N failed`.
 */
const { values } = await commandArguments(
  'simulation',
  {
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'until-broken': { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      mutants: { type: 'boolean', default: false },
      fleet: { type: 'boolean', default: false },
      kiosks: { type: 'string', default: String(WHOLE_FLEET) },
    },
  },
  { numbers: ['seeds', 'seed', 'kiosks'] },
);
const say = (line: string) => process.stdout.write(`${line}\n`);
allowDeadProcesses();
const base = mkdtempSync(join(memoryFolder(tmpdir()), 'simulation-'));
process.on('exit', () => rmSync(base, { recursive: true, force: true }));

function runMutants(): { passed: number; failed: number } {
  let passed = 0;
  for (const mutant of mutants) {
    const report = runMutant(mutant, base, Number(values.seeds ?? 200));
    if (report.found) passed += 1;
    const where = report.found ? `seed ${report.seed}` : 'NOT FOUND';
    say(`${report.found ? 'ok  ' : 'FAIL'} ${mutant.name.padEnd(46)} ${where.padEnd(10)} ${report.what}`);
  }
  return { passed, failed: mutants.length - passed };
}

async function runFleets(): Promise<{ passed: number; failed: number }> {
  const fleet = { seed: Number(values.seed), kiosks: Number(values.kiosks), rows: 200 };
  let passed = 0;
  for (const start of fleetStarts) {
    const { ok, line } = await judgeFleet({ ...start, ...fleet });
    if (ok) passed += 1;
    say(`${ok ? 'ok  ' : 'FAIL'} ${line}`);
  }
  say(`     ${(await judgeFleet({ ...hopeless, ...fleet })).line} (not judged)`);
  return { passed, failed: fleetStarts.length - passed };
}

const seeds = () =>
  runCampaign({
    ...{ first: Number(values.seed), count: Number(values.seeds ?? 10_000), base, say },
    ...{ untilBroken: values['until-broken'], trace: values.trace },
  });
const { passed, failed } = values.mutants ? runMutants() : values.fleet ? await runFleets() : await seeds();
say(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
