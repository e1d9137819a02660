import { err, ok } from '../../contract/result.ts';
import type { OpeningView } from '../../contract/staff.ts';
import type { Opening } from '../hours/opening.ts';
import type { StaffHandlers } from './handlers.ts';

const openingView = ({ state: { open, by, until }, calendar }: Pick<Opening, 'state' | 'calendar'>): OpeningView => ({
  open,
  by,
  until: until === null ? null : new Date(until).toISOString(),
  hours: calendar !== null,
});

/** Open outside the hours, close inside them; the public screen follows when the console is closed. */
export function openingHandlers(opening: Opening): Pick<StaffHandlers, 'opening' | 'set-opening'> {
  return {
    opening: async () => ok({ what: 'opening', opening: openingView(opening) }),
    'set-opening': async ({ order }) =>
      opening.order(order) ? ok({ what: 'opening', opening: openingView(opening) }) : err('storage'),
  };
}
