import type { ItemResult } from '../../../contract/platform.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { StaffError } from '../../../contract/staff.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import type { StaffDelivery } from '../../sync/delivery.ts';
import { answerFiles, readAnswer, type VerifyAnswer } from './read-answer.ts';

export interface ImportDeps {
  readonly outbox: Pick<OutboxStore, 'staff'>;
  readonly delivery: Pick<StaffDelivery, 'take'>;
  readonly medium: string;
  readonly terminal: string;
  /** null: the settings name no key (platform.catalogueKeyFile), and nothing can be believed. */
  readonly verify: VerifyAnswer | null;
}

/** `settled`: by this import. `again`: settled before. `unknown`: of no row that is or was here. */
export interface Imported {
  readonly settled: number;
  readonly again: number;
  readonly unknown: number;
}

/**
 * Takes the platform's answers from a medium. Everything is verified before anything is settled; then each result goes the way that
 * a batch's goes. The same file again changes nothing.
 */
export async function importAnswers(options: ImportDeps): Promise<Result<Imported, StaffError>> {
  const { outbox, delivery, medium, terminal, verify } = options;
  if (verify === null) return err('bad-file');
  let files: string[];
  try {
    files = answerFiles(medium, terminal);
    if (files.length === 0) return err('bad-file');
    for (const file of files) {
      for await (const results of readAnswer(file, terminal, verify)) if (results === null) return err('bad-file');
    }
  } catch {
    return err('no-media');
  }
  let settled = 0;
  let again = 0;
  let unknown = 0;
  for (const file of files) {
    try {
      for await (const results of readAnswer(file, terminal, verify)) {
        // Changed between the two readings, or pulled: what was settled is settled, the rest comes with the next import.
        if (results === null) return err('bad-file');
        for (const result of results) {
          const state = outbox.staff.stateOf(result.id);
          if (state === null) unknown += 1;
          // An export takes parked rows along; a verdict on one ends its being parked.
          else if (state === 'parked' && isVerdict(result)) outbox.staff.unpark(result.id);
          else if (state !== 'pending' && state !== 'sending') again += 1;
        }
        const done = delivery.take(results);
        if (done === null) return err('storage');
        settled += done.length;
      }
    } catch {
      return err('no-media');
    }
  }
  return ok({ settled, again, unknown });
}

const isVerdict = ({ outcome }: ItemResult): boolean =>
  outcome === 'accepted' || outcome === 'duplicate' || outcome === 'refused';
