import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardHostError, CardSessionNumber } from '../../contract/card-host.ts';
import type { Catalogue } from '../../contract/catalogue.ts';
import type { BatchItem, PersonalReply } from '../../contract/platform.ts';
import type { Result } from '../../contract/result.ts';
import { err } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import { type CardKey, RSA_2048 } from '../card/card-key.ts';
import { japanDay } from '../catalogue/finder.ts';
import type {
  CardChannel,
  CardReader,
  CardReading,
  Clock,
  Delivery,
  Outbox,
  RandomBytes,
  ReplyKeyPair,
  Sealer,
  Settled,
} from '../ports.ts';
import { base64 } from '../seal/base64.ts';
import { composeContent } from '../submission/compose.ts';
import { newReceipt } from '../submission/new-receipt.ts';
import { answerOfReply, NO_ANSWER, settledBy } from '../submission/reply-to-answer.ts';
import type { Answer, CannotAccept, CommitResult, SubmissionRequest } from '../submission/types.ts';
import type { AccountForm } from './account-form.ts';
import { createAccountForm } from './account-form.ts';
import { createPendingAnswer } from './pending-answer.ts';
import type { PinBuffer } from './pin-buffer.ts';
import { createPinBuffer } from './pin-buffer.ts';
import type { ReceiptsOfCard } from './receipts-of-card.ts';
import { createVerifyPace, type VerifyPaceOptions } from './verify-pace.ts';

/** What one person's card session may use. */
export interface CardSessionDeps {
  readonly reader: CardReader;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly sealer: Sealer;
  readonly createReplyKey: () => Promise<ReplyKeyPair>;
  readonly readCard: (channel: CardChannel) => Promise<Result<CardReading, CardProblem>>;
  /** Overwrites `pin`. */
  readonly verifyAndSign: (
    channel: CardChannel,
    pin: Uint8Array,
    digest: Uint8Array,
    key: CardKey,
  ) => Promise<Result<Uint8Array, CardProblem>>;
  readonly problemOf: (error: CardHostError) => CardProblem;
  /** Over the content's signed text, as long as the hash makes it. */
  readonly digest: (content: SubmissionContent, hash: CardKey['hash']) => Uint8Array;
  /** Whether the certificate's own key made the signature over the content's signed text. */
  readonly signatureFits: (content: SubmissionContent, signature: Uint8Array, certificate: Uint8Array) => boolean;
  readonly clock: Clock;
  /** Epoch ms. */
  readonly civilTime: () => number;
  readonly random: RandomBytes;
  readonly newId: () => string;
  readonly terminal: string;
  /** The catalogue as it is now; `null`: none yet. */
  readonly catalogue: () => Catalogue | null;
  /** Told when a content is safe in the outbox. */
  readonly onCommitted: (content: SubmissionContent) => void;
  readonly receiptsOfCard: ReceiptsOfCard;
  readonly waitForAnswerMs: number;
  readonly verifyPace: Omit<VerifyPaceOptions, 'clock'>;
}

/**
 * One card on the reader, one person (invariant 1). Everything personal of a visit lives in here and nowhere else:
 * PIN bytes, certificate, reply key, the draft content. `end()` wipes it; whatever was under way then answers `removed`.
 */
export interface CardSession {
  readonly number: CardSessionNumber;
  readonly pin: PinBuffer;
  /** What its card said last that is left; 0 before it was read. */
  readonly triesLeft: number;
  /** Until the next VERIFY may go out, ms. */
  waitMs(): number;
  read(): Promise<Result<CardFacts, CardProblem>>;
  /** Where account and codes are typed; another service clears it. `null`: the catalogue does not know the service (any more). */
  openAccountForm(service: string): AccountForm | null;
  readonly desk: AccountForm | null;
  /** Composes what will be read back and signed. Spends a challenge and reserves the row: a full disk is known here. */
  compose(ask: SubmissionRequest): Promise<Result<SubmissionContent, CannotAccept>>;
  /** VERIFY, sign, power off, seal, enqueue. */
  commit(): Promise<CommitResult>;
  answer(limit: 'short' | 'none'): Promise<Answer>;
  /** Receipts that this card got here; for after the PIN only. */
  receipts(): readonly string[];
  /** Idempotent and synchronous in its wiping; the promise is the card's power-off. */
  end(): Promise<void>;
}

