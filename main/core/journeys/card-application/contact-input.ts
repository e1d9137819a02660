import type { Contact, ContactKind } from '../../../contract/application.ts';
import type { ContactProblem } from '../../../contract/screens.ts';
import type { FieldInput } from '../../charts/events.ts';
import { checkContact, typeContact } from './contact.ts';

export interface ContactInputView {
  readonly text: string;
  readonly problem: ContactProblem | null;
}

/** Where an address and a telephone number are typed, each in its own field: choosing the other one loses nothing. */
export interface ContactInput {
  view(kind: ContactKind): ContactInputView;
  /** @returns whether the field is right and said to be all */
  input(kind: ContactKind, event: FieldInput): boolean;
  /** `null`: what is in the field cannot be right. */
  value(kind: ContactKind | 'none'): Contact | null;
  wipe(): void;
}

export function createContactInput(): ContactInput {
  const texts: Record<ContactKind, string> = { email: '', phone: '' };
  let problem: ContactProblem | null = null;
  const put = (kind: ContactKind, text: string) => {
    texts[kind] = text;
    problem = null;
    return false;
  };
  const ok = (kind: ContactKind) => {
    problem = checkContact(kind, texts[kind]);
    return problem === null;
  };
  return {
    view: (kind) => ({ text: texts[kind], problem }),
    input(kind, event) {
      switch (event.type) {
        case 'type': {
          const next = typeContact(kind, texts[kind], event.key);
          return next === null ? false : put(kind, next);
        }
        case 'type-edit':
          if (event.edit === 'ok') return ok(kind);
          return put(kind, event.edit === 'clear' ? '' : texts[kind].slice(0, -1));
        case 'press':
          if (event.button === 'next') return ok(kind);
          // Going away takes the problem along, not the text.
          if (event.button === 'back') problem = null;
          return false;
        case 'scanned':
          return false;
      }
    },
    value(kind) {
      if (kind === 'none') return { kind };
      return checkContact(kind, texts[kind]) === null ? { kind, text: texts[kind] } : null;
    },
    wipe() {
      texts.email = '';
      texts.phone = '';
      problem = null;
    },
  };
}
