import { unreachable } from '../../contract/result.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { BatchAnswer, Clock, Platform, PlatformError } from '../ports.ts';
import { LEAST_WAIT_MS } from './back-off.ts';
import { isHarmless, mayBeARow } from './failure-kinds.ts';
import { OUTAGE_AT, type Pace } from './pace.ts';
import type { Requests } from './requests.ts';
import type { SendWindow } from './send-window.ts';
import type { Sender, Sent } from './sender.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

/** The queue, one batch after the other. */
export interface Batches {
  /**
   * Sends the next batch, if the pace allows it and there is one, and waits for its end. While its answer is written down the batch after it may be
   * under way already, which the next call waits for: only after `false`, or `end`, is nothing under way. @returns false: nothing was sent
   */
  next(signal: AbortSignal): Promise<boolean>;
  /** Waits for the batch that is under way. */
  end(): Promise<void>;
}

export interface BatchParts {
  readonly outbox: Pick<OutboxStore, 'usable' | 'due' | 'row' | 'inOrder' | 'setAlone' | 'counts'>;
  readonly client: Pick<Platform, 'send' | 'rate'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly requests: Requests;
  readonly sender: Sender;
  readonly suspects: Suspects;
  readonly window: SendWindow;
}

/** So long an answer waits to be written down while the next batch leaves. */
const LEAVING_MS = 50;

const bytesOf = (rows: readonly WaitingRow[]) => rows.reduce((sum, { sealed }) => sum + sealed.length, 0);

