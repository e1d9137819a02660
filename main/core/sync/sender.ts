import type { Log } from '../../contract/log-events.ts';
import type { BatchItem } from '../../contract/platform.ts';
import { unreachable } from '../../contract/result.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { BatchAnswer, Clock, PlatformAnswer, PlatformError } from '../ports.ts';
import { InFlight } from './in-flight.ts';
import type { Taken, Verdicts } from './verdicts.ts';
import type { WorkMarker } from './work-marker.ts';

/** How the sending of one batch ended. */
export type Sent =
  /** `written`: false when the answer could not be written down: the rows are still due, and must not go out again at once. */
  | { readonly kind: 'answered'; readonly settled: number; readonly written: boolean; readonly slotMs: number | null }
  /** The platform will not have this one row; it is parked, if that could be written. */
  | { readonly kind: 'parked'; readonly written: boolean }
  | { readonly kind: 'failed'; readonly error: PlatformError; readonly rows: readonly WaitingRow[] }
  /** It could not be written down that the rows leave, or what was answered before. */
  | { readonly kind: 'unwritten' }
  /** None of the rows may be sent: cancelled meanwhile, or set apart. */
  | { readonly kind: 'nothing' };

/** The request itself: on which connection, and who counts it, is the caller's business. */
export type SendRequest = (items: readonly BatchItem[]) => Promise<PlatformAnswer<BatchAnswer>>;

/** @returns when the answer may be written down */
type OnAnswer = (answer: PlatformAnswer<BatchAnswer>) => Promise<void> | undefined;

export interface SenderDeps {
  readonly outbox: Pick<OutboxStore, 'markSending' | 'unmark' | 'setApart'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  readonly terminal: string;
  readonly verdicts: Verdicts;
  readonly marker: WorkMarker;
}

/** Sends rows, and writes down what the platform says. No row is ever twice in flight. */
export class Sender {
  readonly inFlight = new InFlight();
  private readonly deps: SenderDeps;
  /** Places of rows that were found but could not be marked, once. */
  private readonly unmarked = new Set<number>();
  /** Answers that could not be written down, on a full disk. The platform is not asked for them again: that would write as little. */
  private readonly owed: (() => Taken)[] = [];

  constructor(deps: SenderDeps) {
    this.deps = deps;
  }

  /** @param onAnswer told of the answer before it is written down: while this kiosk writes, the platform may have the next batch */
  async send(due: readonly WaitingRow[], request: SendRequest, onAnswer: OnAnswer = () => undefined): Promise<Sent> {
    const { outbox, marker } = this.deps;
    // Once it is written, what is due has to be looked for anew.
    if (this.owed.length > 0) return { kind: this.writeOwed() ? 'nothing' : 'unwritten' };
    const ids = due.map(({ id }) => id);
    marker.took(ids);
    this.inFlight.add(due);
    let answered = false;
    try {
      const marked = outbox.markSending(due.map(({ seq, id }) => ({ seq, id })));
      if (marked === null) return { kind: 'unwritten' };
      // A row that was cancelled between the look and the mark stays here.
      const rows = due.filter(({ id }) => marked.has(id));
      this.missed(due.filter(({ id }) => !marked.has(id)));
      if (rows.length === 0) return { kind: 'nothing' };
      const sent = await this.transfer(rows, request, onAnswer);
      // No connection could be made: nothing has left, and a person may still take it back.
      if (sent.kind === 'failed' && sent.error.kind === 'line' && sent.error.cause === 'unreachable')
        outbox.unmark(rows.filter(({ state }) => state === 'pending').map(({ id }) => id));
      answered = true;
      return sent;
    } finally {
      this.inFlight.remove(ids);
      marker.put(ids, answered);
    }
  }

  private async transfer(rows: readonly WaitingRow[], request: SendRequest, onAnswer: OnAnswer): Promise<Sent> {
    const { clock, log, terminal, verdicts } = this.deps;
    const began = clock.monotonic();
    const items = rows.map(({ id, kind, receipt, sealed }) => ({ id, kind, receipt, terminal, sealed }));
    const answer = await request(items);
    const outcome = answer.ok ? 'answered' : answer.error.kind;
    log('sync.batch', { items: rows.length, outcome, ms: Math.round(clock.monotonic() - began) });
    await onAnswer(answer);
    if (answer.ok) return this.take(rows, answer.value.body);
    const { error } = answer;
    const [only] = rows;
    switch (error.kind) {
      case 'rejected':
        if (rows.length !== 1 || only === undefined) return { kind: 'failed', error, rows };
        return { kind: 'parked', written: verdicts.park(only.id, `http-${error.status}`) };
      case 'line':
      case 'busy':
      case 'failed':
      case 'denied':
      case 'garbage':
        return { kind: 'failed', error, rows };
      default:
        return unreachable(error);
    }
  }

  private take(rows: readonly WaitingRow[], { results, nextSlotMs }: BatchAnswer): Sent {
    const take = () => this.deps.verdicts.take(rows, results);
    const { done, written, refused } = take();
    if (refused) this.owed.push(take);
    return { kind: 'answered', settled: done.length, written, slotMs: nextSlotMs ?? null };
  }

  /** @returns nothing is owed any more */
  private writeOwed(): boolean {
    while (this.owed[0]?.().refused === false) this.owed.shift();
    return this.owed.length === 0;
  }

  /** A row that is found again and again, and never marked, is not cancelled but damaged: it must not stop the rest. */
  private missed(rows: readonly WaitingRow[]): void {
    for (const { seq } of rows) {
      if (this.unmarked.delete(seq)) this.deps.outbox.setApart(seq);
      else this.unmarked.add(seq);
    }
  }
}
