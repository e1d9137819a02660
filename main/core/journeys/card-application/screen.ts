import type { SnapshotFrom } from 'xstate';
import type { Screen } from '../../../contract/screens.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { ApplicationSession } from './application-session.ts';
import type { applicationMachine } from './machine.ts';

export type ApplicationSnapshot = SnapshotFrom<typeof applicationMachine>;
type State = ApplicationSnapshot['value'];

/** The journey as a screen. `session`: what is personal; `null` once it is over. */
export function applicationScreen(snapshot: ApplicationSnapshot, session: ApplicationSession | null): Screen {
  const { context, value } = snapshot;
  return (session === null ? null : entryScreen(value, snapshot, session)) ?? resultScreen(value, context);
}

/** Screens that show something of the session. `null`: it is not there (any more). */
function entryScreen(state: State, { context }: ApplicationSnapshot, session: ApplicationSession): Screen | null {
  const { choices, shots } = context;
  const { photo, typed, draft } = session;
  const { way } = choices;
  switch (state) {
    case 'formRead':
      return { name: 'form-read', ...session.formDesk('first') };
    case 'formAgain':
      return { name: 'form-again', ...session.formDesk('again') };
    case 'formCheck':
    case 'formAgainCheck':
      return typed === null ? null : { name: 'form-check', form: typed };
    case 'contactEntry':
      return choices.contact === 'none'
        ? null
        : { name: 'contact-entry', kind: choices.contact, ...session.contact(choices.contact) };
    case 'photo':
      return { name: 'photo', way, shots };
    case 'photoAdvice':
      return photo === null ? null : { name: 'photo-advice', hints: hintsFor(way, photo.hints), shot: photo.shot };
    case 'photoReview':
    case 'composing':
      return photo === null ? null : { name: 'photo-review', hints: hintsFor(way, photo.hints), shot: photo.shot };
    case 'readBack': {
      if (draft === null || photo === null) return null;
      const { form, moved, contact, certificates, braille, receipt, terminal, at } = draft;
      return {
        name: 'application-read-back',
        ...{ form, moved, contact, certificates, braille, receipt, terminal, at },
        way: draft.way,
        shot: photo.shot,
      };
    }
    default:
      return null;
  }
}

/** Screens that show choices and outcomes only. */
function resultScreen(state: State, context: ApplicationSnapshot['context']): Screen {
  const { choices, slip, composed, cannot, answer } = context;
  const { certificates, way, contact } = choices;
  switch (state) {
    case 'noForm':
      return { name: 'no-form', slip };
    case 'formMoved':
      return { name: 'form-moved' };
    case 'formMovedAdvice':
      return { name: 'form-moved-advice', slip };
    case 'contactKind':
      return { name: 'contact-kind' };
    case 'contactNone':
      return { name: 'contact-none' };
    case 'certificates':
      return { name: 'certificates', ...certificates };
    case 'braille':
      return { name: 'braille' };
    case 'photoPrepare':
      return { name: 'photo-prepare', way };
    case 'otherForm':
      return { name: 'other-form' };
    case 'cannotAccept':
      return { name: 'cannot-accept', reason: cannot, cardless: true };
    default:
      break;
  }
  if (composed === null) return { name: 'about-application' };
  const { receipt, at } = composed;
  switch (state) {
    case 'committing':
    case 'delivering':
      return { name: 'delivering', receipt, cardless: true };
    case 'received':
      return { name: 'received', receipt, at, nextPerson: false, slip, cardless: true };
    case 'answered':
      switch (answer?.kind) {
        case 'accepted':
          return { name: 'application-accepted', receipt, weeks: answer.weeks, contact: contact !== 'none', slip };
        case 'refused':
          return { name: 'refused', receipt, code: answer.code, nextPerson: false, slip };
        case 'parked':
          return { name: 'parked', receipt, at, nextPerson: false, slip };
        default:
          return { name: 'received', receipt, at, nextPerson: false, slip, cardless: true };
      }
    default:
      return { name: 'about-application' };
  }
}
