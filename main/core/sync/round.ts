import type { Settings } from '../../contract/config.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';
import { LEAST_WAIT_MS } from './back-off.ts';
import type { Batches } from './batches.ts';
import type { ChallengeStock } from './challenge-stock.ts';
import type { LineState } from './line-state.ts';
import { OUTAGE_AT, type Pace } from './pace.ts';
import type { PlatformClient } from './platform-client.ts';
import type { PlatformTime } from './platform-time.ts';
import type { Requests } from './requests.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

export interface RoundParts {
  readonly outbox: Pick<OutboxStore, 'usable' | 'nextDue' | 'tidy'>;
  readonly client: Pick<PlatformClient, 'status' | 'challenges'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly pace: Pace;
  readonly line: LineState;
  readonly requests: Requests;
  readonly batches: Batches;
  readonly suspects: Pick<Suspects, 'nextAt'>;
  readonly stock: ChallengeStock;
  readonly time: Pick<PlatformTime, 'keep'>;
  /** A random start, ms. */
  readonly spread: () => number;
  readonly sync: Settings['sync'];
}

/** Everything that delivery can do now. */
export interface Round {
  /** @returns ms until the next look; no loop without a wait: less than a second only where the round itself took one */
  run(signal: AbortSignal): Promise<number>;
}

export function createRound(parts: RoundParts): Round {
  const { outbox, client, clock, pace, line, requests, batches, suspects, stock, time, spread, sync } = parts;
  const monotonic = () => clock.monotonic();
  let lastSign = Number.NEGATIVE_INFINITY;

  const pollMs = () => pace.pollMs(sync.pollSeconds * 1000, monotonic());

  /** A sign of life. After an outage everybody is back at once: batches begin at random (queue-and-sync.md section 4.3). */
  const status = async (signal: AbortSignal): Promise<void> => {
    lastSign = monotonic();
    const outage = pace.failures('status') >= OUTAGE_AT;
    const answer = await requests.background('status', async () => {
      const said = await client.status(signal);
      const away = said.ok && said.value.body.maintenance;
      return away ? { ok: false, error: { kind: 'busy', status: 503, retryAfterMs: null } } : said;
    });
    if (!answer.ok || !outage) return;
    const ms = spread();
    pace.rest('batches', ms, monotonic());
    pace.rest('challenges', ms, monotonic());
  };

  const drain = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && outbox.usable && (await batches.next(signal))) {}
    await batches.end();
  };

  const refill = async (signal: AbortSignal): Promise<void> => {
    const count = stock.wanted();
    if (count === 0 || pace.wait('challenges', monotonic()) > 0) return;
    const answer = await requests.background('challenges', () => client.challenges(count, signal));
    if (answer.ok && !stock.take(answer.value.body)) {
      pace.fruitless('challenges', monotonic());
      pace.rest('challenges', sync.backOffCapSeconds * 1000, monotonic());
    }
  };

  /** ms until rows may go: their own time, that of rows that failed alone, and the pace. null: no row waits. */
  const untilBatch = (): number | null => {
    const due = outbox.nextDue();
    if (due === null) return null;
    const held = pace.wait('batches', monotonic());
    if (due > clock.now()) return Math.max(held, due - clock.now());
    // Something is due and nothing was sent: the pace, or an earlier row of its receipt, or a suspicion holds it back.
    if (held > 0) return held;
    const alone = suspects.nextAt();
    return alone === null ? SILENT_RETRY_MS : Math.min(SILENT_RETRY_MS, alone - monotonic());
  };
  const isDue = () => {
    const due = outbox.nextDue();
    return due !== null && due <= clock.now();
  };

  return {
    async run(signal) {
      const began = monotonic();
      time.keep();
      const idle = sync.pollSeconds * 1000;
      if (!outbox.usable) return idle;
      // With nothing left to deliver, failed batches hold nothing up any more: the answers came another way, or staff took the rows.
      if (outbox.nextDue() === null) pace.worked('batches');
      // While batches fail the batch itself is the probe; else a small request shows whether anybody is there.
      if (line.name === 'offline' && pace.failures('batches') === 0) {
        const wait = pace.wait('status', monotonic());
        if (wait > 0) return Math.max(LEAST_WAIT_MS, wait);
        await status(signal);
        if (line.name === 'offline') return Math.max(LEAST_WAIT_MS, pace.wait('status', monotonic()));
      }
      await drain(signal);
      await refill(signal);
      const probing = pace.failures('batches') > 0 && isDue();
      if (!probing && monotonic() - lastSign >= pollMs() && pace.wait('status', monotonic()) === 0) {
        outbox.tidy();
        await status(signal);
        // Nothing is there that could fail any more.
        if (pace.failures('status') === 0) pace.worked('batches');
      }
      // Rows may have fallen due while this took its time; having taken it, it is no loop.
      if (isDue() && monotonic() - began >= LEAST_WAIT_MS) return pace.wait('batches', monotonic());
      const batch = untilBatch();
      const waits = batch === null ? [] : [batch];
      if (!probing) waits.push(Math.max(pollMs() - (monotonic() - lastSign), pace.wait('status', monotonic())));
      if (stock.wanted() > 0) waits.push(pace.wait('challenges', monotonic()));
      return Math.max(LEAST_WAIT_MS, Math.min(...waits));
    },
  };
}
