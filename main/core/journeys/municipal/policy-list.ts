import type { Catalogue, MunicipalPolicy, Purpose } from '../../../contract/catalogue.ts';
import type { Language } from '../../../contract/page-protocol.ts';
import { japanDay } from '../../catalogue/finder.ts';
import type { Clock } from '../../ports.ts';
import type { TermsRefs } from '../sign-up/pinned-catalogue.ts';
import type { Policies } from './parts.ts';
import type { PolicyPresenter } from './screen.ts';

/** Policies on one page of the list. */
const PER_PAGE = 5;

export interface PolicyList extends Policies {
  eyes(language: Language): PolicyPresenter;
}

/** The municipalities' policies of the visit's catalogue, the open ones first. */
export function createPolicyList(catalogue: () => Catalogue | null, clock: Clock, terms: TermsRefs): PolicyList {
  const isOpen = ({ from, lastDay }: MunicipalPolicy) => {
    const today = japanDay(clock.now());
    return from <= today && today <= lastDay;
  };
  const all = (): readonly MunicipalPolicy[] =>
    (catalogue()?.policies ?? []).toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  const find = (id: string) => all().find((policy) => policy.id === id) ?? null;
  const by = (purpose: Purpose | null) => all().filter((policy) => purpose === null || policy.purpose === purpose);
  const pages = (purpose: Purpose | null) => Math.ceil(by(purpose).length / PER_PAGE);
  return {
    stocked: () => all().length > 0,
    known: (id) => find(id) !== null,
    open: (id) => {
      const policy = find(id);
      return policy !== null && isOpen(policy);
    },
    questions: (id) => find(id)?.questions ?? [],
    pages,
    terms: () => terms.programme,
    eyes: (language) => ({
      policies(page, purpose) {
        if (all().length === 0) return null;
        const first = (page - 1) * PER_PAGE;
        return {
          name: 'policies',
          policies: by(purpose)
            .slice(first, first + PER_PAGE)
            .map((policy) => ({
              id: policy.id,
              title: policy.title[language],
              municipality: policy.municipality[language],
              purpose: policy.purpose,
              amount: policy.amount,
              open: isOpen(policy),
            })),
          purpose,
          page,
          pages: pages(purpose),
        };
      },
      policy(id) {
        const policy = find(id);
        if (policy === null) return null;
        const { purpose, amount, area, from, lastDay } = policy;
        return {
          name: 'policy',
          title: policy.title[language],
          municipality: policy.municipality[language],
          purpose,
          amount,
          area,
          from,
          lastDay,
          open: isOpen(policy),
        };
      },
      question(id, index) {
        const questions = find(id)?.questions ?? [];
        const question = questions[index];
        return question === undefined
          ? null
          : { name: 'policy-question', text: question.text[language], index, count: questions.length };
      },
    }),
  };
}
