import type { ApplicationContent, ContactKind, PhotoHint } from '../../../contract/application.ts';
import type { FieldInput } from '../../charts/events.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { Clock, Delivery, Outbox, ReplyKeyPair, Sealer, Settled } from '../../ports.ts';
import { base64 } from '../../seal/base64.ts';
import { sealedApplicationBytes } from '../../seal/padding.ts';
import { type Draft, type DraftDeps, openDraft } from '../../submission/draft.ts';
import { createPendingAnswer, type PendingAnswer } from '../../submission/pending-answer.ts';
import { NO_ANSWER } from '../../submission/reply-to-answer.ts';
import { type ContactInputView, createContactInput } from './contact-input.ts';
import type { FormNumberView } from './form-number-input.ts';
import { type FormOutcome, FormReadings, type Reading } from './form-readings.ts';
import type { ApplicationAnswer, ApplicationChoices, CommittedApplication, ComposedApplication } from './types.ts';

/** What one application may use. */
export interface ApplicationDeps extends DraftDeps {
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly waitForAnswerMs: number;
}

/** What is read back: the content as it will be sealed, without its picture and the second reading of the form. */
type DraftApplication = Omit<ApplicationContent, 'photo' | 'read'>;

interface ApplicationDraft {
  readonly content: DraftApplication;
  readonly taken: Draft;
}

/** The picture that is kept, and what the page saw in it. `shot`: never the same for two pictures of this kiosk. */
interface KeptPhoto {
  readonly shot: number;
  readonly hints: readonly PhotoHint[];
  readonly jpeg: Uint8Array;
}

/**
 * One application for a card: a person who has no card to be a session with (invariant 1). Everything personal of it lives in here and
 * nowhere else, from the first reading of the form to its second: number, contact, picture, reply key. `end()` wipes it, and so does
 * another form at the second reading.
 */
export class ApplicationSession {
  private readonly deps: ApplicationDeps;
  private readonly nextShot: () => number;
  private readonly forms = new FormReadings();
  private readonly contacts = createContactInput();
  private readonly pending: PendingAnswer<ApplicationAnswer>;
  private ended = false;
  private kept: KeptPhoto | null = null;
  private drafted: ApplicationDraft | null = null;
  /** It is safe in the outbox: all that is left of it here is the key to the answer. */
  private replyKey: ReplyKeyPair | null = null;

  /** @param nextShot a number that no picture of this kiosk has had */
  constructor(deps: ApplicationDeps, nextShot: () => number) {
    this.deps = deps;
    this.nextShot = nextShot;
    this.pending = createPendingAnswer<ApplicationAnswer>({
      ...deps,
      read: (settled) => answerOf(settled, this.replyKey),
      waiting: { kind: 'waiting' },
    });
  }

  /** Anything personal is in it. */
  get holds(): boolean {
    return this.forms.holds || this.replyKey !== null;
  }

  formNumber(reading: Reading): FormNumberView {
    return this.forms.view(reading);
  }

  /** Typed digits that wait to be compared with the paper. */
  get typed(): string | null {
    return this.forms.typed;
  }

  readForm(reading: Reading, event: FieldInput): FormOutcome {
    return this.ended ? 'here' : this.after(this.forms.read(reading, event));
  }

  /** The typed digits are as on the paper. */
  confirmForm(reading: Reading): FormOutcome {
    return this.ended ? 'here' : this.after(this.forms.confirm(reading));
  }

  contact(kind: ContactKind): ContactInputView {
    return this.contacts.view(kind);
  }

  /** @returns whether the field is right and said to be all */
  enterContact(kind: ContactKind, event: FieldInput): boolean {
    return !this.ended && this.forms.form !== null && this.contacts.input(kind, event);
  }

  /** @param jpeg becomes the session's own: overwritten when the next one comes. @returns false when no form was read */
  takePhoto(jpeg: Uint8Array, hints: readonly PhotoHint[]): boolean {
    if (this.ended || this.forms.form === null) {
      jpeg.fill(0);
      return false;
    }
    this.kept?.jpeg.fill(0);
    this.kept = { shot: this.nextShot(), hints, jpeg };
    return true;
  }

