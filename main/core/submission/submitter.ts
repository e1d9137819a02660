import type { Catalogue } from '../../contract/catalogue.ts';
import type { PersonalReply } from '../../contract/platform.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { CardSession } from '../card-session/card-session.ts';
import type { Clock, Delivery, Outbox, Sealer, Settled } from '../ports.ts';
import { composeContent } from './compose.ts';
import { type Draft, type DraftDeps, openDraft } from './draft.ts';
import { createPendingAnswer, type PendingAnswer } from './pending-answer.ts';
import { answerOfReply, NO_ANSWER, settledBy } from './reply-to-answer.ts';
import type { Answer, CannotAccept, CommitResult, SubmissionRequest } from './types.ts';

export interface SubmitterDeps extends DraftDeps {
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** The catalogue as it is now; `null`: none yet. */
  readonly catalogue: () => Catalogue | null;
  /** Told when a content is safe in the outbox. */
  readonly onCommitted: (content: SubmissionContent) => void;
  readonly waitForAnswerMs: number;
}

/** Bytes a sealed set-up may take in the queue: its size class is 8 KiB, base64 and header come on top. */
const RESERVED_BYTES = 16 * 1024;
const REMOVED: CommitResult = { kind: 'problem', problem: { code: 'removed' } };

interface ReadBack {
  readonly taken: Draft;
  readonly content: SubmissionContent;
}

/** @returns the submitter of a session: always the same one for the same session */
export function createSubmitters(deps: SubmitterDeps): (session: CardSession) => Submitter {
  const known = new WeakMap<CardSession, Submitter>();
  return (session) => {
    const found = known.get(session) ?? new Submitter(session, deps);
    known.set(session, found);
    return found;
  };
}

/** What one card session submits: one content at a time. It ends with the session. */
export class Submitter {
  private readonly session: CardSession;
  private readonly deps: SubmitterDeps;
  private readonly pending: PendingAnswer<Answer>;
  private draft: ReadBack | null = null;

  constructor(session: CardSession, deps: SubmitterDeps) {
    this.session = session;
    this.deps = deps;
    this.pending = createPendingAnswer<Answer>({
      ...deps,
      read: (settled) => answerOf(settled, this.draft),
      waiting: { kind: 'waiting' },
    });
    session.onEnd(() => {
      this.pending.stop();
      this.dropDraft();
    });
  }

  /** Composes what will be read back and signed. Spends a challenge and reserves the row: a full disk is known here. */
  async compose(request: SubmissionRequest): Promise<Result<SubmissionContent, CannotAccept>> {
    const { session, deps } = this;
    this.dropDraft();
    if (session.ended) return err('internal');
    const own = composeContent(request, session.accountForm, deps.catalogue());
    if (own === null) return err('internal');
    const taken = await openDraft(deps, RESERVED_BYTES, () => !session.ended);
    if (!taken.ok) return taken;
    const content: SubmissionContent = { ...taken.value.head, ...own };
    this.draft = { taken: taken.value, content };
    return ok(content);
  }

  /** VERIFY, sign, power off, seal, enqueue. @throws before there is a content that was read back */
  async commit(): Promise<CommitResult> {
    const { session, deps, draft: current } = this;
    if (session.ended) return REMOVED;
    if (current === null) throw new Error('commit without read-back');
    const { content, taken } = current;
    taken.spent = true;
    const signed = await session.sign(content);
    if (this.isGone(current)) return REMOVED;
    if (!signed.ok) {
      // Nothing was signed after a refused VERIFY: the same content may be tried again.
      if (signed.error.code === 'pin-wrong') taken.spent = false;
      return { kind: 'problem', problem: signed.error };
    }
    const sealed = await deps.sealer.seal({ v: 1, content, ...signed.value });
    // The card may have left meanwhile. Nothing was promised yet, so nothing is kept.
    if (this.isGone(current)) return REMOVED;
    return this.send(current, sealed);
  }

  answer(limit: 'short' | 'none'): Promise<Answer> {
    return this.pending.answer(limit);
  }

  private isGone(current: ReadBack): boolean {
    return this.session.ended || this.draft !== current;
  }

  private dropDraft(): void {
    this.draft?.taken.drop();
    this.draft = null;
    this.pending.reset();
  }

  private send({ content, taken }: ReadBack, sealed: string): CommitResult {
    const { session, pending, deps } = this;
    const { id, kind, receipt, terminal } = content;
    taken.committed = true;
    pending.expect(id);
    if (kind === 'status') {
      // A question waits for nobody: it is asked now, or not at all. Its reservation is not used.
      deps.outbox.release(id);
      void deps.delivery.ask({ id, kind, receipt, terminal, sealed }).then((result) => pending.settle(id, settledBy(result)));
      return { kind: 'committed' };
    }
    if (!deps.outbox.enqueue({ id, kind, receipt, sealed }).ok) {
      taken.committed = false;
      pending.reset();
      return { kind: 'cannot-accept', reason: 'storage' };
    }
    session.noteReceipt(receipt);
    deps.onCommitted(content);
    deps.delivery.nudge(id);
    return { kind: 'committed' };
  }
}

/** What the person is told of how their row ended. */
async function answerOf(settled: Settled, draft: ReadBack | null): Promise<Answer> {
  /** @param wanted an answer to something else is no answer */
  const opened = async (reply: string | undefined, wanted: PersonalReply['kind'] | undefined): Promise<PersonalReply | null> => {
    if (reply === undefined || draft === null) return null;
    const read = await draft.taken.replyKey.open(reply);
    return read.ok && read.value.kind === wanted ? read.value : null;
  };
  switch (settled.outcome) {
    case 'accepted':
      return answerOfReply(await opened(settled.reply, draft?.content.kind));
    case 'refused': {
      const reply = await opened(settled.reply, 'already');
      return reply !== null ? answerOfReply(reply) : { kind: 'refused', code: settled.code };
    }
    case 'parked':
      return { kind: settled.reason === NO_ANSWER ? 'waiting' : 'parked' };
  }
}
