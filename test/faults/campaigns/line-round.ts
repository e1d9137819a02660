import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
import { startMiddlebox } from '../../sandbox/line/middlebox.ts';
import { startSlowLine } from '../../sandbox/line/slow-line.ts';
import { personOf } from '../../sandbox/pki/index.ts';
import { createCounter } from '../../sandbox/platform/counter.ts';
import type { LineWorld } from './line.ts';
import type { Spell } from './line-plan.ts';

/** A minute at a counter is three seconds here: waits, time-outs and the line's speed alike. */
export const SPEED = 20;
export const TIMEOUT_MS = 10_000;
/** After the line is healed, by the kiosk's clock: the longest wait that a Retry-After may ask for, and then some. */
const SETTLED_WITHIN_MS = 20 * 60_000;
export const sync = { pollSeconds: 30, catalogueSeconds: 3600, backOffCapSeconds: 60, startSpreadSeconds: 10 };
export const limits = { maxRows: 1000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };

export interface RoundFound {
  /** Acknowledged, and not accepted by the platform, or the kiosk does not know it. */
  lost: number;
  /** Done twice, answered with a conflict, or told twice. */
  doubled: number;
  stuck: number;
  /** The log spoke of the line or of waiting. */
  told: boolean;
  /** By the kiosk's clock, from the healing on. */
  settledAfterMs: number;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** @param speed how many of its seconds pass in one */
export function fastClock(speed = SPEED): Clock {
  const start = Date.now();
  const began = performance.now();
  const monotonic = () => (performance.now() - began) * speed;
  return {
    monotonic,
    now: () => Math.round(start + monotonic()),
    setTimeout: (run, ms) => setTimeout(run, ms / speed),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  };
}

/** One kiosk's queue through these spells of weather, and then a line that works. */
export async function lineRound(
  { platform, pki, folder, clock }: LineWorld,
  round: number,
  spells: readonly Spell[],
): Promise<RoundFound> {
  const terminal = `K-LINE-${round}`;
  const counter = await createCounter(platform, terminal, clock.now);
  const middlebox = await startMiddlebox(platform.url);
  const line = await startSlowLine(middlebox.url, { bitsPerSecond: 4_000_000 * SPEED });
  const opened = openOutbox({ folder: join(folder, terminal), limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  const outbox = opened.value;
  const http = httpExchange({ url: line.url, timeoutMs: TIMEOUT_MS, clock, firstRate: 2000 });
  const client = createHttpPlatform(http, terminal, () => clock.now(), randomBytes);
  const heard = new Set<string>();
  const log = (event: string) => void heard.add(event);
  const delivery = createDelivery({ outbox, client, clock, random: randomBytes, log, terminal, sync, challengeStock: 4 });
  const settled = new Map<string, number>();
  delivery.onSettled((id) => settled.set(id, (settled.get(id) ?? 0) + 1));
  const acknowledged: string[] = [];
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  const commit = async () => {
    const { item } = await counter.actWith({ certDer: authCertDer, key: authKey });
    const { id, kind, receipt, sealed } = item;
    if (outbox.enqueue({ id, kind, receipt, sealed }).ok) acknowledged.push(id);
    delivery.nudge();
  };
  delivery.start();
  for (const spell of [...spells, healed]) {
    line.set({ bitsPerSecond: spell.kbits * 1000 * SPEED, delayMs: spell.delayMs / SPEED });
    line.hold(spell.held);
    if (spell.dropped) line.drop();
    middlebox.set(spell.meddling);
    for (let act = 0; act < spell.acts; act++) await commit();
    await sleep((spell.seconds * 1000) / SPEED);
  }
  const settledAfterMs = await drained(outbox, clock);
  await delivery.stop();
  await line.close();
  await middlebox.close();
  const { perId } = platform.summary();
  const accepted = acknowledged.filter((id) => (perId[id]?.accepted ?? 0) > 0).length;
  const twice = acknowledged.filter(
    (id) => (perId[id]?.accepted ?? 0) > 1 || (perId[id]?.conflict ?? 0) > 0 || settled.get(id) !== 1,
  );
  const counts = outbox.counts();
  outbox.close();
  return {
    lost: acknowledged.length - Math.min(accepted, counts.accepted),
    doubled: twice.length,
    stuck: counts.pending + counts.sending,
    told: heard.has('sync.back-off'),
    settledAfterMs: Math.round(settledAfterMs),
  };
}

const healed: Spell = { kbits: 4000, delayMs: 20, meddling: { type: 'none' }, held: false, dropped: false, seconds: 0, acts: 1 };

/** @returns how long that took, by the clock */
export async function drained(outbox: OutboxStore, clock: Clock): Promise<number> {
  const began = clock.monotonic();
  for (;;) {
    const { pending, sending } = outbox.counts();
    const took = clock.monotonic() - began;
    if (pending + sending === 0 || took > SETTLED_WITHIN_MS) return took;
    await sleep(20);
  }
}
