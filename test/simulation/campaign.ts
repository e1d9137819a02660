import { runSeed } from './world/run-seed.ts';

export interface CampaignOptions {
  readonly first: number;
  readonly count: number;
  /** Folder in memory for the files of SQLite. */
  readonly base: string;
  readonly say: (line: string) => void;
  readonly untilBroken: boolean;
  /** Every event is said. */
  readonly trace: boolean;
}

/** Seed after seed. Says which broke a promise, and how often each promise was broken. */
export async function runCampaign(options: CampaignOptions): Promise<{ passed: number; failed: number }> {
  const { first, count, base, say, untilBroken, trace } = options;
  const broken = new Map<string, number>();
  const sums = { acknowledged: 0, starts: 0, events: 0, passed: 0, failed: 0 };
  const began = performance.now();
  for (let seed = first; seed < first + count; seed++) {
    const report = await runSeed(seed, { base, keep: trace ? Number.POSITIVE_INFINITY : 0 });
    sums.acknowledged += report.acknowledged;
    sums.starts += report.starts;
    sums.events += report.events;
    if (trace) say(report.tail.join('\n'));
    const [violation] = report.violations;
    if (violation === undefined) {
      sums.passed += 1;
      continue;
    }
    sums.failed += 1;
    broken.set(violation.promise, (broken.get(violation.promise) ?? 0) + 1);
    say(`FAIL seed ${seed} (${report.hash}): ${violation.promise}: ${violation.what} [${report.kinds.join(' ')}]`);
    if (untilBroken) break;
  }
  for (const [promise, times] of broken) say(`${promise}: ${times}`);
  const seconds = (performance.now() - began) / 1000;
  say(`${sums.acknowledged} acts acknowledged, ${sums.starts} starts, ${sums.events} events, ${seconds.toFixed(1)} s`);
  return sums;
}
