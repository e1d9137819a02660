import type { AnyMachineSnapshot } from 'xstate';

/** Tag of a state that tells how it ended: the person has nothing more to do here. */
export const OVER = 'over';
/** Tag of a state in which what was asked is safe in the outbox; a question is kept nowhere, and ends with its answer. */
export const QUEUED = 'queued';

/** Whoever takes the card now has finished: nothing of it has to be begun again. @param journey the snapshot of a journey */
export function isOver(journey: AnyMachineSnapshot): boolean {
  if (journey.hasTag(OVER)) return true;
  const act = journey.children['act']?.getSnapshot() as AnyMachineSnapshot | undefined;
  if (act === undefined) return false;
  return act.hasTag(OVER) || (act.hasTag(QUEUED) && act.context.ask?.kind !== 'status');
}
