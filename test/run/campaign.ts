import { runRound } from '../faults/core-kill/round.ts';
import { type StepName, stepNames } from '../faults/core-kill/steps.ts';
import { defaultPkiDir, ensureTestPki } from '../sandbox/pki/index.ts';
import { commandArguments } from '../support/command-arguments.ts';

/**
 * `npm run campaign [-- --rounds N] [--seed N] [--step NAME]`: kills the core again and again between seal and acknowledgement. Every
 * step in turn: the first time at exactly that step, later some milliseconds after it. One line for each step, last `N passed, N failed`.
 */
const { values } = await commandArguments(
  'campaign',
  {
    options: { rounds: { type: 'string', default: '90' }, seed: { type: 'string' }, step: { type: 'string' } },
  },
  { numbers: ['rounds', 'seed'], words: { step: stepNames } },
);
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const chosen = stepNames.filter((name) => values.step === undefined || name === values.step);
const AT_ONCE = 3;
/** mulberry32: the same seed, the same delays. */
function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface StepCount {
  passed: number;
  failed: number;
  promised: number;
}
const counts = new Map<StepName, StepCount>(chosen.map((name) => [name, { passed: 0, failed: 0, promised: 0 }]));
const random = randomFrom(seed);
const plan = Array.from({ length: rounds }, (_, index) => {
  const step = chosen[index % chosen.length] ?? 'sealed';
  // Squared: most deaths soon after the step, some much later.
  return { step, delayMs: index < chosen.length ? 0 : Math.ceil(random() ** 2 * 120) };
});

await ensureTestPki(defaultPkiDir);
process.stdout.write(`${rounds} rounds over ${chosen.length} steps, seed ${seed}\n`);
const queue = plan.values();
async function work(): Promise<void> {
  for (const options of queue) {
    const { problems, promised } = await runRound(options);
    const count = counts.get(options.step);
    if (count === undefined) throw new Error('a step without a count');
    count.promised += promised;
    if (problems.length === 0) count.passed += 1;
    else count.failed += 1;
    for (const problem of problems) process.stderr.write(`FAIL ${options.step} +${options.delayMs} ms: ${problem}\n`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));

let passed = 0;
let failed = 0;
for (const [step, count] of counts) {
  passed += count.passed;
  failed += count.failed;
  process.stdout.write(
    `${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.padEnd(20)} ${count.passed} passed, ${count.failed} failed, ${count.promised} promised to a person\n`,
  );
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
