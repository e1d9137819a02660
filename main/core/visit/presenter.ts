import type { Language } from '../../contract/page-protocol.ts';
import type { Screen, TermsDocument } from '../../contract/screens.ts';
import { firstDayThatCounts } from '../catalogue/finder.ts';
import type { ActContext } from '../submission/types.ts';
import type { Counterfoil } from '../journeys/receipt-lookup/machine.ts';
import type { KioskPorts } from '../kiosk.ts';
import type { Applicants } from '../journeys/card-application/current-application.ts';
import { pendingOf } from '../journeys/receipt-lookup/receipt-lookup.ts';
import type { FamilyMemory } from '../journeys/sign-up/used-accounts.ts';
import type { People } from '../card-session/current-card-session.ts';
import type { PolicyShelf } from '../journeys/municipal/policy-list.ts';
import type { Names } from '../submission/read-back.ts';
import { prospectOf, readBackOf } from '../submission/read-back.ts';
import type { VisitShelf } from '../journeys/sign-up/pinned-catalogue.ts';
import type { VisitEyes } from './visit-screen.ts';

/** What names contents in one language. */
export function namesIn(ports: KioskPorts, shelf: VisitShelf, language: Language): Names {
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

export interface EyesGround {
  readonly counterfoil: Counterfoil;
  readonly ports: KioskPorts;
  readonly people: People;
  readonly shelf: VisitShelf;
  readonly policies: PolicyShelf;
  readonly family: FamilyMemory;
  readonly applicants: Applicants;
}

/** Everything that a view draws from, in one language. */
export function visitEyes(ground: EyesGround, language: Language): VisitEyes {
  const { ports, people, shelf, policies, counterfoil, family, applicants } = ground;
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
      pendingHere: (session) => pendingOf(people.get(session)?.receipts() ?? [], counterfoil),
      said: (words) => words[language],
      readBack: (content) => readBackOf(content, names()),
      answer: (context) => answerScreen(context, names()),
    },
  };
}

/** The screen of an answer that names a service or a policy. `null`: it can only be said that it was accepted. */
function answerScreen({ answer, content, slip }: ActContext, names: Names): Screen | null {
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
