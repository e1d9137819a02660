import type { Catalogue } from '../../../main/contract/catalogue.ts';
import type { Linked, PersonalReply, RefusalCode } from '../../../main/contract/platform.ts';
import { unreachable } from '../../../main/contract/result.ts';
import type { MunicipalContent, SignUpContent, SubmissionContent } from '../../../main/contract/submission.ts';
import { checkField } from '../../../main/core/catalogue/field-check.ts';
import { firstDayThatCounts, hindrancesOf } from '../../../main/core/catalogue/finder.ts';
import { japanDay } from '../../../main/core/time.ts';
import type { Accounts } from './accounts.ts';
import { masked } from './accounts.ts';
import type { CataloguePublisher } from './catalogue-publisher.ts';
import type { Identified } from './people.ts';
import type { ProviderAnswer } from './providers.ts';
import { settleLink } from './scheme/ledger.ts';
import type { PremiumRule } from './scheme/premium.ts';
import type { LinkRow, Store } from './store.ts';

/** What a provider must be asked before a sign-up can be decided. */
export type ProviderQuestion = Pick<SignUpContent, 'service' | 'account' | 'codes'>;

/**
 * What becomes of an act whose signature, certificate and challenge are in order. `commit` runs at once, in the transaction in which this was
 * decided.
 */
export type Decision =
  | { readonly outcome: 'accepted'; readonly reply: PersonalReply; readonly commit: (person: number) => void }
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly reply?: PersonalReply }
  /** A provider cannot be asked: later. */
  | { readonly outcome: 'later' }
  /** A provider has not been asked yet. */
  | { readonly outcome: 'ask'; readonly question: ProviderQuestion };

export interface DecideDeps {
  readonly store: Store;
  readonly catalogues: CataloguePublisher;
  readonly accounts: Accounts;
  readonly rounding: PremiumRule['rounding'];
  /** What a provider has said to this; null: it has not been asked. */
  readonly answerTo: (question: ProviderQuestion) => ProviderAnswer | null;
}

const refused = (code: RefusalCode) => ({ outcome: 'refused', code }) as const;

/** A link as its owner may see it. */
export function linkedOf(link: LinkRow, catalogues: CataloguePublisher): Linked {
  const catalogue = catalogues.version(link.catalogue) ?? catalogues.current();
  const service = catalogue.services.find(({ id }) => id === link.service);
  return {
    service: service?.name ?? { ja: link.service, en: link.service },
    account: link.masked,
    on: link.grant_on,
    since: new Date(link.since).toISOString(),
  };
}

/**
 * Reads everything that the answer depends on, and changes nothing. Nothing is waited for: what it reads holds until the commit; the UNIQUE
 * constraints of the store would refuse anything else. @param act epoch ms
 */
export function decide(content: SubmissionContent, who: Identified, act: number, deps: DecideDeps): Decision {
  switch (content.kind) {
    case 'set-up':
      return {
        outcome: 'accepted',
        reply: { kind: 'set-up', myKeyId: who.myKeyId, alreadySet: who.person !== null },
        commit: () => {},
      };
    case 'sign-up':
      return signUp(content, who, act, deps);
    case 'municipal':
      return municipal(content, who, act, deps);
    case 'status':
      // A question is asked at its own address and never queued.
      return refused('content-refused');
    default:
      return unreachable(content);
  }
}

/** Everything about the content that no other person has a part in. */
function wrongWith(content: SignUpContent, chosen: Catalogue, now: Catalogue, act: number): RefusalCode | null {
  const service = chosen.services.find(({ id }) => id === content.service);
  if (service === undefined || content.measure !== chosen.measure.id || !service.grantOn.includes(content.on))
    return 'content-refused';
  const rules = [service.account, ...service.codes];
  const fields = [content.account, ...content.codes];
  const today = japanDay(act);
  if (fields.length !== rules.length || rules.some((rule, at) => checkField(fields[at] ?? '', rule, today) !== null))
    return 'content-refused';
  const open = now.services.find(({ id }) => id === content.service);
  if (open === undefined || content.measure !== now.measure.id) return 'service-closed';
  const hindrances = hindrancesOf(open, now.measure, today, content.whose === 'child-under-15');
  if (hindrances.includes('closed')) return 'service-closed';
  return hindrances.length > 0 ? 'service-not-here' : null;
}

function signUp(content: SignUpContent, who: Identified, act: number, deps: DecideDeps): Decision {
  const { store, catalogues, accounts, rounding, answerTo } = deps;
  const chosen = catalogues.version(content.catalogue);
  if (chosen === null) return refused('content-refused');
  const wrong = wrongWith(content, chosen, catalogues.current(), act);
  if (wrong !== null) return refused(wrong);
  if (who.person === null && !content.makeId) return refused('not-set-up');
  const { measure, service, account, codes, on } = content;
  const own = who.person === null ? null : store.linkOf(who.person, measure);
  if (own !== null) return { ...refused('already-signed-up'), reply: { kind: 'already', linked: linkedOf(own, catalogues) } };
  const hash = accounts.hash(service, account);
  if (store.linkOfAccount(measure, service, hash) !== null) return refused('account-in-use');
  const said = answerTo({ service, account, codes });
  if (said === null) return { outcome: 'ask', question: { service, account, codes } };
  if (said === 'away') return { outcome: 'later' };
  if (said === 'unknown') return refused('account-refused');
  const firstDay = firstDayThatCounts(chosen, service, new Date(act).toISOString());
  const link = {
    measure,
    service,
    account: hash,
    masked: masked(account),
    grant_on: on,
    catalogue: content.catalogue,
    since: act,
    first_day: firstDay,
    frozen_at: null,
  };
  return {
    outcome: 'accepted',
    reply: { kind: 'sign-up', myKeyId: who.myKeyId, linked: linkedOf({ person: 0, ...link }, catalogues), from: firstDay },
    commit: (person) => {
      store.addLink({ person, ...link });
      // What was charged earlier on a day that counts.
      settleLink(store, { person, ...link }, catalogues.current().measure, rounding, act);
    },
  };
}

function municipal(content: MunicipalContent, who: Identified, act: number, { store, catalogues }: DecideDeps): Decision {
  const { policies, measure } = catalogues.current();
  const policy = policies.find(({ id }) => id === content.policy.id);
  if (policy === undefined) return refused('policy-closed');
  if (policy.version !== content.policy.version) return refused('terms-changed');
  const today = japanDay(act);
  if (today < policy.from || today > policy.lastDay) return refused('policy-closed');
  const said = new Map(content.answers.map(({ question, answer }) => [question, answer]));
  if (said.size !== policy.questions.length) return refused('content-refused');
  if (policy.questions.some(({ id, wanted }) => said.get(id) !== wanted)) return refused('not-eligible');
  const link = who.person === null ? null : store.linkOf(who.person, measure.id);
  if (who.person === null || link === null) return refused('not-signed-up');
  if (store.municipalGrant(who.person, policy.id) !== null) return refused('already-granted');
  const left = (store.budget(policy.id)?.yen ?? 0) - (store.spentOf(policy.id)?.yen ?? 0);
  if (policy.amount > left) return refused('policy-budget');
  const { id, amount, area } = policy;
  return {
    outcome: 'accepted',
    reply: { kind: 'municipal', linked: linkedOf(link, catalogues), amount },
    commit: (person) => void store.addMunicipalGrant({ person, policy: id, yen: amount, at: act, service: link.service, area }),
  };
}
