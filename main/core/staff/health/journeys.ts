import type { LeftOut } from '../../../contract/left-out.ts';
import { type CheckOf, found, short } from './check.ts';

/** Every journey of the settings is offered. `list`: `JOURNEY: PART` of each that is not, comma between. */
export const journeysCheck =
  (leftOut: () => readonly LeftOut[]): CheckOf<'journeys'> =>
  async () => {
    const list = leftOut().map(({ journey, lacks }) => `${journey}: ${lacks}`);
    return list.length === 0 ? found('good', 'all') : found('warning', 'left-out', { list: short(list.join(', ')) });
  };
