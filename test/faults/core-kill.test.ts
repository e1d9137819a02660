import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultPkiDir, ensureTestPki } from '../sandbox/pki/index.ts';
import { runRound } from './core-kill/round.ts';
import { stepNames } from './core-kill/steps.ts';

/**
 * The core dies by SIGKILL at every step between seal and acknowledgement, and is started again on the same folder. `npm run campaign`
 * does the same many times over.
 */
beforeAll(async () => {
  await ensureTestPki(defaultPkiDir);
});

describe.concurrent('killed at a step of a set-up, each promised row is on the platform exactly once', () => {
  test.each(stepNames)('%s', async (step) => {
    const { problems } = await runRound({ step, delayMs: 0 });
    expect(problems).toEqual([]);
  });
});

describe.concurrent('killed somewhere after a step', () => {
  // Fifty rounds with those above, or more.
  const draws = Array.from({ length: Math.max(20, 50 - stepNames.length) }, () => ({
    step: stepNames[randomInt(stepNames.length)] ?? 'sealed',
    delayMs: randomInt(1, 60),
  }));
  test.each(draws)('$delayMs ms after $step', async (options) => {
    const { problems } = await runRound(options);
    expect(problems).toEqual([]);
  });
});
