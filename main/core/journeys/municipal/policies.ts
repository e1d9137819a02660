import type { MunicipalPolicy, Purpose } from '../../../contract/catalogue.ts';
import { inLanguage, type PublicLanguage } from '../../../contract/languages.ts';
import type { Screen } from '../../../contract/screens.ts';
import type { PinnedCatalogue } from '../../catalogue/pinned-catalogue.ts';
import type { Clock } from '../../ports.ts';
import { japanDay } from '../../time.ts';

/** Policies on one page of the list. */
const PER_PAGE = 5;

/** The municipalities' policies of the visit's catalogue, the open ones first. A screen is `null` when its policy is not there any more. */
export interface Policies {
  empty(): boolean;
  known(id: string): boolean;
  /** Open today. */
  open(id: string): boolean;
  questions(id: string): readonly { readonly id: string; readonly wanted: 'yes' | 'no' }[];
  pages(purpose: Purpose | null): number;
  list(page: number, purpose: Purpose | null, language: PublicLanguage): Screen | null;
  policy(id: string, language: PublicLanguage): Screen | null;
  question(id: string, index: number, language: PublicLanguage): Screen | null;
  notForYou(id: string, language: PublicLanguage): Screen | null;
}

export function createPolicies(catalogue: PinnedCatalogue, clock: Pick<Clock, 'now'>): Policies {
  const isOpen = ({ from, lastDay }: MunicipalPolicy) => {
    const today = japanDay(clock.now());
    return from <= today && today <= lastDay;
  };
  const all = (): readonly MunicipalPolicy[] =>
    (catalogue.current?.catalogue.policies ?? []).toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  const find = (id: string) => all().find((policy) => policy.id === id) ?? null;
  const by = (purpose: Purpose | null) => all().filter((policy) => purpose === null || policy.purpose === purpose);
  const pages = (purpose: Purpose | null) => Math.ceil(by(purpose).length / PER_PAGE);
  const summary = (policy: MunicipalPolicy, language: PublicLanguage) => ({
    title: inLanguage(policy.title, language),
    municipality: inLanguage(policy.municipality, language),
    purpose: policy.purpose,
    amount: policy.amount,
    open: isOpen(policy),
  });
  return {
    empty: () => all().length === 0,
    known: (id) => find(id) !== null,
    open: (id) => {
      const policy = find(id);
      return policy !== null && isOpen(policy);
    },
    questions: (id) => find(id)?.questions ?? [],
    pages,
    list(page, purpose, language) {
      if (all().length === 0) return null;
      const first = (page - 1) * PER_PAGE;
      const shown = by(purpose).slice(first, first + PER_PAGE);
      const policies = shown.map((policy) => ({ id: policy.id, ...summary(policy, language) }));
      return { name: 'policies', policies, purpose, page, pages: pages(purpose) };
    },
    policy(id, language) {
      const policy = find(id);
      if (policy === null) return null;
      const { area, from, lastDay } = policy;
      return { name: 'policy', ...summary(policy, language), area, from, lastDay };
    },
    question(id, index, language) {
      const questions = find(id)?.questions ?? [];
      const text = inLanguage(questions[index]?.text, language);
      return text === null ? null : { name: 'policy-question', text, index, count: questions.length };
    },
    notForYou(id, language) {
      const policy = find(id);
      return policy === null ? null : { name: 'policy-not-for-you', title: inLanguage(policy.title, language) };
    },
  };
}
