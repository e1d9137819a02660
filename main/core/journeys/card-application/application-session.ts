import type { ApplicationContent, ContactKind, FormRead, PhotoHint } from '../../../contract/application.ts';
import type { FieldInput } from '../../charts/events.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { Clock, Delivery, Outbox, ReplyKeyPair, Sealer, Settled } from '../../ports.ts';
import { base64 } from '../../seal/base64.ts';
import { sealedApplicationBytes } from '../../seal/padding.ts';
import { type Draft, type DraftDeps, openDraft } from '../../submission/draft.ts';
import { createPendingAnswer } from '../../submission/pending-answer.ts';
import { NO_ANSWER } from '../../submission/reply-to-answer.ts';
import { type ContactInputView, createContactInput } from './contact-input.ts';
import { createFormNumberInput, type FormNumberView, type ReadForm } from './form-number-input.ts';
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

/** What a reading of the form came to. `typed`: to be compared with the paper, see `confirm`. `fresh`: another form than before. */
export type FormOutcome = 'here' | 'typed' | 'read' | 'fresh' | 'same' | 'other';
/** Which reading of the form: the one that begins the application, or the one that ends it. */
export type Reading = 'first' | 'again';

/**
 * One application for a card: a person who has no card to be a session with (invariant 1). Everything personal of it lives in here and
 * nowhere else, from the first reading of the form to its second: number, contact, picture, reply key. `end()` wipes it, and so does
 * another form at the second reading.
 */
export interface ApplicationSession {
  /** Anything personal is in it. */
  readonly holds: boolean;
  formNumber(reading: Reading): FormNumberView;
  /** Typed digits that wait to be compared with the paper. */
  readonly typed: string | null;
  readForm(reading: Reading, event: FieldInput): FormOutcome;
  /** The typed digits are as on the paper. */
  confirmForm(reading: Reading): FormOutcome;
  contact(kind: ContactKind): ContactInputView;
  /** @returns whether the field is right and said to be all */
  enterContact(kind: ContactKind, event: FieldInput): boolean;
  /** @param jpeg becomes the session's own: overwritten when the next one comes. @returns false when no form was read */
  takePhoto(jpeg: Uint8Array, hints: readonly PhotoHint[]): boolean;
  /** The picture that is kept, and what the page saw in it. `shot`: never the same for two pictures of this kiosk. */
  readonly photo: { readonly shot: number; readonly hints: readonly PhotoHint[]; readonly jpeg: Uint8Array } | null;
  /** Composes what will be read back. Reserves the row and spends a challenge: a full disk is known here. */
  compose(choices: ApplicationChoices): Promise<ComposedApplication>;
  readonly draft: DraftApplication | null;
  /** Back from the read-back: nothing was promised. */
  dropDraft(): void;
  /** Seals and enqueues, once the form was read again; what is personal goes with it. */
  commit(): Promise<CommittedApplication>;
  answer(limit: 'short' | 'none'): Promise<ApplicationAnswer>;
  /** Idempotent. */
  end(): void;
}

interface ApplicationDraft {
  readonly content: DraftApplication;
  readonly taken: Draft;
}

