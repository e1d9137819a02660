import type { Drained } from './drain.ts';
import type { RoundFigures } from './figures.ts';
import { type Ledger, promised } from './ledger.ts';
import type { ModelPlatform } from './model-platform.ts';
import { findingsOf, namedLost, type OpenedQueue } from './store.ts';

/** What the end of a round must hold against. */
export interface JudgeOptions {
  readonly ledger: Ledger;
  readonly platform: ModelPlatform;
  readonly queue: OpenedQueue;
  readonly drained: Drained;
  /** Rows may be gone when each is named by its receipt: both copies were damaged. */
  readonly mayLose?: boolean;
}

/** Every promise against what the platform and the kiosk have now. */
export function judge({ ledger, platform, queue, drained, mayLose = false }: JudgeOptions): RoundFigures & { named: number } {
  const problems: string[] = [];
  let lost = 0;
  let named = 0;
  const parked = new Set(queue.store.staff.parked(10_000).map(({ id }) => id));
  const waiting = new Set(queue.store.staff.places(0, 10_000).map(({ id }) => id));
  for (const row of promised(ledger)) {
    if (platform.held.has(row.id)) {
      // With both copies gone nobody at the kiosk can know it.
      if (!mayLose && queue.store.staff.stateOf(row.id) === 'lost')
        problems.push(`${row.id} (${row.said}) was accepted, and is told as lost`);
      continue;
    }
    if (waiting.has(row.id) && (drained.stuck || drained.frozen)) continue;
    if (parked.has(row.id)) {
      if (row.said !== 'parked') problems.push(`${row.id} (${row.said}) is parked for no fault of its own`);
      continue;
    }
    const seen = queue.store.look(row.receipt);
    if (row.said === 'cancel-refused' && seen?.state === 'cancelled') continue;
    if (namedLost(queue.store, row.receipt)) {
      named += 1;
      if (mayLose) continue;
    }
    lost += 1;
    problems.push(`${row.id} (${row.said}) is gone; its receipt says ${seen?.state ?? 'nothing'}`);
  }
  // What both copies knew of a taken-back or sent row is gone with them: told as damage, and no row is lost by it.
  const doubled = mayLose ? ledger.doubled.filter((what) => !what.includes('cancelled')) : ledger.doubled;
  problems.push(...doubled);
  if (drained.frozen) problems.push('delivery goes round without a wait: the core is frozen');
  else if (drained.stuck) problems.push('rows still wait, and nothing is damaged any more');
  const told = findingsOf(queue).length > 0;
  return { lost, doubled: doubled.length, stuck: drained.stuck || drained.frozen, told, problems, named };
}
