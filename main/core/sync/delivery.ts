import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import { type ItemResult, MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../contract/platform.ts';
import { unreachable } from '../../contract/result.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { Clock, Delivery, RandomBytes, Settled } from '../ports.ts';
import { asked, backOff, fraction } from './back-off.ts';
import { readBatchReply } from './batch.ts';
import type { PlatformClient, PlatformError } from './platform-client.ts';

export interface DeliveryOptions {
  readonly outbox: OutboxStore;
  readonly client: PlatformClient;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly terminal: string;
  readonly sync: Settings['sync'];
  readonly challengeStock: number;
}

/** Delivery as the staff's side uses it. */
export interface StaffDelivery extends Delivery {
  /** Tries at once and once, past every wait: the back-off, the breaker, what the platform asked for, and each row's own. */
  retryNow(): void;
  /** Epoch ms of the next try by itself; null: none is planned. */
  readonly nextAttempt: number | null;
  /**
   * Answers that came another way than over the line: settled as those of a batch are.
   * @returns ids that were settled by this; those that waited no more are not among them. null: it could not be written down
   */
  take(results: readonly ItemResult[]): readonly string[] | null;
}

/** So many failures in a row, and only the small status request goes out until it is answered. */
const BREAKER_AT = 3;
/** Between two status requests that a waiting person asks for while the breaker is open. */
const PROBE_GAP_MS = 2000;
/** A row that the platform postponed so often is shown to staff. */
const MOST_ATTEMPTS = 100;
/** A row the platform's answer left out. */
const SILENT_RETRY_MS = 5000;
/** Worth a line in the log. */
const SKEW_MS = 60_000;
/** Envelope and JSON around the sealed bytes of one item. */
const ITEM_OVERHEAD = 200;

/** A platform that says "retry" means later, whatever its number. */
const LEAST_RETRY_MS = 1000;

type Round = { readonly ok: true; readonly slotMs: number | null } | { readonly ok: false; readonly error: PlatformError };

/** What the platform said could not be written down (the disk is full): the rows are still due, and must not go out again at once. */
const unwritten: Round = { ok: true, slotMs: SILENT_RETRY_MS };

/**
 * Drains the outbox to the platform: one batch at a time, at least once, settled only by an answer. Nothing to recover after
 * `kill -9`: what is not settled is due again. Rules and their measurements: queue-and-sync.md section 4.4.
 */
export function createDelivery(options: DeliveryOptions): StaffDelivery {
  const { outbox, client, clock, random, log, terminal, sync, challengeStock } = options;
  const lineListeners = new Set<(line: 'online' | 'offline') => void>();
  const settledListeners = new Set<(id: string, settled: Settled) => void>();
  let line: 'online' | 'offline' = 'offline';
  let failures = 0;
  /** Monotonic ms before which the platform does not want to hear of us. */
  let holdUntil = 0;
  let lastProbe = Number.NEGATIVE_INFINITY;
  let timer: unknown = null;
  /** Epoch ms at which the timer ends. */
  let wakesAt: number | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = true;
  let abort = new AbortController();

  const setLine = (next: 'online' | 'offline') => {
    if (line === next) return;
    line = next;
    log('sync.line', { line: next });
    for (const listener of [...lineListeners]) listener(next);
  };

  const wake = (ms: number) => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = stopped ? null : clock.setTimeout(go, Math.max(0, ms));
    wakesAt = stopped ? null : clock.now() + Math.max(0, ms);
  };

  const noteSkew = (date: number | null) => {
    if (date === null) return;
    const skew = clock.now() - date;
    if (Math.abs(skew) > SKEW_MS) log('sync.skew', { skewMs: skew });
  };

  const failed = (error: PlatformError): Round => {
    failures += 1;
    if (error.kind === 'line' || failures >= BREAKER_AT) setLine('offline');
    return { ok: false, error };
  };

  const worked = () => {
    failures = 0;
    setLine('online');
  };

  const tell = (settled: ReadonlyMap<string, Settled>, done: readonly string[]) => {
    for (const id of done) {
      const what = settled.get(id);
      if (what === undefined) continue;
      if (what.outcome === 'parked') log('outbox.parked', { row: id, reason: what.reason });
      else log('outbox.settled', { row: id, outcome: what.outcome });
      for (const listener of [...settledListeners]) listener(id, what);
    }
  };

  /** @returns false when it could not be written down */
  const park = (id: string, code: string): boolean => {
    const done = outbox.settle([{ id, state: 'parked', code }]);
    tell(new Map([[id, { outcome: 'parked', reason: code }]]), done);
    return done.length === 1;
  };

  /** Writes down what the platform answered about these rows. @returns ids settled; null when not all of it could be written */
  const settle = (rows: readonly Pick<WaitingRow, 'id' | 'attempts'>[], results: readonly ItemResult[]): string[] | null => {
    const outcome = readBatchReply(
      rows.map(({ id }) => id),
      results,
      SILENT_RETRY_MS,
    );
    const done = outbox.settle(outcome.settlements);
    tell(outcome.settled, done);
    let written = done.length === outcome.settlements.length;
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    for (const { id, afterMs } of outcome.retry) {
      const given = (attempts.get(id) ?? 0) + 1 >= MOST_ATTEMPTS;
      const noted = given
        ? park(id, 'too-many-attempts')
        : outbox.postpone([id], clock.now() + Math.max(afterMs, LEAST_RETRY_MS), true);
      written = written && noted;
    }
    return written ? done : null;
  };

  /** One batch; where the platform rejects it as a whole, halves until the row at fault is alone, and parks that one. */
  const sendRows = async (due: readonly WaitingRow[]): Promise<Round> => {
    const began = clock.monotonic();
    const marked = outbox.markSending(due);
    if (marked === null) return unwritten;
    // A row that was cancelled between the look and the mark stays here.
    const rows = due.filter((row) => marked.has(row.id));
    if (rows.length === 0) return { ok: true, slotMs: null };
    const items = rows.map(({ id, kind, receipt, sealed }) => ({ id, kind, receipt, terminal, sealed }));
    const answer = await client.send(items, abort.signal);
    const note = (outcome: string) =>
      log('sync.batch', { items: rows.length, outcome, ms: Math.round(clock.monotonic() - began) });
    if (!answer.ok) {
      const { error } = answer;
      note(error.kind);
      if (error.kind !== 'rejected') return failed(error);
      const first = rows[0];
      if (rows.length === 1 && first !== undefined) {
        return park(first.id, `http-${error.status}`) ? { ok: true, slotMs: null } : unwritten;
      }
      const half = Math.ceil(rows.length / 2);
      const round = await sendRows(rows.slice(0, half));
      return round.ok && round.slotMs === null && !stopped ? sendRows(rows.slice(half)) : round;
    }
    note('answered');
    worked();
    noteSkew(answer.value.date);
    const written = settle(rows, answer.value.body.results) !== null;
    return written ? { ok: true, slotMs: answer.value.body.nextSlotMs ?? null } : unwritten;
  };

  const probe = async (): Promise<Round> => {
    lastProbe = clock.monotonic();
    const answer = await client.status(abort.signal);
    if (!answer.ok) return failed(answer.error);
    noteSkew(answer.value.date);
    if (answer.value.body.maintenance) return failed({ kind: 'busy', status: 503, retryAfterMs: null });
    const outage = failures >= BREAKER_AT;
    worked();
    // After an outage everybody is back at once: a random start (section 4.3).
    return { ok: true, slotMs: outage ? Math.round(fraction(random) * sync.startSpreadSeconds * 1000) : null };
  };

  /** Draws challenges for the time without a line. Their lifetime is counted from the platform's clock, not from ours. */
  const refill = async (): Promise<Round> => {
    const have = outbox.challengeCount();
    if (have * 2 >= challengeStock) return { ok: true, slotMs: null };
    const answer = await client.challenges(challengeStock - have, abort.signal);
    if (!answer.ok) return failed(answer.error);
    worked();
    noteSkew(answer.value.date);
    const ahead = answer.value.date === null ? 0 : clock.now() - answer.value.date;
    outbox.addChallenges(
      answer.value.body.challenges.map(({ challenge, expiresAt }) => ({ challenge, expiresAt: Date.parse(expiresAt) + ahead })),
    );
    log('sync.challenges', { stock: outbox.challengeCount() });
    return { ok: true, slotMs: null };
  };

  /** Everything that can be done now. @returns ms until the next look */
  const round = async (): Promise<number> => {
    if (failures >= BREAKER_AT || line === 'offline') {
      const probed = await probe();
      if (!probed.ok) return afterFailure(probed.error);
      if (probed.slotMs !== null && probed.slotMs > 0) return hold(probed.slotMs);
    }
    for (;;) {
      if (stopped) return 0;
      const rows = outbox.due(clock.now(), { items: MAX_BATCH_ITEMS, bytes: MAX_BATCH_BYTES - MAX_BATCH_ITEMS * ITEM_OVERHEAD });
      if (rows.length === 0) break;
      const sent = await sendRows(rows);
      if (!sent.ok) return afterFailure(sent.error);
      if (sent.slotMs !== null && sent.slotMs > 0) return hold(sent.slotMs);
    }
    const refilled = await refill();
    if (!refilled.ok) return afterFailure(refilled.error);
    const next = outbox.nextDue();
    if (next !== null) return next - clock.now();
    if (clock.monotonic() - lastProbe >= sync.pollSeconds * 1000) {
      outbox.tidy();
      const probed = await probe();
      if (!probed.ok) return afterFailure(probed.error);
    }
    return sync.pollSeconds * 1000;
  };

  const hold = (ms: number): number => {
    holdUntil = clock.monotonic() + ms;
    return ms;
  };

  const afterFailure = (error: PlatformError): number => {
    const wait = (): number => {
      switch (error.kind) {
        case 'busy':
        case 'failed':
          return error.retryAfterMs === null
            ? backOff(failures, sync.backOffCapSeconds * 1000, random)
            : hold(asked(error.retryAfterMs, random));
        case 'line':
        case 'garbage':
        case 'denied':
        case 'rejected':
          return backOff(failures, sync.backOffCapSeconds * 1000, random);
        default:
          return unreachable(error);
      }
    };
    const ms = wait();
    log('sync.back-off', { waitMs: ms, failures });
    return ms;
  };

  const go = () => {
    timer = null;
    if (stopped || running !== null) return;
    running = round()
      .then((ms) => {
        running = null;
        wake(again && clock.monotonic() >= holdUntil && failures === 0 ? 0 : ms);
        again = false;
      })
      .catch(() => {
        // A bug, or a disk that cannot even be read: never a hot loop, never the end of delivery.
        running = null;
        log('core.fault', { where: 'delivery' });
        wake(SILENT_RETRY_MS);
      });
  };

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      abort = new AbortController();
      wake(0);
    },
    async stop() {
      stopped = true;
      if (timer !== null) clock.clearTimeout(timer);
      timer = null;
      abort.abort();
      await running;
      await client.close();
    },
    nudge() {
      if (stopped) return;
      const now = clock.monotonic();
      if (now < holdUntil) return;
      if (failures >= BREAKER_AT && now - lastProbe < PROBE_GAP_MS) return;
      if (running === null) wake(0);
      else again = true;
    },
    retryNow() {
      if (stopped) return;
      outbox.staff.makeAllDue();
      holdUntil = 0;
      if (running === null) wake(0);
      else again = true;
    },

    get nextAttempt() {
      return running === null ? wakesAt : clock.now();
    },

    take(results) {
      // Only what waits now: a row that was settled over the line meanwhile has had its one answer.
      const rows = results.flatMap(({ id }) => outbox.row(id) ?? []);
      return settle(rows, results);
    },

    async ask(item) {
      if (stopped) return null;
      const answer = await client.ask(item, abort.signal);
      return answer.ok && answer.value.body.id === item.id ? answer.value.body : null;
    },
    async application(receipt) {
      // With the line known to be down a person does not wait for a time-out.
      if (stopped || line === 'offline') return null;
      const answer = await client.application(receipt, abort.signal);
      return answer.ok ? answer.value.body.application : null;
    },
    get line() {
      return line;
    },
    onLine(listener) {
      lineListeners.add(listener);
      return () => lineListeners.delete(listener);
    },
    onSettled(listener) {
      settledListeners.add(listener);
      return () => settledListeners.delete(listener);
    },
  };
}
