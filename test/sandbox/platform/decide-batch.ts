import type { ItemResult } from '../../../main/contract/platform.ts';
import { isDatabaseTrouble } from './database.ts';
import type { ProviderQuestion } from './decide.ts';
import { type Arrived, type Step, type TakeDeps, takeItem } from './take-item.ts';

/** After a bug at one item: its kiosk comes again, and not soon. */
const FAULT_MS = 60_000;

export type Turn =
  /** `commit`: how long that took, ms. */
  | { readonly done: true; readonly results: ItemResult[]; readonly commit: number }
  /** Providers must be asked first; nothing was kept. */
  | { readonly done: false; readonly questions: readonly ProviderQuestion[] };

/** Thrown to take a transaction back. Never leaves this file. */
class TakenBack extends Error {}

interface Batch {
  readonly results: ItemResult[];
  readonly questions: ProviderQuestion[];
  readonly faults: Error[];
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** One item, all or nothing. A bug at it is put down, and costs only this item. */
function stepOf(arrived: Arrived, deps: TakeDeps, faults: Error[]): Step {
  try {
    return deps.store.transaction(() => takeItem(arrived, deps));
  } catch (error) {
    if (isDatabaseTrouble(error)) throw error;
    faults.push(asError(error));
    return { outcome: 'retry', id: arrived.item.id, afterMs: FAULT_MS };
  }
}

/**
 * In their order. Behind an item that has to come again, later ones of its receipt have to as well, since they may rest on it; what is here
 * already is told again all the same. Where something must be asked the turn is void, and only what else has to be asked is of interest.
 */
function takeAll(batch: readonly Arrived[], deps: TakeDeps): Batch {
  const taken: Batch = { results: [], questions: [], faults: [] };
  const held = new Map<string, number>();
  for (const arrived of batch) {
    const { id, receipt, terminal } = arrived.item;
    const wait = held.get(receipt);
    const step: Step =
      wait === undefined || deps.store.submission(terminal, id) !== null
        ? stepOf(arrived, deps, taken.faults)
        : { outcome: 'retry', id, afterMs: wait };
    if (step.outcome === 'ask') taken.questions.push(step.question);
    else taken.results.push(step);
    if (step.outcome === 'retry') held.set(receipt, Math.max(wait ?? 0, step.afterMs));
  }
  return taken;
}

/**
 * What providers must be asked before these can be decided, as things stand now: they are decided for a trial, and all is taken back. More may
 * turn up when the whole batch is decided, since one item can make another possible.
 */
export function questionsOf(batch: readonly Arrived[], deps: TakeDeps): readonly ProviderQuestion[] {
  let questions: readonly ProviderQuestion[] = [];
  try {
    deps.store.transaction(() => {
      questions = takeAll(batch, deps).questions;
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return questions;
}

/**
 * Decides a whole batch and commits it, or nothing of it: one transaction, one fsync. Waits for nothing.
 * @throws the database's trouble; or a bug, where no item of the batch came to an answer for it
 */
export function decideBatch(batch: readonly Arrived[], deps: TakeDeps & { readonly onFault: (error: Error) => void }): Turn {
  let decided = 0;
  let taken: Batch = { results: [], questions: [], faults: [] };
  try {
    deps.store.transaction(() => {
      taken = takeAll(batch, deps);
      decided = performance.now();
      const [fault] = taken.faults;
      if (taken.questions.length > 0) throw new TakenBack();
      if (fault !== undefined && taken.results.every(({ outcome }) => outcome === 'retry')) throw fault;
    });
  } catch (error) {
    if (error instanceof TakenBack) return { done: false, questions: taken.questions };
    throw error;
  }
  for (const fault of taken.faults) deps.onFault(fault);
  return { done: true, results: taken.results, commit: performance.now() - decided };
}
