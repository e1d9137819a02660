import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTestPki, type TestPki } from '../../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../../sandbox/platform/start.ts';
import type { Figures } from './figures.ts';
import { drainOver, LOADS, type Load, plainPost } from './line-drain.ts';
import { plansOf } from './line-plan.ts';
import { fastClock, lineRound } from './line-round.ts';

/** Nearly all of a round is waiting. */
const AT_ONCE = 12;
/** Twenty times as fast, the platform's own work would count for more than the line. */
const MEASURED_AT = 4;
/** Times the ideal. */
const DRAIN_GOAL = 1.5;

/** Everything the rounds of a campaign have in common. */
export interface LineWorld {
  readonly platform: Platform;
  readonly pki: TestPki;
  readonly folder: string;
  readonly clock: ReturnType<typeof fastClock>;
}

interface LineOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

/** `npm run faults -- line`: what a slow line costs, and then sick ones. */
export async function run(options: LineOptions): Promise<Figures> {
  const { unsettled, slow } = await measureDrains(options.say);
  const figures = await sickLines(options);
  return { ...figures, stuck: figures.stuck + unsettled, ok: figures.ok && unsettled + slow === 0 };
}

/**
 * Rates, delays, dead connections, gateways, portals and proxies in random mixture between a real queue, delivery and client on one side
 * and the reference platform on the other, over real sockets. At the end of each round the line is healed, and everything that was
 * acknowledged must be settled, once. The same seed draws the same mixtures; times on real sockets are the machine's.
 */
export function sickLines({ seed, rounds, say }: LineOptions): Promise<Figures> {
  const plans = plansOf(seed, rounds).entries();
  return inWorld(async (world) => {
    const figures: Figures = { tried: 0, lost: 0, doubled: 0, stuck: 0, told: 0, ok: true };
    const worker = async () => {
      for (const [round, spells] of plans) {
        const found = await lineRound(world, round, spells);
        figures.tried += 1;
        figures.lost += found.lost;
        figures.doubled += found.doubled;
        figures.stuck += found.stuck;
        figures.told += found.told ? 1 : 0;
        if (found.lost + found.doubled + found.stuck === 0) continue;
        figures.ok = false;
        say(`round ${round}: ${JSON.stringify(found)} after ${JSON.stringify(spells)}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return figures;
  });
}

/** @returns rows that were not settled in time, and drains that took longer than their goal */
function measureDrains(say: (line: string) => void): Promise<{ unsettled: number; slow: number }> {
  return inWorld(async (world) => {
    const drain = async (load: Load) => {
      const [{ settled, carried, tookMs }, idealMs] = await Promise.all([
        drainOver(world, load, MEASURED_AT),
        plainPost(load, MEASURED_AT),
      ]);
      const time = tookMs / idealMs;
      const what = `${load.rows} x ${load.bytes} bytes at ${load.kbits} kbit/s`;
      const slow = time > DRAIN_GOAL;
      say(
        `${slow ? 'FAIL ' : ''}${what}: ${time.toFixed(2)} x the ideal time (at most ${DRAIN_GOAL}), ${carried.toFixed(2)} x the bytes`,
      );
      return { unsettled: load.rows - settled, slow: Number(slow) };
    };
    const drains = await Promise.all(LOADS.map(drain));
    const sum = (of: 'unsettled' | 'slow') => drains.reduce((all, one) => all + one[of], 0);
    return { unsettled: sum('unsettled'), slow: sum('slow') };
  });
}

async function inWorld<T>(work: (world: LineWorld) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-line-'));
  const clock = fastClock();
  const pki = await ensureTestPki();
  const platform = await startPlatform({ data: join(folder, 'platform'), memory: true, pki, clock });
  try {
    return await work({ platform, pki, folder, clock });
  } finally {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
