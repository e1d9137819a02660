import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryFolder } from './memory-folder.ts';
import { allowDeadProcesses } from './world/died.ts';
import { runSeed } from './world/run-seed.ts';

/**
 * `npm run simulation [-- --seeds N] [--seed S] [--until-broken] [--trace]`: the real outbox, journal, client and delivery in N worlds, each
 * out of one seed. A seed that broke a promise is named with its trace hash and its last events; `--seed S --seeds 1 --trace` shows all.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    'until-broken': { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
});
allowDeadProcesses();
const first = Number(values.seed);
const count = Number(values.seeds);
const base = mkdtempSync(join(memoryFolder(tmpdir()), 'simulation-'));
process.on('exit', () => rmSync(base, { recursive: true, force: true }));
const broken = new Map<string, number>();
let failed = 0;
let acknowledged = 0;
let starts = 0;
const began = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const report = await runSeed(seed, { base, keep: values.trace ? Number.POSITIVE_INFINITY : 25 });
  acknowledged += report.acknowledged;
  starts += report.starts;
  if (values.trace) process.stdout.write(`${report.tail.join('\n')}\n`);
  if (report.violations.length === 0) continue;
  failed += 1;
  const [violation] = report.violations;
  if (violation !== undefined) broken.set(violation.promise, (broken.get(violation.promise) ?? 0) + 1);
  process.stdout.write(
    `FAIL seed ${seed} (${report.hash}): ${violation?.promise}: ${violation?.what} [${report.kinds.join(' ')}]\n`,
  );
  if (values['until-broken']) break;
}
for (const [promise, times] of broken) process.stdout.write(`${promise}: ${times}\n`);
const seconds = (performance.now() - began) / 1000;
process.stdout.write(
  `${acknowledged} acts acknowledged, ${starts} starts, ${seconds.toFixed(1)} s\n${count - failed} passed, ${failed} failed\n`,
);
process.exit(failed === 0 ? 0 : 1);
