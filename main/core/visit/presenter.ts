import type { Language } from '../../contract/page-protocol.ts';
import type { Screen, TermsDocument } from '../../contract/screens.ts';
import type { CurrentCardSession } from '../card-session/current-card-session.ts';
import { firstDayThatCounts } from '../catalogue/finder.ts';
import type { CurrentApplication } from '../journeys/card-application/current-application.ts';
import type { PolicyList } from '../journeys/municipal/policy-list.ts';
import type { ReceiptLookup } from '../journeys/receipt-lookup/machine.ts';
import { pendingOf } from '../journeys/receipt-lookup/receipt-lookup.ts';
import type { PinnedCatalogue } from '../journeys/sign-up/pinned-catalogue.ts';
import type { UsedAccounts } from '../journeys/sign-up/used-accounts.ts';
import type { KioskPorts } from '../ports.ts';
import type { Names } from '../submission/read-back.ts';
import { prospectOf, readBackOf } from '../submission/read-back.ts';
import type { SubmissionContext } from '../submission/types.ts';
import type { VisitPresenter } from './visit-screen.ts';

/** What names contents in one language. */
export function namesIn(ports: KioskPorts, shelf: PinnedCatalogue, language: Language): Names {
  const eyes = shelf.eyes(language);
  const own = shelf.catalogue?.services.map(({ id }) => eyes.terms(id)).filter((document) => document !== null) ?? [];
  return {
    language,
    documents: [...documentsIn(ports, language), ...own],
    catalogue: shelf.catalogue,
    firstDay: firstDayThatCounts,
  };
}

const documentsIn = ({ terms }: KioskPorts, language: Language): readonly TermsDocument[] =>
  terms.map((document) => document[language]);

export interface PresenterDeps {
  readonly receiptLookup: ReceiptLookup;
  readonly ports: KioskPorts;
  readonly people: CurrentCardSession;
  readonly shelf: PinnedCatalogue;
  readonly policies: PolicyList;
  readonly family: UsedAccounts;
  readonly applicants: CurrentApplication;
}

/** Everything that a view draws from, in one language. */
export function createPresenter(ground: PresenterDeps, language: Language): VisitPresenter {
  const { ports, people, shelf, policies, receiptLookup, family, applicants } = ground;
  const names = () => namesIn(ports, shelf, language);
  return {
    documents: documentsIn(ports, language),
    shelf: shelf.eyes(language),
    policies: policies.eyes(language),
    applicant: applicants.current,
    ask: ports.settings.hours?.ask?.[language] ?? null,
    act: {
      desk(session) {
        const desk = people.get(session)?.desk;
        if (desk === null || desk === undefined) return null;
        const { rule, text, index, count, problem, similar, scan, scanned } = desk.view();
        return {
          name: 'entry',
          service: shelf.eyes(language).name(desk.service) ?? '',
          label: rule.label[language],
          where: rule.where,
          charset: rule.charset,
          least: rule.least,
          most: rule.most,
          prefix: rule.prefix ?? '',
          text,
          index,
          count,
          problem,
          similar,
          scan,
          scanned,
          usedByFamily: index === 0 && family.knows(desk.service, text),
        };
      },
      pendingHere: (session) => pendingOf(people.get(session)?.receipts() ?? [], receiptLookup),
      said: (words) => words[language],
      readBack: (content) => readBackOf(content, names()),
      answer: (context) => answerScreen(context, names()),
    },
  };
}

/** The screen of an answer that names a service or a policy. `null`: it can only be said that it was accepted. */
function answerScreen({ answer, content, slip }: SubmissionContext, names: Names): Screen | null {
  if (content === null) return null;
  const { receipt } = content;
  switch (answer?.kind) {
    case 'signed-up': {
      const prospect = prospectOf(content, names);
      if (prospect === null) return null;
      const { linked, from, myKeyId } = answer;
      const makeId = content.kind === 'sign-up' && content.makeId;
      return {
        name: 'signed-up',
        receipt,
        linked,
        service: linked.service[names.language],
        myKeyId: makeId ? myKeyId : null,
        prospect: { ...prospect, from },
        slip,
      };
    }
    case 'already':
      return { name: 'already-signed-up', receipt, linked: answer.linked, service: answer.linked.service[names.language], slip };
    case 'granted': {
      const policy =
        content.kind === 'municipal' ? names.catalogue?.policies.find(({ id }) => id === content.policy.id) : undefined;
      return {
        name: 'municipal-granted',
        receipt,
        policy: policy?.title[names.language] ?? '',
        amount: answer.amount,
        linked: answer.linked,
        service: answer.linked.service[names.language],
        slip,
      };
    }
    default:
      return null;
  }
}
