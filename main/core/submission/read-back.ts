import type { Catalogue } from '../../contract/catalogue.ts';
import { inLanguage, type PublicLanguage } from '../../contract/languages.ts';
import { unreachable } from '../../contract/result.ts';
import type { Prospect, ReadBack, TermsDocument } from '../../contract/screens.ts';
import type { SubmissionContent } from '../../contract/submission.ts';

/** What names a content, in one language. */
export interface Names {
  readonly language: PublicLanguage;
  /** The terms of the settings and of the service. */
  readonly documents: readonly TermsDocument[];
  readonly catalogue: Catalogue | null;
  /** First day that counts for a sign-up on the day of this instant (ISO). */
  readonly firstDay: (catalogue: Catalogue, service: string, at: string) => string;
}

/** What will happen after a sign-up. `null`: the catalogue does not have the service. */
export function prospectOf(content: SubmissionContent, { catalogue, firstDay }: Names): Prospect | null {
  if (content.kind !== 'sign-up' || catalogue === null) return null;
  const service = catalogue.services.find(({ id }) => id === content.service);
  if (service === undefined) return null;
  const { percent, cap, to } = catalogue.measure;
  return {
    percent,
    cap,
    // What must be spent for all of it; without a rate there is nothing to spend.
    spend: percent === 0 ? 0 : Math.ceil((cap * 100) / percent),
    from: firstDay(catalogue, service.id, content.at),
    to,
    maxChargePerTime: content.on === 'charge' ? service.maxChargePerTime : null,
  };
}

/**
 * The content as it is read back: its own fields, and names for what they stand for. Names follow the language that is up; what is signed
 * is the content (invariant 4). @throws when the catalogue that it was composed from is not there
 */
export function readBackOf(content: SubmissionContent, names: Names): ReadBack {
  const { language, documents, catalogue } = names;
  const { whose, receipt, terminal, at, challenge, helped } = content;
  const titleOf = (id: string) => documents.find(({ ref }) => ref.id === id)?.title ?? id;
  const common = {
    whose,
    receipt,
    terminal,
    at,
    challenge,
    helped,
    terms: content.terms.map((ref) => ({ ref, title: titleOf(ref.id) })),
  };
  switch (content.kind) {
    case 'set-up':
    case 'status':
      return { kind: content.kind, ...common };
    case 'sign-up': {
      const service = catalogue?.services.find(({ id }) => id === content.service);
      const prospect = prospectOf(content, names);
      if (service === undefined || prospect === null) throw new Error('a read-back without its catalogue');
      const rules = [service.account, ...service.codes];
      const fields = [content.account, ...content.codes].map((text, index) => ({
        label: rules[index] === undefined ? '' : inLanguage(rules[index].label, language),
        text,
        secret: rules[index]?.secret ?? false,
      }));
      return {
        kind: 'sign-up',
        ...common,
        service: inLanguage(service.name, language),
        on: content.on,
        makeId: content.makeId,
        fields,
        prospect,
      };
    }
    case 'municipal': {
      const policy = catalogue?.policies.find(({ id }) => id === content.policy.id);
      if (policy === undefined) throw new Error('a read-back without its catalogue');
      const textOf = (id: string) => {
        const question = policy.questions.find((one) => one.id === id);
        return question === undefined ? id : inLanguage(question.text, language);
      };
      return {
        kind: 'municipal',
        ...common,
        policy: inLanguage(policy.title, language),
        municipality: inLanguage(policy.municipality, language),
        amount: policy.amount,
        answers: content.answers.map(({ question, answer }) => ({ question: textOf(question), answer })),
      };
    }
    default:
      return unreachable(content);
  }
}
