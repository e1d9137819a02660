import type { ParkedFilter, QueueView } from '../../../contract/staff.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { ParkedFilter as ParkedChoice } from '../../outbox/upkeep.ts';
import type { StaffDelivery } from '../../sync/delivery.ts';

/** The rows whose answers are counted, and what is listed: as the contract bounds them. */
const LAST_ANSWERS = 200;
const PARKED = 100;
/** The store chooses by kind among the first so many. */
const MANY_PARKED = 500;
const ALONE = 50;
const FINDINGS = 50;
const RECEIPTS = 50;
/** A parked row without a code is one of an old version. */
const NO_REASON = 'unknown';

export interface QueueViewDeps {
  readonly outbox: Pick<OutboxStore, 'counts' | 'challengeCount' | 'nextDue' | 'staff'>;
  readonly delivery: Pick<StaffDelivery, 'line' | 'nextAttempt'>;
  readonly media: readonly string[];
  /** Which parked rows are listed. */
  readonly parked: ParkedFilter;
  /** Epoch ms. */
  readonly now: number;
}

/** The queue in numbers. A receipt number stands on its person's slip and names nobody. */
export function queueView({ outbox, delivery, media, parked, now }: QueueViewDeps): QueueView {
  const oldest = outbox.staff.oldest();
  const next = oldest === null ? null : delivery.nextAttempt;
  const { staff } = outbox;
  const verdict = staff.verdict();
  return {
    counts: outbox.counts(),
    line: delivery.line,
    oldestSeconds: oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000)),
    nextAttempt: next === null ? null : isoOf(next),
    lastAnswers: staff.answers(LAST_ANSWERS),
    parked: staff
      .parked(parked.kind === null ? PARKED : MANY_PARKED, choiceOf(parked))
      .slice(0, PARKED)
      .map(({ created_at, code, ...row }) => ({
        ...row,
        at: isoOf(created_at),
        reason: code ?? NO_REASON,
      })),
    parkedReasons: staff.parkedReasons().map(({ code, count }) => ({ reason: code, count })),
    alone: staff.alone(ALONE).map(({ next_attempt, ...row }) => ({ ...row, next: isoOf(next_attempt) })),
    findings: staff
      .findings()
      .slice(0, FINDINGS)
      .map(({ at, what, receipts }) => ({ at: isoOf(at), what, ...fewReceipts(receipts) })),
    verdict: { ...verdict, at: verdict.at === null ? null : isoOf(verdict.at) },
    challenges: outbox.challengeCount(),
    media: [...media],
  };
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** The first ones by name, the others by number, as the contract bounds a list. */
export function fewReceipts(receipts: readonly string[]): { receipts: string[]; more: number } {
  return { receipts: receipts.slice(0, RECEIPTS), more: Math.max(0, receipts.length - RECEIPTS) };
}

/** As the outbox knows it. */
export function choiceOf({ reason, kind }: ParkedFilter): ParkedChoice {
  return { ...(reason === null ? {} : { code: reason }), ...(kind === null ? {} : { kind }) };
}