/** @param nextShot a number that no picture of this kiosk has had */
export function createApplicationSession(deps: ApplicationDeps, nextShot: () => number): ApplicationSession {
  const forms = { first: createFormNumberInput(), again: createFormNumberInput() };
  const contacts = createContactInput();
  let ended = false;
  let form: ReadForm | null = null;
  let again: FormRead | null = null;
  let typed: string | null = null;
  let photo: ApplicationSession['photo'] = null;
  let draft: ApplicationDraft | null = null;
  /** It is safe in the outbox: all that is left of it here is the key to the answer. */
  let replyKey: ReplyKeyPair | null = null;

  const read = async (settled: Settled): Promise<ApplicationAnswer> => {
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
  };
  const answer = createPendingAnswer<ApplicationAnswer>({ ...deps, read, waiting: { kind: 'waiting' } });

  const dropDraft = () => {
    draft?.taken.drop();
    draft = null;
  };

  /** Everything but what waits for the answer. */
  const wipe = () => {
    photo?.jpeg.fill(0);
    photo = null;
    contacts.wipe();
    forms.first.wipe();
    forms.again.wipe();
    form = null;
    again = null;
    typed = null;
  };

  const end = () => {
    if (ended) return;
    ended = true;
    answer.stop();
    replyKey?.destroy();
    replyKey = null;
    dropDraft();
    wipe();
  };

  const begin = (found: ReadForm): FormOutcome => {
    const fresh = form !== null && form.form !== found.form;
    if (fresh) {
      // Somebody else's form: nothing of what was entered for the former one may come along.
      dropDraft();
      wipe();
    }
    forms.first.wipe();
    typed = null;
    form = found;
    return fresh ? 'fresh' : 'read';
  };

  const compare = (found: ReadForm): FormOutcome => {
    if (found.form === form?.form) {
      forms.again.wipe();
      typed = null;
      again = found.by;
      return 'same';
    }
    end();
    return 'other';
  };

  const take = (reading: Reading, found: ReadForm): FormOutcome => (reading === 'first' ? begin(found) : compare(found));

  return {
    get holds() {
      return form !== null || typed !== null || replyKey !== null || forms.first.view().text !== '';
    },
    formNumber: (reading) => forms[reading].view(),
    get typed() {
      return typed;
    },
    readForm(reading, event) {
      if (ended) return 'here';
      const found = forms[reading].input(event);
      if (found === null) return 'here';
      // A slip of the finger must not end an application: digits that were typed and differ are compared with the paper first.
      if (found.by === 'keys' && (reading === 'first' || found.form !== form?.form)) {
        typed = found.form;
        return 'typed';
      }
      return take(reading, found);
    },
    confirmForm: (reading) => (ended || typed === null ? 'here' : take(reading, { form: typed, by: 'keys' })),
    contact: (kind) => contacts.view(kind),
    enterContact: (kind, event) => !ended && form !== null && contacts.input(kind, event),
    takePhoto(jpeg, hints) {
      if (ended || form === null) {
        jpeg.fill(0);
        return false;
      }
      photo?.jpeg.fill(0);
      photo = { shot: nextShot(), hints, jpeg };
      return true;
    },
    get photo() {
      return photo;
    },

    async compose({ moved, contact, certificates, braille, way }) {
      dropDraft();
      const to = contacts.value(contact);
      if (ended || form === null || photo === null || to === null) return { cannot: 'internal' };
      const { form: number } = form;
      const { hints, jpeg } = photo;
      const taken = await openDraft(deps, sealedApplicationBytes(jpeg.length), () => !ended && form?.form === number);
      if (!taken.ok) return { cannot: taken.error };
      const content: DraftApplication = {
        ...taken.value.head,
        kind: 'card-application',
        form: number,
        moved,
        contact: to,
        certificates,
        braille,
        way,
        hints: hintsFor(way, hints),
      };
      draft = { content, taken: taken.value };
      return { receipt: content.receipt, at: content.at };
    },

    get draft() {
      return draft?.content ?? null;
    },
    dropDraft() {
      forms.again.wipe();
      typed = null;
      again = null;
      dropDraft();
    },

    async commit() {
      const current = draft;
      if (ended || current === null || form === null || again === null || photo === null) return { cannot: 'internal' };
      current.taken.spent = true;
      const content: ApplicationContent = { ...current.content, read: [form.by, again], photo: base64(photo.jpeg) };
      const sealed = await deps.sealer.seal({ v: 1, content });
      // Staff may have ended it meanwhile. Nothing was promised yet, so nothing is kept.
      if (ended || draft !== current) return { cannot: 'internal' };
      const { id, kind, receipt } = content;
      answer.expect(id);
      if (!deps.outbox.enqueue({ id, kind, receipt, sealed }).ok) {
        answer.reset();
        return { cannot: 'storage' };
      }
      current.taken.committed = true;
      replyKey = current.taken.replyKey;
      draft = null;
      wipe();
      deps.delivery.nudge(id);
      return { committed: true };
    },

    answer: (limit) => answer.answer(limit),
    end,
  };
}
