import type { SnapshotFrom } from 'xstate';
import type { Journey, Screen, TermsDocument } from '../../contract/screens.ts';
import type { checkMachine } from '../journeys/check.ts';
import { checkScreen } from '../journeys/check-view.ts';
import type { createSetUpMachine } from '../journeys/set-up.ts';
import { setUpScreen } from '../journeys/set-up-view.ts';
import type { createVisitMachine } from './visit-machine.ts';
import { outOfOrderReason } from './visit-types.ts';

export type VisitSnapshot = SnapshotFrom<ReturnType<typeof createVisitMachine>>;

/** The one screen that belongs to a state of the visit. */
export function visitScreen(snapshot: VisitSnapshot, journeys: readonly Journey[], documents: readonly TermsDocument[]): Screen {
  const { context } = snapshot;
  if (snapshot.matches({ flow: 'outOfOrder' })) return { name: 'out-of-order', reason: outOfOrderReason(context) };
  if (snapshot.matches({ flow: { visiting: 'menu' } }))
    return { name: 'menu', can: [...journeys], cardPresent: context.session !== null };
  const journey = snapshot.children['journey']?.getSnapshot();
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'check' } })) {
    return checkScreen(journey as SnapshotFrom<typeof checkMachine>);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'setUp' } })) {
    return setUpScreen(journey as SnapshotFrom<ReturnType<typeof createSetUpMachine>>, documents);
  }
  if (snapshot.matches({ flow: 'takeCard' })) return { name: 'take-card', alarm: context.alarm };
  if (snapshot.matches({ flow: 'goodbye' })) return { name: 'goodbye', reason: context.reason };
  return { name: 'attract' };
}

/** What makes two snapshots the same step: typing, printing and counting do not make a new one. */
export function stepKey(screen: Screen): string {
  switch (screen.name) {
    case 'pin':
      return JSON.stringify(['pin', screen.triesLeft, screen.wrong, screen.layout]);
    case 'insert-card':
      return JSON.stringify([screen.name, screen.journey]);
    case 'take-card':
      return screen.name;
    default: {
      const { slip: _, ...rest } = screen as Screen & { slip?: unknown };
      return JSON.stringify(rest);
    }
  }
}
