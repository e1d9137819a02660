import { type CheckOf, found } from './check.ts';
import type { ReaderSeen } from './reader-watch.ts';

/** The PC/SC service answers the card host. */
export const pcscdCheck =
  (driver: 'pcsc' | 'virtual', seen: () => ReaderSeen): CheckOf<'pcscd'> =>
  async () => {
    if (driver === 'virtual') return found('good', 'not-used');
    const { service } = seen();
    if (service === null) return found('unknown', 'starting');
    return service ? found('good', 'up') : found('bad', 'down');
  };
