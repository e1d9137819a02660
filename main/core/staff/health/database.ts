import { readdir } from 'node:fs/promises';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { type CheckOf, found } from './check.ts';

/** The queue is whole, by SQLite's own check of every page. @param folder of the queue */
export const databaseCheck =
  (outbox: Pick<OutboxStore, 'staff' | 'counts'> | null, folder: string): CheckOf<'database'> =>
  async () => {
    if (outbox === null) return found('bad', 'none');
    const check = outbox.staff.check();
    if (check === null) return found('bad', 'unreadable');
    if (!check.whole) return found('bad', 'damaged');
    const { pending, sending, parked } = outbox.counts();
    const facts = { waiting: pending + sending, parked, version: check.version };
    const aside = (await readdir(folder).catch(() => [])).filter((name) => /\.damaged-[^.]*$/.test(name)).length;
    return aside > 0 ? found('warning', 'set-aside', { ...facts, files: aside }) : found('good', 'whole', facts);
  };
