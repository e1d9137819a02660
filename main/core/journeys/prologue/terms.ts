import type { PaymentService } from '../../../contract/catalogue.ts';
import type { Settings } from '../../../contract/config.ts';
import { inLanguage, type Localised, type PublicLanguage } from '../../../contract/languages.ts';
import type { TermsDocument } from '../../../contract/screens.ts';
import type { TermsRef } from '../../../contract/submission.ts';

/** Agreed to only when a My Key ID is made. */
const MY_KEY_ID_TERMS = 'my-key-id';

/** The terms of the settings. */
export interface Terms {
  /** All of them, in the order they are agreed to. */
  readonly all: readonly TermsRef[];
  readonly programme: readonly TermsRef[];
  readonly myKeyId: readonly TermsRef[];
  documents(language: PublicLanguage): readonly TermsDocument[];
}

export function createTerms(settings: Settings, documents: readonly Localised<TermsDocument>[]): Terms {
  const all = settings.terms.map(({ id, version }) => ({ id, version }));
  return {
    all,
    programme: all.filter(({ id }) => id !== MY_KEY_ID_TERMS),
    myKeyId: all.filter(({ id }) => id === MY_KEY_ID_TERMS),
    documents: (language) => documents.map((document) => inLanguage(document, language)),
  };
}

/** A service's own conditions. */
export function termsOfService({ id, terms }: PaymentService, language: PublicLanguage): TermsDocument {
  const { version, title, summary, paragraphs } = terms;
  return {
    ref: { id, version },
    title: inLanguage(title, language),
    summary: inLanguage(summary, language),
    paragraphs: inLanguage(paragraphs, language),
  };
}

const same = (a: TermsRef, b: TermsRef) => a.id === b.id && a.version === b.version;

/** What is still to be agreed to. */
export function unread(wanted: readonly TermsRef[], agreedTo: readonly TermsRef[]): readonly TermsRef[] {
  return wanted.filter((ref) => !agreedTo.some((agreed) => same(agreed, ref)));
}
