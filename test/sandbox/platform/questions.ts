import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { DeliverDeps, Met } from './deliver.ts';
import { examine, judge } from './judge.ts';
import { newReference } from './my-key-id.ts';
import { identify } from './people.ts';
import { statusOf } from './status.ts';

/** Answers one question that `kiosk` asked. */
export type AnswerQuestion = (kiosk: string, item: BatchItem, met: Met) => Promise<ItemResult>;

/**
 * Answers a sealed question at once. It is verified as an act is, spends its challenge, and leaves nothing else behind: a lost answer is
 * asked for again with another challenge. (A renewal that has become known meanwhile is noted here as anywhere.)
 */
export function createQuestions(deps: DeliverDeps): AnswerQuestion {
  const { key, store, rules, trust, random, catalogues } = deps;
  return async (kiosk: string, item: BatchItem, { now, unknownCertificate = false }: Met): Promise<ItemResult> => {
    const { id } = item;
    const reference = newReference(random);
    if (item.terminal !== kiosk) return { outcome: 'refused', id, code: 'binding-mismatch', reference };
    const trusted = await trust.current();
    if (trusted === null || now > trusted.listEnds) return { outcome: 'retry', id, afterMs: 0 };
    const { judged, spends } = judge(await examine(item, key, trusted), { store, rules, trust: trusted, catalogues, now });
    if (spends !== null && store.spendChallenge(id, spends) !== 1)
      return { outcome: 'refused', id, code: 'challenge-used', reference };
    if (!judged.ok) return { outcome: 'refused', id, code: judged.error, reference };
    if (judged.value.content.kind !== 'status') return { outcome: 'refused', id, code: 'content-refused', reference };
    if (unknownCertificate) return { outcome: 'refused', id, code: 'certificate-unknown', reference };
    const who = identify(store, trusted, judged.value.holder.serial, { random, now });
    const status = statusOf(who.person === null ? null : { person: who.person, myKeyId: who.myKeyId }, store, catalogues);
    return { outcome: 'accepted', id, reference, reply: judged.value.seal(status) };
  };
}
