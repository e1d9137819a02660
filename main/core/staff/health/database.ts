import type { OutboxStore } from '../../outbox/outbox.ts';
import { type CheckOf, found } from './check.ts';

/**
 * The queue's two copies, by the check that runs beside the service: nothing is read for this look, however deep the queue is.
 * `noticed`: something happened to a copy, and staff have not said that they have seen it (tab Queue).
 */
export const databaseCheck =
  (outbox: Pick<OutboxStore, 'staff' | 'counts' | 'usable'> | null): CheckOf<'database'> =>
  async () => {
    if (outbox === null) return found('bad', 'none');
    try {
      if (!outbox.usable) return found('bad', 'unreadable');
      const { pending, sending, parked, lost } = outbox.counts();
      const { state, at, wrong } = outbox.staff.verdict();
      const noticed = outbox.staff.findings().length;
      const files = outbox.staff.setAsideFiles().length;
      const facts = { waiting: pending + sending, parked, lost };
      if (state === 'damaged') return found('bad', 'damaged', { ...facts, wrong });
      if (noticed > 0) return found('warning', 'noticed', { ...facts, noticed });
      if (files > 0) return found('warning', 'set-aside', { ...facts, files });
      if (state === 'put-off') return found('unknown', 'put-off', facts);
      return state === 'running' && at === null ? found('unknown', 'checking', facts) : found('good', 'whole', facts);
    } catch {
      return found('bad', 'unreadable');
    }
  };
