import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import { type ExaminedApplication, judgeApplication } from './applications.ts';
import { type DecideDeps, type Decision, decide, type ProviderQuestion } from './decide.ts';
import { type Examined, judge, type Rules } from './judge.ts';
import { newReference } from './my-key-id.ts';
import { identify } from './people.ts';
import type { SealReply } from './reply.ts';
import type { SubmissionRow } from './store.ts';
import type { Trust } from './trust.ts';

/** One item of a batch, as far as it could be looked at without the database. */
export interface Arrived {
  readonly item: BatchItem;
  /** SHA-256 of the sealed bytes. */
  readonly hash: Uint8Array;
  readonly looked:
    | { readonly as: 'act'; readonly examined: Examined; readonly trust: Trust }
    | { readonly as: 'application'; readonly examined: ExaminedApplication }
    /** Another kiosk's, or here before: no look was needed. */
    | { readonly as: 'unopened' }
    /** Nothing can be verified at the moment. */
    | { readonly as: 'unverifiable' }
    /** A bug came up. */
    | { readonly as: 'failed'; readonly error: unknown };
}

/** What a batch is taken with. `now`: epoch ms of the platform. */
export interface TakeDeps extends DecideDeps {
  readonly rules: Rules;
  readonly random: RandomBytes;
  readonly kiosk: string;
  readonly now: number;
  readonly unknownCertificate: boolean;
}

/** A result, or what must be asked first: then nothing of this item was written. */
export type Step = ItemResult | { readonly outcome: 'ask'; readonly question: ProviderQuestion };

/** Nothing can be verified at the moment: the kiosk comes again. */
const VERIFIER_AWAY_MS = 60_000;
/** The same, where a provider must be asked. */
const PROVIDER_AWAY_MS = 5000;

const sameItem = (row: SubmissionRow, { item, hash }: Arrived): boolean =>
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

function repeat(row: SubmissionRow, arrived: Arrived, { store, kiosk, now }: TakeDeps): ItemResult {
  const same = sameItem(row, arrived);
  store.addDelivery(row.id, kiosk, same ? 'duplicate' : 'conflict', now);
  return same ? firstOutcome(row) : { outcome: 'conflict', id: row.id };
}

/** What became of an item, as it is kept. */
interface Outcome {
  readonly decision: Pick<Extract<Decision, { outcome: 'accepted' | 'refused' }>, 'outcome' | 'reply'> & {
    readonly code?: ItemCode;
  };
  readonly content: object | null;
  readonly spends: string | null;
  readonly seal: SealReply | null;
  readonly person: number | null;
}
type ItemCode = Extract<ItemResult, { outcome: 'refused' }>['code'];

/** Writes it: challenge, outcome, answer, witness. */
function keep({ decision, content, spends, seal, person }: Outcome, { item, hash }: Arrived, deps: TakeDeps): ItemResult {
  const { store, random, kiosk, now } = deps;
  const { id, kind, receipt, terminal } = item;
  const { outcome, code = null } = decision;
  const reference = newReference(random);
  const reply = decision.reply === undefined || seal === null ? null : seal(decision.reply);
  if (spends !== null && store.spendChallenge(id, spends) !== 1) throw new Error('challenge spent meanwhile');
  store.addSubmission({
    ...{ id, kind, receipt, terminal, sealed_sha256: hash, outcome, code, reference, reply, person },
    received_at: now,
  });
  if (content !== null) store.addWitness(terminal, id, JSON.stringify(content));
  store.addDelivery(id, kiosk, outcome, now);
  const told = reply === null ? {} : { reply };
  if (outcome === 'accepted') return { outcome, id, reference, ...told };
  if (code === null) throw new Error('a refusal without a code');
  return { outcome, id, code, reference, ...told };
}

/** An application, of nobody who is known here. */
function takeApplication(examined: ExaminedApplication, arrived: Arrived, deps: TakeDeps): ItemResult {
  const { content, spends, seal, decision } = judgeApplication(examined, deps);
  const result = keep({ decision, content, spends, seal, person: null }, arrived, deps);
  if (decision.outcome === 'accepted') decision.commit();
  return result;
}

function takeAct(examined: Examined, trust: Trust, arrived: Arrived, deps: TakeDeps): Step {
  const { store, random, catalogues, now, unknownCertificate } = deps;
  const { judged, content, spends } = judge(examined, { ...deps, trust });
  const who = judged.ok ? identify(store, trust, judged.value.holder.serial, { random, now }) : null;
  const decision: Decision = !judged.ok
    ? { outcome: 'refused', code: judged.error }
    : unknownCertificate || who === null
      ? { outcome: 'refused', code: 'certificate-unknown' }
      : decide(judged.value.content, who, judged.value.act, deps);
  if (decision.outcome === 'ask') return decision;
  if (decision.outcome === 'later') return { outcome: 'retry', id: arrived.item.id, afterMs: PROVIDER_AWAY_MS };
  let person: number | null = null;
  if (decision.outcome === 'accepted' && who !== null) {
    person = who.person ?? store.addPerson(who.myKeyId, now);
    // The ID, and with it the right of the measure that runs (step 1 of the scheme).
    if (who.person === null) store.addRight(person, catalogues.current().measure.id, now);
    store.setCertificate(who.certificate, person, now);
    decision.commit(person);
  }
  return keep({ decision, content, spends, seal: judged.ok ? judged.value.seal : null, person }, arrived, deps);
}

/**
 * Decides one item and writes what became of it. Runs inside a transaction and waits for nothing. @throws a bug, or the database's trouble:
 * whatever it wrote by then must be taken back
 */
export function takeItem(arrived: Arrived, deps: TakeDeps): Step {
  const { item, looked } = arrived;
  const { id } = item;
  // Not kept under the id: a kiosk must not be able to spoil an id of another one.
  if (item.terminal !== deps.kiosk)
    return { outcome: 'refused', id, code: 'binding-mismatch', reference: newReference(deps.random) };
  const known = deps.store.submission(deps.kiosk, id);
  if (known !== null) return repeat(known, arrived, deps);
  switch (looked.as) {
    case 'act':
      return takeAct(looked.examined, looked.trust, arrived, deps);
    case 'application':
      return takeApplication(looked.examined, arrived, deps);
    case 'unverifiable':
      return { outcome: 'retry', id, afterMs: VERIFIER_AWAY_MS };
    case 'failed':
      throw looked.error;
    case 'unopened':
      throw new Error('an item that was here is here no more');
  }
}
