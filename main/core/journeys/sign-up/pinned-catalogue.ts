import type { Catalogue, PaymentService } from '../../../contract/catalogue.ts';
import type { Language } from '../../../contract/page-protocol.ts';
import type { CatalogueAge, Hit, TermsDocument } from '../../../contract/screens.ts';
import { typing } from '../../catalogue/field-check.ts';
import type { Finder } from '../../catalogue/finder.ts';
import { createFinder, firstDayThatCounts, hindrancesOf, japanDay, seededOrder } from '../../catalogue/finder.ts';
import { readServiceCode } from '../../catalogue/scanned.ts';
import type { CatalogueSource, Clock, RandomBytes } from '../../ports.ts';
import type { ServiceChoice } from './parts.ts';
import type { SignUpPresenter } from './screen.ts';

/** Services on one page of the finder. */
export const HITS_PER_PAGE = 5;
/** A catalogue that was not heard of for so long is called old. */
const OLD_MS = 24 * 60 * 60 * 1000;

export interface PinnedCatalogue extends ServiceChoice {
  /** One catalogue, and one order of the services, for the whole visit (or anew, where its conditions must be read again). */
  pin(): void;
  readonly catalogue: Catalogue | null;
  eyes(language: Language): SignUpPresenter;
}

interface Pinned {
  readonly catalogue: Catalogue;
  readonly checkedAt: number;
  readonly finder: Finder;
}

/** The catalogue as one visit sees it. */
export function createPinnedCatalogue(
  source: CatalogueSource,
  clock: Clock,
  random: RandomBytes,
  myKeyIdTerms: TermsRefs,
): PinnedCatalogue {
  let pinned: Pinned | null = null;
  const serviceOf = (id: string): PaymentService | null =>
    pinned?.catalogue.services.find((service) => service.id === id) ?? null;
  const today = () => japanDay(clock.now());
  const age = ({ catalogue, checkedAt }: Pinned): CatalogueAge => ({
    issuedAt: catalogue.issuedAt,
    old: clock.now() - checkedAt >= OLD_MS,
  });
  const found = (filter: Parameters<Finder['find']>[0]) => pinned?.finder.find(filter) ?? [];
  const hitOf = (service: PaymentService, measure: Catalogue['measure'], minor: boolean, language: Language): Hit => ({
    id: service.id,
    name: service.name[language],
    kana: service.kana,
    category: service.category,
    on: [...service.grantOn],
    hindrances: hindrancesOf(service, measure, today(), minor),
    registerFirst: service.preRegistration !== null,
  });

  const shelf: PinnedCatalogue = {
    pin() {
      const now = source.current();
      pinned =
        now === null
          ? null
          : { ...now, finder: createFinder(now.catalogue.services, seededOrder(random, now.catalogue.services.length)) };
    },
    get catalogue() {
      return pinned?.catalogue ?? null;
    },
    stocked() {
      // It may have come since the visit began.
      if (pinned === null) shelf.pin();
      return pinned !== null;
    },
    hindrances: (id, minor) => {
      const service = serviceOf(id);
      return service === null || pinned === null ? null : hindrancesOf(service, pinned.catalogue.measure, today(), minor);
    },
    registerFirst: (id) => (serviceOf(id)?.preRegistration ?? null) !== null,
    grantsOn: (id) => serviceOf(id)?.grantOn ?? [],
    terms: (id, makeId) => {
      const service = serviceOf(id);
      if (service === null) return [];
      const own = { id: service.id, version: service.terms.version };
      return [...myKeyIdTerms.programme, ...(makeId ? myKeyIdTerms.myKeyId : []), own];
    },
    only(filter) {
      const [one, ...more] = found(filter);
      return one === undefined || more.length > 0 ? null : one.id;
    },
    pages: (filter) => Math.ceil(found(filter).length / HITS_PER_PAGE),
    scanned: (text) => readServiceCode(text, pinned?.catalogue.services ?? []),
    typed: (keyword, key) => typing(keyword, key, KEYWORD) ?? keyword,
    eyes: (language) => ({
      about(preselected, { scan, scanProblem }) {
        if (pinned === null) return null;
        const { percent, cap, from, to, lastDay } = pinned.catalogue.measure;
        const family = preselected === null ? null : (serviceOf(preselected)?.name[language] ?? null);
        return { name: 'about-sign-up', percent, cap, from, to, lastDay, age: age(pinned), family, scan, scanProblem };
      },
      finder({ filter, typing: isTyping, page, whose }) {
        if (pinned === null) return null;
        const { measure } = pinned.catalogue;
        const all = found(filter);
        const first = (page - 1) * HITS_PER_PAGE;
        return {
          name: 'finder',
          filter,
          typing: isTyping,
          hits: all
            .slice(first, first + HITS_PER_PAGE)
            .map((service) => hitOf(service, measure, whose === 'child-under-15', language)),
          page,
          pages: Math.ceil(all.length / HITS_PER_PAGE),
          total: all.length,
          age: age(pinned),
        };
      },
      service(id, minor) {
        const service = serviceOf(id);
        if (service === null || pinned === null) return null;
        const { lastDay, sameDayCounts, maxChargePerTime, minors, phoneNeeded, preRegistration, account, codes, signUpUrl } =
          service;
        const { measure } = pinned.catalogue;
        return {
          name: 'service',
          hit: hitOf(service, measure, minor, language),
          lastDay: lastDay < measure.lastDay ? lastDay : measure.lastDay,
          sameDayCounts,
          maxChargePerTime,
          minors,
          phoneNeeded,
          preRegistration: preRegistration?.[language] ?? null,
          needs: [account, ...codes].map(({ label, where }) => ({ label: label[language], where })),
          url: signUpUrl,
        };
      },
      name: (id) => serviceOf(id)?.name[language] ?? null,
      registration: (id) => serviceOf(id)?.preRegistration?.[language] ?? null,
      terms(id) {
        const service = serviceOf(id);
        return service === null ? null : termsOf(service, language);
      },
    }),
  };
  return shelf;
}

/** The terms of the settings, by what they are for. */
export interface TermsRefs {
  readonly programme: readonly { readonly id: string; readonly version: string }[];
  readonly myKeyId: readonly { readonly id: string; readonly version: string }[];
}

const KEYWORD = { charset: 'keyword', most: 20 } as const;

function termsOf({ id, terms }: PaymentService, language: Language): TermsDocument {
  const { version, title, summary, paragraphs } = terms;
  return { ref: { id, version }, title: title[language], summary: summary[language], paragraphs: paragraphs[language] };
}

export { firstDayThatCounts };
