import type { Settings } from '../../contract/config.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock, Platform } from '../ports.ts';
import { LEAST_WAIT_MS } from './back-off.ts';
import type { Batches } from './batches.ts';
import type { ChallengeStock } from './challenge-stock.ts';
import type { LineState } from './line-state.ts';
import type { Pace } from './pace.ts';
import type { PlatformTime } from './platform-time.ts';
import type { Requests } from './requests.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

/** Without a sign of life for so long the line counts as down, although the answer is still waited for. */
const SILENT_MS = 10_000;

/** Then what waits is tried, though the status page may be all that is sick. */
const LONGEST_HELD_MS = 10 * 60_000;

export interface RoundParts {
  readonly outbox: Pick<OutboxStore, 'usable' | 'nextDue' | 'tidy'>;
  readonly client: Pick<Platform, 'status' | 'challenges'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly line: LineState;
  readonly requests: Requests;
  readonly batches: Batches;
  readonly suspects: Pick<Suspects, 'nextAt'>;
  readonly stock: ChallengeStock;
  readonly time: Pick<PlatformTime, 'keep'>;
  readonly sync: Settings['sync'];
}

/** Everything that delivery can do now. */
export interface Round {
  /** @returns ms until the next look; no loop without a wait: less than a second only where the round itself took one */
  run(signal: AbortSignal): Promise<number>;
}

export function createRound(parts: RoundParts): Round {
  const { outbox, client, clock, pace, line, requests, batches, suspects, stock, time, sync } = parts;
  const monotonic = () => clock.monotonic();
  let polledAt = Number.NEGATIVE_INFINITY;

  /** ms until the next sign of life is to be asked for; every good answer is one. What failed is tried again after its back-off. */
  const untilPoll = () => {
    const last = Math.max(polledAt, requests.heardAt);
    const failed = line.name === 'offline' && pace.failures('status') > 0;
    const due = failed ? 0 : pace.pollMs(sync.pollSeconds * 1000, monotonic()) - (monotonic() - last);
    return Math.max(0, due, pace.wait('status', monotonic()));
  };
  const status = async (signal: AbortSignal): Promise<void> => {
    polledAt = monotonic();
    const late = clock.setTimeout(() => line.silent(), SILENT_MS);
    await requests.background('status', async () => {
      const said = await client.status(signal);
      const away = said.ok && said.value.body.maintenance;
      return away ? { ok: false, error: { kind: 'busy', status: 503, retryAfterMs: null } } : said;
    });
    clock.clearTimeout(late);
  };

  let tidiedAt = Number.NEGATIVE_INFINITY;
  const tidyUp = () => {
    if (monotonic() - tidiedAt < sync.pollSeconds * 1000) return;
    tidiedAt = monotonic();
    outbox.tidy();
  };

  const drain = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && outbox.usable && (await batches.next(signal))) {}
    await batches.end();
  };

  /** How many challenges to draw. While rows wait for their turn they come first, unless persons would soon find none. */
  const wanted = () => (isDue() && !stock.low() ? 0 : stock.wanted());
  const refill = async (signal: AbortSignal): Promise<void> => {
    const count = wanted();
    if (count === 0 || pace.wait('challenges', monotonic()) > 0) return;
    const answer = await requests.background('challenges', () => client.challenges(count, signal));
    if (answer.ok && !stock.take(answer.value.body)) {
      pace.fruitless('challenges', monotonic());
      pace.rest('challenges', sync.backOffCapSeconds * 1000, monotonic());
    }
  };

  /** Is anybody there? Where something is wanted anyway, that is asked for. @returns ms until the next try; 0: the line is up */
  const probe = async (signal: AbortSignal): Promise<number> => {
    const purpose = wanted() > 0 && pace.failures('challenges') === 0 ? 'challenges' : 'status';
    if (pace.wait(purpose, monotonic()) === 0) await (purpose === 'challenges' ? refill(signal) : status(signal));
    return line.name === 'offline' ? Math.max(LEAST_WAIT_MS, pace.wait(purpose, monotonic())) : 0;
  };

  /** Since when rows were kept from a line that is down, monotonic ms; null: none are. */
  let heldSince: number | null = null;
  /** Rows stay where a person can take them back, as long as there is hope that a small request will soon show the way to be open. */
  const isHeld = (): boolean => {
    if (!line.down || !requests.statusTells) {
      heldSince = null;
      return false;
    }
    if (isDue()) heldSince ??= monotonic();
    return heldSince === null || monotonic() - heldSince < LONGEST_HELD_MS;
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

  /** Rows wait for their turn, or for the platform: the next batch shows by itself whether anybody is there. */
  const batchComes = () => isDue() && (pace.failures('batches') > 0 || pace.wait('batches', monotonic()) > 0);

  return {
    async run(signal) {
      const began = monotonic();
      time.keep();
      if (!outbox.usable) return sync.pollSeconds * 1000;
      // With nothing left to deliver, failed batches hold nothing up any more: the answers came another way, or staff took the rows.
      if (outbox.nextDue() === null) pace.worked('batches');
      // Over a line that is down there is one try at a time. What is due is the try, but not where it might leave in vain: until it has left
      // its person can take it back.
      const down = line.name === 'offline' && pace.failures('batches') === 0;
      const wait = down ? pace.wait('status', monotonic()) : 0;
      if (wait > 0) return Math.max(LEAST_WAIT_MS, wait);
      if (!down) heldSince = null;
      if (down && isHeld()) {
        const next = await probe(signal);
        if (next > 0) return next;
      }
      await drain(signal);
      if (down && line.name === 'offline' && !batchComes()) {
        const next = await probe(signal);
        if (next > 0) return next;
        await drain(signal);
      }
      await refill(signal);
      tidyUp();
      if (!batchComes() && untilPoll() === 0) {
        await status(signal);
        // Nothing is there that could fail any more.
        if (pace.failures('status') === 0) pace.worked('batches');
      }
      // Rows may have fallen due while this took its time; having taken it, it is no loop.
      if (isDue() && monotonic() - began >= LEAST_WAIT_MS) return pace.wait('batches', monotonic());
      const batch = untilBatch();
      const waits = batch === null ? [] : [batch];
      if (!batchComes()) waits.push(untilPoll());
      if (wanted() > 0) waits.push(pace.wait('challenges', monotonic()));
      return Math.max(LEAST_WAIT_MS, Math.min(...waits));
    },
  };
}
