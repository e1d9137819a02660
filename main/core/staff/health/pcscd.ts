import type { ReaderSeen } from '../../card/reader-health.ts';
import { type CheckOf, found } from './check.ts';

/** The PC/SC service answers the card host. */
export const pcscdCheck =
  (driver: 'pcsc' | 'virtual', seen: () => ReaderSeen): CheckOf<'pcscd'> =>
  async () => {
    if (driver === 'virtual') return found('good', 'not-used');
    const { service, trouble } = seen();
    if (service === null) return found('unknown', 'starting');
    // Who refuses us is there: number 5 says what to do.
    if (service || trouble === 'not-allowed') return found('good', 'up');
    return found('bad', trouble === 'silent' ? 'silent' : 'down');
  };
