import type { Contact } from '../../main/contract/application.ts';
import { testForm } from '../sandbox/platform/forms.ts';
import { pictureOf } from './pictures.ts';

/** A person who applies for a card in a test. Their data is here and nowhere else, so that the search at the end finds all of it. */
export interface TestApplicant {
  readonly name: string;
  readonly form: string;
  readonly email: string;
  readonly phone: string;
  /** Made once. */
  photo(): Uint8Array;
}

function applicant(n: number, name: string): TestApplicant {
  let made: Uint8Array | null = null;
  return {
    name,
    form: testForm(n),
    email: `${name}.applicant-${n}@post.madoguchi-test.example`,
    // No network of Japan gives out 099-0000-....
    phone: `0990000${String(7100 + n)}`,
    photo() {
      made ??= pictureOf(1000 + n);
      return made;
    },
  };
}

/** Forms 0 to 3 of the sandbox's own (forms.ts); the rest of those is for whoever prints or tries more. */
export const APPLICANTS = [applicant(0, 'akari'), applicant(1, 'bunta'), applicant(2, 'chieko'), applicant(3, 'daigo')] as const;
export const [AKARI, BUNTA, CHIEKO, DAIGO] = APPLICANTS;

export const contactOf = ({ email, phone }: TestApplicant, kind: Contact['kind']): Contact =>
  kind === 'none' ? { kind } : kind === 'email' ? { kind, text: email } : { kind, text: phone };
