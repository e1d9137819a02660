import type { SnapshotFrom } from 'xstate';
import type { Screen } from '../../../contract/screens.ts';
import { problemFor } from '../card-state.ts';
import { checkItems } from './check-items.ts';
import type { checkMachine } from './machine.ts';

/** The check journey as a screen. */
export function checkScreen(snapshot: SnapshotFrom<typeof checkMachine>): Screen {
  const { card, slow, slip } = snapshot.context;
  if (snapshot.matches('problem')) {
    return { name: 'card-problem', problem: problemFor('check', card) ?? { code: 'reader-failed' }, journey: 'check', slip };
  }
  if (snapshot.matches('result') && card.at === 'ready') {
    return { name: 'check-result', facts: card.facts, items: checkItems(card.facts), slip };
  }
  if (snapshot.matches('insert')) return { name: 'insert-card', journey: 'check', slow };
  return { name: 'reading-card', journey: 'check' };
}