/** Bytes a sealed set-up may take in the queue: its size class is 8 KiB, base64 and header come on top. */
const RESERVED_BYTES = 16 * 1024;

const removed: CardProblem = { code: 'removed' };

interface Draft {
  readonly content: SubmissionContent;
  readonly replyKey: ReplyKeyPair;
  /** A card may have signed it: its challenge can never be used again. */
  signed: boolean;
  committed: boolean;
}

export function createCardSession(number: CardSessionNumber, ports: CardSessionDeps): CardSession {
  const pin = createPinBuffer();
  const pace = createVerifyPace({ ...ports.verifyPace, clock: ports.clock });
  let ended = false;
  let channel: CardChannel | null = null;
  let certificate: Uint8Array | null = null;
  let key: CardKey = RSA_2048;
  let draft: Draft | null = null;
  let desk: AccountForm | null = null;

  const stopListening = ports.delivery.onSettled((id, result) => {
    if (draft === null || !draft.committed || draft.content.id !== id) return;
    settlement.settled(result);
  });

  const dropDraft = () => {
    const old = draft;
    draft = null;
    if (old === null) return;
    old.replyKey.destroy();
    if (old.committed) return;
    ports.outbox.release(old.content.id);
    if (!old.signed) ports.outbox.giveBackChallenge(old.content.challenge);
  };

  const question = (asked: Draft, item: BatchItem) => {
    void ports.delivery.ask(item).then((result) => {
      if (ended || draft !== asked) return;
      settlement.settled(settledBy(result));
    });
  };

  const closeCard = async (disposition: 'reset' | 'unpower') => {
    const open = channel;
    channel = null;
    await open?.close(disposition);
  };

  /** @param wanted an answer to something else is no answer */
  const opened = async (reply: string | undefined, wanted: PersonalReply['kind'] | undefined): Promise<PersonalReply | null> => {
    if (reply === undefined || draft === null) return null;
    const read = await draft.replyKey.open(reply);
    return read.ok && read.value.kind === wanted ? read.value : null;
  };

  const settledNow = async (waiting: Settled): Promise<Answer> => {
    switch (waiting.outcome) {
      case 'accepted':
        return answerOfReply(await opened(waiting.reply, draft?.content.kind));
      case 'refused': {
        const reply = await opened(waiting.reply, 'already');
        return reply !== null ? answerOfReply(reply) : { kind: 'refused', code: waiting.code };
      }
      case 'parked':
        return { kind: waiting.reason === NO_ANSWER ? 'waiting' : 'parked' };
    }
  };

  const settlement = createPendingAnswer<Answer>({ ...ports, read: settledNow, waiting: { kind: 'waiting' } });

  const readOnce = async (): Promise<Result<CardFacts, CardProblem>> => {
    if (ended) return err(removed);
    if (channel === null) {
      const opened = await ports.reader.open(number);
      if (!opened.ok) return err(ended ? removed : ports.problemOf(opened.error));
      if (ended) {
        await opened.value.close('unpower');
        return err(removed);
      }
      channel = opened.value;
    }
    const reading = await ports.readCard(channel);
    if (ended) return err(removed);
    if (!reading.ok) {
      await closeCard('reset');
      return err(ended ? removed : reading.error);
    }
    ({ certificate, key } = reading.value);
    pace.read(reading.value.facts.triesLeft);
    return { ok: true, value: reading.value.facts };
  };

  return {
    number,
    pin,

    get triesLeft() {
      return pace.triesLeft ?? 0;
    },

    waitMs: () => pace.waitMs(),

    async read() {
      const first = await readOnce();
      // A reader may lose a byte of a card that was put on a moment ago. No PIN was involved: asked once more, nobody is told.
      if (ended || first.ok || first.error.code !== 'reader-failed') return first;
      const second = await readOnce();
      // A card that is not found again says nothing of why it could not be read before.
      return !second.ok && second.error.code === 'removed' && !ended ? first : second;
    },

    get desk() {
      return desk;
    },

    openAccountForm(service) {
      if (ended) return null;
      if (desk?.service !== service) {
        desk?.wipe();
        const services = ports.catalogue()?.services ?? [];
        const chosen = services.find(({ id }) => id === service);
        desk = chosen === undefined ? null : createAccountForm(chosen, services, () => japanDay(ports.civilTime()));
      }
      desk?.reopen();
      return desk;
    },

    async compose(ask) {
      dropDraft();
      settlement.reset();
      if (ended) return err('internal');
      const own = composeContent(ask, desk, ports.catalogue());
      if (own === null) return err('internal');
      // Room first: where nothing can be written, no challenge can be spent either, and the reason would be the wrong one.
      const id = ports.newId();
      if (!ports.outbox.reserve(id, RESERVED_BYTES).ok) return err('storage');
      const receipt = newReceipt(ports);
      const challenge = receipt === null ? null : ports.outbox.takeChallenge();
      if (receipt === null || challenge === null) {
        ports.outbox.release(id);
        return err(receipt === null ? 'internal' : 'challenge');
      }
      const replyKey = await ports.createReplyKey();
      if (ended) {
        replyKey.destroy();
        ports.outbox.release(id);
        ports.outbox.giveBackChallenge(challenge);
        return err('internal');
      }
      const content: SubmissionContent = {
        v: 1,
        id,
        receipt,
        terminal: ports.terminal,
        at: new Date(ports.civilTime()).toISOString(),
        challenge,
        replyKey: replyKey.publicJwk,
        ...own,
      };
      draft = { content, replyKey, signed: false, committed: false };
      return { ok: true, value: content };
    },

    async commit() {
      const current = draft;
      const bytes = pin.take();
      if (ended) {
        bytes?.fill(0);
        return { kind: 'problem', problem: removed };
      }
      if (current === null || bytes === null || channel === null || certificate === null)
        throw new Error('commit without read-back, PIN or card');
      current.signed = true;
      const signature = await ports.verifyAndSign(channel, bytes, ports.digest(current.content, key.hash), key);
      bytes.fill(0);
      if (!signature.ok && signature.error.code === 'pin-wrong') pace.refused(signature.error.triesLeft);
      if (ended || draft !== current) return { kind: 'problem', problem: removed };
      if (!signature.ok) {
        // Nothing was signed after a refused VERIFY: the same content may be tried again with the card still held.
        if (signature.error.code === 'pin-wrong') current.signed = false;
        else await closeCard('unpower');
        return { kind: 'problem', problem: signature.error };
      }
      // Nothing is queued that the platform would have to refuse days later: a byte may have been lost between card and here.
      if (!ports.signatureFits(current.content, signature.value, certificate)) {
        await closeCard('unpower');
        return { kind: 'problem', problem: { code: 'signature-mismatch' } };
      }
      const payload = {
        v: 1 as const,
        content: current.content,
        signature: base64(signature.value),
        certificate: base64(certificate),
      };
      await closeCard('unpower');
      const sealed = await ports.sealer.seal(payload);
      // The card may have left meanwhile. Nothing was promised yet, so nothing is kept.
      if (ended || draft !== current) return { kind: 'problem', problem: removed };
      const { id, kind, receipt } = current.content;
      current.committed = true;
      if (kind === 'status') {
        // A question waits for nobody: it is asked now, or not at all. Its reservation is not used.
        ports.outbox.release(id);
        question(current, { id, kind, receipt, terminal: ports.terminal, sealed });
        return { kind: 'committed' };
      }
      const queued = ports.outbox.enqueue({ id, kind, receipt, sealed });
      if (!queued.ok) {
        current.committed = false;
        return { kind: 'cannot-accept', reason: 'storage' };
      }
      if (certificate !== null) ports.receiptsOfCard.note(certificate, receipt);
      ports.onCommitted(current.content);
      ports.delivery.nudge(id);
      return { kind: 'committed' };
    },

    answer: (limit) => settlement.answer(limit),

    receipts: () => (certificate === null ? [] : ports.receiptsOfCard.of(certificate)),

    async end() {
      if (ended) return;
      ended = true;
      pin.clear();
      desk?.wipe();
      desk = null;
      certificate?.fill(0);
      certificate = null;
      settlement.reset();
      stopListening();
      dropDraft();
      await closeCard('unpower');
    },
  };
}