  get photo(): KeptPhoto | null {
    return this.kept;
  }

  /** Composes what will be read back. Reserves the row and spends a challenge: a full disk is known here. */
  async compose({ contact, way, ...chosen }: ApplicationChoices): Promise<ComposedApplication> {
    this.forgetDraft();
    const to = this.contacts.value(contact);
    const { forms, kept } = this;
    if (this.ended || forms.form === null || kept === null || to === null) return { cannot: 'internal' };
    const { form } = forms.form;
    const isWanted = () => !this.ended && forms.form?.form === form;
    const taken = await openDraft(this.deps, sealedApplicationBytes(kept.jpeg.length), isWanted);
    if (!taken.ok) return { cannot: taken.error };
    const { moved, certificates, braille } = chosen;
    const content: DraftApplication = {
      ...taken.value.head,
      kind: 'card-application',
      ...{ form, moved, contact: to, certificates, braille, way, hints: hintsFor(way, kept.hints) },
    };
    this.drafted = { content, taken: taken.value };
    return { receipt: content.receipt, at: content.at };
  }

  get draft(): DraftApplication | null {
    return this.drafted?.content ?? null;
  }

  /** Back from the read-back: nothing was promised. */
  dropDraft(): void {
    this.forms.undoAgain();
    this.forgetDraft();
  }

  /** Seals and enqueues, once the form was read again; what is personal goes with it. */
  async commit(): Promise<CommittedApplication> {
    const { deps, pending, drafted: current, kept } = this;
    const { form, again } = this.forms;
    if (this.ended || current === null || form === null || again === null || kept === null) return { cannot: 'internal' };
    current.taken.spent = true;
    const content: ApplicationContent = { ...current.content, read: [form.by, again], photo: base64(kept.jpeg) };
    const sealed = await deps.sealer.seal({ v: 1, content });
    // Staff may have ended it meanwhile. Nothing was promised yet, so nothing is kept.
    if (this.ended || this.drafted !== current) return { cannot: 'internal' };
    const { id, kind, receipt } = content;
    pending.expect(id);
    if (!deps.outbox.enqueue({ id, kind, receipt, sealed }).ok) {
      pending.reset();
      return { cannot: 'storage' };
    }
    current.taken.committed = true;
    this.replyKey = current.taken.replyKey;
    this.drafted = null;
    this.wipe();
    deps.delivery.nudge(id);
    return { committed: true };
  }

  answer(limit: 'short' | 'none'): Promise<ApplicationAnswer> {
    return this.pending.answer(limit);
  }

  /** Idempotent. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.pending.stop();
    this.replyKey?.destroy();
    this.replyKey = null;
    this.forgetDraft();
    this.wipe();
  }

  private after(outcome: FormOutcome): FormOutcome {
    if (outcome === 'fresh') {
      // Somebody else's form: nothing of what was entered for the former one may come along.
      this.forgetDraft();
      this.wipeEntries();
    }
    if (outcome === 'other') this.end();
    return outcome;
  }

  private forgetDraft(): void {
    this.drafted?.taken.drop();
    this.drafted = null;
  }

  private wipeEntries(): void {
    this.kept?.jpeg.fill(0);
    this.kept = null;
    this.contacts.wipe();
  }

  /** Everything but what waits for the answer. */
  private wipe(): void {
    this.wipeEntries();
    this.forms.wipe();
  }
}

/** What the person is told of how their application ended. */
async function answerOf(settled: Settled, replyKey: ReplyKeyPair | null): Promise<ApplicationAnswer> {
  switch (settled.outcome) {
    case 'accepted': {
      const opened = settled.reply === undefined ? null : await replyKey?.open(settled.reply);
      const weeks = opened?.ok === true && opened.value.kind === 'card-application' ? opened.value.weeks : null;
      return { kind: 'accepted', weeks };
    }
    case 'refused':
      return { kind: 'refused', code: settled.code };
    case 'parked':
      return { kind: settled.reason === NO_ANSWER ? 'waiting' : 'parked' };
  }
}
