import type { ReaderSeen } from '../../card/reader-health.ts';
import { type CheckOf, found, short } from './check.ts';

/** A reader that the settings want is there. */
export const readerCheck =
  (seen: () => ReaderSeen): CheckOf<'reader'> =>
  async () => {
    const { service, names, strange } = seen();
    if (service !== true) return found('unknown', 'no-service');
    if (names.length === 0) return found('bad', 'none');
    const facts = { count: names.length, names: short(names.join(', ')) };
    if (strange.length > 0) return found('warning', 'strange-slot', { ...facts, slots: short(strange.join(', ')) });
    return found('good', 'there', facts);
  };