export function createBatches(parts: BatchParts): Batches {
  const { outbox, client, clock, pace, requests, sender, suspects, window } = parts;

  /** The last failure says nothing against a whole batch. */
  let harmless = false;
  const limits = () => window.limits(client.rate(), !harmless && pace.failures('batches') >= OUTAGE_AT);
  const isFree = (row: WaitingRow, batch: readonly WaitingRow[]) =>
    !sender.isInFlight(row.id) && !sender.busyWith(row.receipt) && !suspects.blocks(row, batch);
  const free = (rows: readonly WaitingRow[]) => rows.filter((row) => isFree(row, rows));

  /** The rows that a turn names, as far as they wait and the window holds them. */
  const named = (ids: readonly string[]): WaitingRow[] => {
    const { items, bytes } = limits();
    const rows: WaitingRow[] = [];
    let size = 0;
    for (const id of ids) {
      const row = outbox.row(id);
      if (row === null) {
        suspects.forget([id]);
        continue;
      }
      // What cannot go now takes no room of what can.
      if (!isFree(row, [...rows, row])) continue;
      size += row.sealed.length;
      if (rows.length > 0 && (size > bytes || rows.length >= items)) break;
      rows.push(row);
    }
    // A row of the receipt that was put off, or that is tried alone, goes first. Those behind it need no turn until then.
    const sendable = outbox.inOrder(rows);
    if (sendable.length === 0) suspects.forget(rows.map(({ id }) => id));
    return sendable;
  };

  const pick = (): readonly WaitingRow[] => {
    const except = new Set([...suspects.places, ...sender.inFlight]);
    const found = outbox.due(clock.now(), { ...limits(), except });
    const rest = free(found);
    if (rest[0]?.alone === true) return rest.slice(0, 1);
    const turn = suspects.turn(rest.length, clock.monotonic());
    if (turn === null || turn.kind === 'rest') return rest;
    const rows = named(turn.kind === 'lone' ? [turn.id] : turn.ids);
    return rows.length > 0 ? rows : rest;
  };

  /**
   * Whether a late answer is waited for. Not by rows under suspicion, so that one at which the platform hangs is found soon; but by them too when
   * nothing gets through any more, since it may just be slow with all.
   */
  const isPatient = (rows: readonly WaitingRow[]) =>
    pace.failures('batches') >= OUTAGE_AT || !rows.some(({ id, alone }) => alone || suspects.ids.has(id));

  /** Rows that wait and are not under way. @param putOff those of the answer that is being written down */
  const waitingBeside = (putOff: number) => {
    const { pending, sending } = outbox.counts();
    return Math.max(0, pending + sending - sender.inFlight.size + putOff);
  };

  const convict = (id: string) => {
    if (!outbox.setAlone(id, clock.now() + suspects.convictedWait(id))) pace.rest('batches', SILENT_RETRY_MS, clock.monotonic());
  };

  const failed = (rows: readonly WaitingRow[], error: PlatformError, began: number) => {
    const now = clock.monotonic();
    const [only] = rows;
    harmless = isHarmless(error);
    if (error.kind === 'line' && (error.cause === 'timeout' || error.cause === 'cut')) window.broke();
    if (only?.alone === true && mayBeARow(error)) {
      pace.failedByRow('batches', now);
      // Its own wait holds it back; a turn that it kept beside that would come again and again, before all others.
      suspects.forget([only.id]);
      convict(only.id);
      return;
    }
    requests.failed('batches', error, now - began);
    if (!mayBeARow(error)) return;
    const found = suspects.failed(rows, now);
    if (found !== null) convict(found);
  };

  const answered = (rows: readonly WaitingRow[], settled: number, written: boolean, slotMs: number | null) => {
    const now = clock.monotonic();
    suspects.passed(rows.map(({ id }) => id));
    requests.worked('batches');
    if (settled > 0) pace.settled(now);
    else pace.fruitless('batches', now);
    // What could not be written down is still due, and must not go out again at once.
    if (!written) pace.rest('batches', SILENT_RETRY_MS, now);
    if (slotMs !== null) pace.rest('batches', slotMs, now);
  };

  /** @param began monotonic ms of the request */
  const note = (rows: readonly WaitingRow[], sent: Sent, began: number) => {
    switch (sent.kind) {
      case 'answered':
        return answered(rows, sent.settled, sent.written, sent.slotMs);
      case 'parked':
        return answered(rows, sent.written ? 1 : 0, sent.written, null);
      case 'failed':
        return failed(sent.rows, sent.error, began);
      case 'unwritten':
        return pace.rest('batches', SILENT_RETRY_MS, clock.monotonic());
      case 'nothing':
        return pace.rest('batches', LEAST_WAIT_MS, clock.monotonic());
      default:
        return unreachable(sent);
    }
  };

  /** The batch that was sent while the answer before it was being written down. */
  let ahead: Promise<boolean> | null = null;

  /** All is well, and the platform asks for no wait: what follows need not wait for the disk. */
  const goesOn = ({ nextSlotMs = 0 }: BatchAnswer): boolean =>
    nextSlotMs === 0 && suspects.ids.size === 0 && !pace.failing && outbox.usable;
  const endedBy = ({ results }: BatchAnswer): number => results.filter(({ outcome }) => outcome !== 'retry').length;

  /** @returns when it has left, or soon: while this kiosk writes its answers down, nothing more of a request leaves */
  const sendAhead = (signal: AbortSignal, putOff: number): Promise<void> => {
    const left = Promise.withResolvers<void>();
    const timer = clock.setTimeout(left.resolve, LEAVING_MS);
    ahead = sendOne(signal, putOff, left.resolve).finally(left.resolve);
    return left.promise.then(() => clock.clearTimeout(timer));
  };

  const sendOne = async (signal: AbortSignal, putOff = 0, onSent?: () => void): Promise<boolean> => {
    if (signal.aborted || pace.wait('batches', clock.monotonic()) > 0) return false;
    const rows = pick();
    if (rows.length === 0) return false;
    const patient = isPatient(rows);
    let began = clock.monotonic();
    const sent = await sender.send(
      rows,
      (items) => {
        began = clock.monotonic();
        pace.began('batches', began);
        return requests.timed(() => client.send(items, signal, { patient, waiting: waitingBeside(putOff), onSent }));
      },
      (answer) => {
        if (!answer.ok) return;
        window.passed(bytesOf(rows));
        return goesOn(answer.value.body) ? sendAhead(signal, rows.length - endedBy(answer.value.body)) : undefined;
      },
    );
    // Given up by ourselves: it says nothing about rows or platform.
    if (!signal.aborted) note(rows, sent, began);
    return true;
  };

  return {
    next(signal) {
      const under = ahead ?? sendOne(signal);
      ahead = null;
      return under;
    },
    async end() {
      while (ahead !== null) {
        const under: Promise<boolean> = ahead;
        ahead = null;
        await under;
      }
    },
  };
}
