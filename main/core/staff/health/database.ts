import { readdir } from 'node:fs/promises';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { type CheckOf, found } from './check.ts';

/** The queue is whole, by the check of every row and its second copy that runs beside the service. @param folder of the queue */
export const databaseCheck =
  (outbox: Pick<OutboxStore, 'staff' | 'counts' | 'usable'> | null, folder: string): CheckOf<'database'> =>
  async () => {
    if (outbox === null) return found('bad', 'none');
    const check = outbox.staff.versions();
    if (check === null || !outbox.usable) return found('bad', 'unreadable');
    if (outbox.staff.verdict().state === 'damaged') return found('bad', 'damaged');
    const { pending, sending, parked } = outbox.counts();
    const facts = { waiting: pending + sending, parked, version: check.version };
    const aside = (await readdir(folder).catch(() => [])).filter((name) => /\.damaged-[^.]*$/.test(name)).length;
    return aside > 0 ? found('warning', 'set-aside', { ...facts, files: aside }) : found('good', 'whole', facts);
  };
