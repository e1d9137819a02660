import { createHash } from 'node:crypto';
import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import { judgeApplication } from './applications.ts';
import { type Decision, decide, type Ground } from './decide.ts';
import { judge, type Rules } from './judge.ts';
import { newReference } from './my-key-id.ts';
import { identify } from './people.ts';
import { sealReply } from './reply.ts';
import type { PlatformKey } from './sealing-key.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { SubmissionRow } from './store.ts';
import type { createTrust } from './trust.ts';

export interface DeliverOptions extends Ground {
  readonly key: PlatformKey;
  readonly rules: Rules;
  readonly trust: ReturnType<typeof createTrust>;
  readonly random: RandomBytes;
}

/** How one item is met, beside what it is. */
export interface Met {
  /** Epoch ms of the platform. */
  readonly now: number;
  /** The verifier has not heard of the certificate yet (a fault on request). */
  readonly unknownCertificate?: boolean;
}

/** Takes one item that `kiosk` delivered. */
export type Deliver = (kiosk: string, item: BatchItem, met: Met) => Promise<ItemResult>;

/** Nothing can be verified at the moment: the kiosk comes again. */
const VERIFIER_AWAY_MS = 60_000;
/** The same, where a provider must be asked. */
const PROVIDER_AWAY_MS = 5000;

const sameItem = (row: SubmissionRow, item: BatchItem, hash: Uint8Array): boolean =>
  Buffer.compare(row.sealed_sha256, hash) === 0 &&
  row.receipt === item.receipt &&
  row.terminal === item.terminal &&
  row.kind === item.kind;

function firstOutcome({ id, outcome, code, reference, reply }: SubmissionRow): ItemResult {
  if (outcome === 'refused') {
    if (code === null) throw new Error('a refusal without a code');
    return { outcome, id, code, reference, ...(reply === null ? {} : { reply }) };
  }
  return { outcome: 'duplicate', id, reference, ...(reply === null ? {} : { reply }) };
}

/**
 * Items are judged and committed one after another: between the look at a person and the commit nothing else changes. One
 * transaction holds the outcome, the spent challenge and the person; it is on the disk before the answer goes out.
 */
export function createDeliver(options: DeliverOptions): Deliver {
  const { key, store, rules, trust, random, desk } = options;
  const inTurn = createSerialQueue();

  const repeat = (row: SubmissionRow, kiosk: string, item: BatchItem, hash: Uint8Array, now: number): ItemResult => {
    const same = sameItem(row, item, hash);
    store.addDelivery(item.id, kiosk, same ? 'duplicate' : 'conflict', now);
    return same ? firstOutcome(row) : { outcome: 'conflict', id: item.id };
  };

  /** The ID, and with it the right of the measure that runs (step 1 of the scheme). */
  const newPerson = (myKeyId: string, now: number): number => {
    const person = store.addPerson(myKeyId, now);
    store.addRight(person, desk.current().measure.id, now);
    return person;
  };

  /** As `take`, of nobody who is known here. */
  const takeApplication = async (kiosk: string, item: BatchItem, hash: Uint8Array, now: number): Promise<ItemResult> => {
    const { id, kind, receipt, terminal } = item;
    const { content, spends, replyKey, decision } = await judgeApplication(item, { key, store, rules, now });
    const reference = newReference(random);
    const accepted = decision.outcome === 'accepted';
    const reply = accepted && replyKey !== null ? await sealReply(decision.reply, replyKey) : null;
    store.transaction(() => {
      if (spends !== null && store.spendChallenge(id, spends) !== 1) throw new Error('challenge spent meanwhile');
      store.addSubmission({
        ...{ id, kind, receipt, terminal, sealed_sha256: hash, reference, reply, person: null, received_at: now },
        outcome: decision.outcome,
        code: accepted ? null : decision.code,
      });
      if (accepted) decision.commit();
      if (content !== null) store.addWitness(id, JSON.stringify(content));
      store.addDelivery(id, kiosk, decision.outcome, now);
    });
    return accepted
      ? { outcome: 'accepted', id, reference, ...(reply === null ? {} : { reply }) }
      : { outcome: 'refused', id, code: decision.code, reference };
  };

  const take = async (kiosk: string, item: BatchItem, { now, unknownCertificate = false }: Met): Promise<ItemResult> => {
    const { id } = item;
    // Not kept under the id: a kiosk must not be able to spoil an id of another one.
    if (item.terminal !== kiosk) return { outcome: 'refused', id, code: 'binding-mismatch', reference: newReference(random) };
    const hash = createHash('sha256').update(item.sealed, 'utf8').digest();
    const known = store.submission(id);
    if (known !== null) return repeat(known, kiosk, item, hash, now);
    if (item.kind === 'card-application') return takeApplication(kiosk, item, hash, now);
    const ground = await trust.current();
    if (ground === null || now > ground.listEnds) return { outcome: 'retry', id, afterMs: VERIFIER_AWAY_MS };
    const verdict = await judge(item, { key, store, rules, trust: ground, desk, now });
    const { judged, content, spends } = verdict;
    const who = judged.ok ? identify(store, ground, judged.value.holder.serial, { random, now }) : null;
    const decision: Decision = !judged.ok
      ? { outcome: 'refused', code: judged.error }
      : unknownCertificate || who === null
        ? { outcome: 'refused', code: 'certificate-unknown' }
        : await decide(judged.value.content, who, judged.value.act, options);
    if (decision.outcome === 'later') return { outcome: 'retry', id, afterMs: PROVIDER_AWAY_MS };
    const reference = newReference(random);
    const reply = judged.ok && decision.reply !== undefined ? await sealReply(decision.reply, judged.value.replyKey) : null;
    store.transaction(() => {
      const accepted = decision.outcome === 'accepted' && who !== null;
      const person = accepted ? (who.person ?? newPerson(who.myKeyId, now)) : null;
      if (accepted) {
        store.setCertificate(who.certificate, person, now);
        decision.commit(person ?? 0);
      }
      if (spends !== null && store.spendChallenge(id, spends) !== 1) throw new Error('challenge spent meanwhile');
      store.addSubmission({
        id,
        kind: item.kind,
        receipt: item.receipt,
        terminal: item.terminal,
        sealed_sha256: hash,
        outcome: decision.outcome,
        code: decision.outcome === 'refused' ? decision.code : null,
        reference,
        reply,
        person,
        received_at: now,
      });
      if (content !== null) store.addWitness(id, JSON.stringify(content));
      store.addDelivery(id, kiosk, decision.outcome, now);
    });
    const told = reply === null ? {} : { reply };
    return decision.outcome === 'accepted'
      ? { outcome: 'accepted', id, reference, ...told }
      : { outcome: 'refused', id, code: decision.code, reference, ...told };
  };

  return (kiosk, item, met) => inTurn(() => take(kiosk, item, met));
}
