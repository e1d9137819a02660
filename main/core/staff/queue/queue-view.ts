import type { QueueView } from '../../../contract/staff.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { StaffDelivery } from '../../sync/delivery.ts';

/** The rows whose answers are counted, and the parked ones that are listed: as the contract bounds them. */
const LAST_ANSWERS = 200;
const PARKED = 100;

export interface QueueSources {
  readonly outbox: Pick<OutboxStore, 'counts' | 'challengeCount' | 'nextDue' | 'staff'>;
  readonly delivery: Pick<StaffDelivery, 'line' | 'nextAttempt'>;
  readonly media: readonly string[];
  /** Epoch ms. */
  readonly now: number;
}

/** The queue in numbers. A receipt number stands on its person's slip and names nobody. */
export function queueView({ outbox, delivery, media, now }: QueueSources): QueueView {
  const oldest = outbox.staff.oldest();
  const next = oldest === null ? null : delivery.nextAttempt;
  return {
    counts: outbox.counts(),
    line: delivery.line,
    oldestSeconds: oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000)),
    nextAttempt: next === null ? null : new Date(next).toISOString(),
    lastAnswers: outbox.staff.answers(LAST_ANSWERS),
    parked: outbox.staff.parked(PARKED).map(({ created_at, code, ...row }) => ({
      ...row,
      at: new Date(created_at).toISOString(),
      reason: code ?? 'unknown',
    })),
    challenges: outbox.challengeCount(),
    media: [...media],
  };
}
