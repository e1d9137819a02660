import type { Snapshot } from '../contract/page-protocol.ts';
import type { Screen } from '../contract/screens.ts';

/** Screens with nobody's visit on them. `take-card`: the visit is over, its card still lies there. */
const BETWEEN: ReadonlySet<Screen['name']> = new Set(['attract', 'closed', 'goodbye', 'out-of-order', 'take-card']);

const isVisit = ({ session, screen }: Snapshot): boolean => session || !BETWEEN.has(screen.name);

/**
 * Did a visit end between these two snapshots? Its page must go: whatever ran or lay in it belongs to nobody else. Also true where a personal
 * session ends and the visit goes on (the next person of a family, an application after a card).
 * @param before null: nothing was shown yet
 */
export function visitEnded(before: Snapshot | null, now: Snapshot): boolean {
  if (before === null) return false;
  return (isVisit(before) && !isVisit(now)) || (before.session && !now.session);
}
