import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestPki, type TestPki } from '../../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../../sandbox/platform/start.ts';
import type { Figures } from './figures.ts';
import { drainOver, LOADS } from './line-drain.ts';
import { plansOf } from './line-plan.ts';
import { fastClock, lineRound } from './line-round.ts';

const AT_ONCE = 3;

/** Everything the rounds of a campaign have in common. */
export interface LineWorld {
  readonly platform: Platform;
  readonly pki: TestPki;
  readonly folder: string;
  readonly clock: ReturnType<typeof fastClock>;
}

/**
 * Sick lines: rates, delays, dead connections, gateways, portals and proxies in random mixture between a real queue, delivery and client on
 * one side and the reference platform on the other, over real sockets. At the end of each round the line is healed, and everything that
 * was acknowledged must be settled, once. The same seed draws the same mixtures; times on real sockets are the machine's.
 */
export async function run({
  seed,
  rounds,
  say,
}: {
  seed: number;
  rounds: number;
  say: (line: string) => void;
}): Promise<Figures> {
  const figures: Figures = { tried: 0, lost: 0, doubled: 0, stuck: 0, told: 0, ok: true };
  const folder = mkdtempSync(join(tmpdir(), 'faults-line-'));
  const clock = fastClock();
  const pki = await ensureTestPki();
  const platform = await startPlatform({ data: join(folder, 'platform'), memory: true, pki, clock });
  const plans = plansOf(seed, rounds).entries();
  const worker = async () => {
    for (const [round, spells] of plans) {
      const found = await lineRound({ platform, pki, folder, clock }, round, spells);
      figures.tried += 1;
      figures.lost += found.lost;
      figures.doubled += found.doubled;
      figures.stuck += found.stuck;
      figures.told += found.told ? 1 : 0;
      const failed = found.lost + found.doubled + found.stuck > 0;
      if (failed) say(`round ${round}: ${JSON.stringify(found)} after ${JSON.stringify(spells)}`);
    }
  };
  try {
    for (const load of LOADS) {
      const { settled, carried, time } = await drainOver({ platform, folder, clock }, load);
      say(
        `${load.rows} x ${load.bytes} bytes at ${load.kbits} kbit/s: ${time.toFixed(2)} x the ideal time, ${carried.toFixed(2)} x the bytes`,
      );
      figures.stuck += load.rows - settled;
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
  figures.ok = figures.lost + figures.doubled + figures.stuck === 0;
  return figures;
}
