import type { CampaignOptions, Figures } from '../faults/campaigns/figures.ts';
import { commandArguments } from '../support/command-arguments.ts';

/**
 * `npm run faults -- NAME... [--seed S] [--rounds N]`: campaigns of faults against the queue and its delivery. The same seed gives the same
 * rounds. Each ends with its figures; the last line is `N passed, N failed`, campaigns counted.
 */
const usual: Record<string, number> = { kill: 1000, power: 500, fsync: 2000, damage: 5000, clock: 100, line: 1000 };

const { values, positionals } = await commandArguments('faults', {
  args: process.argv.slice(2).filter((word) => word !== '--'),
  options: { seed: { type: 'string' }, rounds: { type: 'string' } },
  allowPositionals: true,
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const rounds = values.rounds === undefined ? null : Number(values.rounds);
const whole = (n: number) => Number.isSafeInteger(n) && n >= 0;
if (positionals.length === 0 || positionals.some((name) => !(name in usual)) || !whole(seed) || !whole(rounds ?? 0)) {
  process.stderr.write(`usage: npm run faults -- NAME... [--seed S] [--rounds N]\nnames: ${Object.keys(usual).join(' ')}\n`);
  process.exit(2);
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
let passed = 0;
let failed = 0;
for (const name of positionals) {
  const many = rounds ?? usual[name] ?? 1;
  say(`== ${name}: ${many} rounds, seed ${seed}`);
  const began = performance.now();
  // By name: a campaign that is not wanted need not load.
  const { run } = (await import(`../faults/campaigns/${name}.ts`)) as { run(options: CampaignOptions): Promise<Figures> };
  const { tried, lost, doubled, stuck, told, ok } = await run({ seed, rounds: many, say });
  const seconds = Math.round((performance.now() - began) / 1000);
  say(`${name}: tried ${tried} / lost ${lost} / doubled ${doubled} / stuck ${stuck} / told ${told} in ${seconds} s`);
  // A campaign that could not try anything here has shown nothing.
  say(`${tried === 0 ? 'skipped:' : ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (ok && tried > 0) passed += 1;
  else failed += 1;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
