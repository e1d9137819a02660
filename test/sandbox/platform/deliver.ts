import { createHash } from 'node:crypto';
import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import { judge, type Rules, type Verdict } from './judge.ts';
import { newReference } from './my-key-id.ts';
import { identify } from './people.ts';
import { sealReply } from './reply.ts';
import type { PlatformKey } from './sealing-key.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { Store, SubmissionRow } from './store.ts';
import type { createTrust, Trust } from './trust.ts';

export interface DeliverOptions {
  readonly key: PlatformKey;
  readonly store: Store;
  readonly rules: Rules;
  readonly trust: ReturnType<typeof createTrust>;
  readonly random: RandomBytes;
}

/** Takes one item that `kiosk` delivered. @param now epoch ms of the platform */
export type Deliver = (kiosk: string, item: BatchItem, now: number) => Promise<ItemResult>;

/** Nothing can be verified at the moment: the kiosk comes again. */
const VERIFIER_AWAY_MS = 60_000;

const sameItem = (row: SubmissionRow, item: BatchItem, hash: Uint8Array): boolean =>
  Buffer.compare(row.sealed_sha256, hash) === 0 &&
  row.receipt === item.receipt &&
  row.terminal === item.terminal &&
  row.kind === item.kind;

function firstOutcome({ id, outcome, code, reference, reply }: SubmissionRow): ItemResult {
  if (outcome === 'refused') {
    if (code === null) throw new Error('a refusal without a code');
    return { outcome, id, code, reference };
  }
  return { outcome: 'duplicate', id, reference, ...(reply === null ? {} : { reply }) };
}

/**
 * Items are judged and committed one after another: between the look at a person and the commit nothing else changes. One
 * transaction holds the outcome, the spent challenge and the person; it is on the disk before the answer goes out.
 */
export function createDeliver({ key, store, rules, trust, random }: DeliverOptions): Deliver {
  const inTurn = createSerialQueue();

  const repeat = (row: SubmissionRow, kiosk: string, item: BatchItem, hash: Uint8Array, now: number): ItemResult => {
    const same = sameItem(row, item, hash);
    store.addDelivery(item.id, kiosk, same ? 'duplicate' : 'conflict', now);
    return same ? firstOutcome(row) : { outcome: 'conflict', id: item.id };
  };

  const commit = async (verdict: Verdict, kiosk: string, item: BatchItem, hash: Uint8Array, now: number, ground: Trust) => {
    const { judged, content, spends } = verdict;
    const reference = newReference(random);
    const who = judged.ok ? identify(store, ground, judged.value.holder.serial, random) : null;
    const reply =
      judged.ok && who !== null
        ? await sealReply({ kind: item.kind, myKeyId: who.myKeyId, alreadySet: who.person !== null }, judged.value.replyKey)
        : null;
    store.transaction(() => {
      const person = who === null ? null : (who.person ?? store.addPerson(who.myKeyId, now));
      if (who !== null) store.setCertificate(who.certificate, person, now);
      if (spends !== null && store.spendChallenge(item.id, spends) !== 1) throw new Error('challenge spent meanwhile');
      store.addSubmission({
        id: item.id,
        kind: item.kind,
        receipt: item.receipt,
        terminal: item.terminal,
        sealed_sha256: hash,
        outcome: judged.ok ? 'accepted' : 'refused',
        code: judged.ok ? null : judged.error,
        reference,
        reply,
        person,
        received_at: now,
      });
      if (content !== null) store.addWitness(item.id, JSON.stringify(content));
      store.addDelivery(item.id, kiosk, judged.ok ? 'accepted' : 'refused', now);
    });
    const { id } = item;
    const answer: ItemResult = judged.ok
      ? { outcome: 'accepted', id, reference, ...(reply === null ? {} : { reply }) }
      : { outcome: 'refused', id, code: judged.error, reference };
    return answer;
  };

  const take = async (kiosk: string, item: BatchItem, now: number): Promise<ItemResult> => {
    // Not kept under the id: a kiosk must not be able to spoil an id of another one.
    if (item.terminal !== kiosk)
      return { outcome: 'refused', id: item.id, code: 'binding-mismatch', reference: newReference(random) };
    const hash = createHash('sha256').update(item.sealed, 'utf8').digest();
    const known = store.submission(item.id);
    if (known !== null) return repeat(known, kiosk, item, hash, now);
    const ground = await trust.current();
    if (ground === null || now > ground.listEnds) return { outcome: 'retry', id: item.id, afterMs: VERIFIER_AWAY_MS };
    const verdict = await judge(item, { key, store, rules, trust: ground, now });
    return commit(verdict, kiosk, item, hash, now, ground);
  };

  return (kiosk, item, now) => inTurn(() => take(kiosk, item, now));
}
