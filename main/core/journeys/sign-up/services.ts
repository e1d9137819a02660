import type { GrantOn, PaymentService } from '../../../contract/catalogue.ts';
import { inLanguage, type PublicLanguage } from '../../../contract/languages.ts';
import type { Hit, Screen, ScreenOf } from '../../../contract/screens.ts';
import type { Filter, ServiceHindrance } from '../../../contract/service-filter.ts';
import type { TermsRef } from '../../../contract/submission.ts';
import { typing } from '../../catalogue/field-check.ts';
import { hindrancesOf } from '../../catalogue/finder.ts';
import type { PinnedCatalogue } from '../../catalogue/pinned-catalogue.ts';
import { readServiceCode } from '../../catalogue/scanned.ts';
import type { Clock } from '../../ports.ts';
import { japanDay } from '../../time.ts';
import type { Terms } from '../prologue/terms.ts';

/** Services on one page of the finder. */
const HITS_PER_PAGE = 5;
const KEYWORD = { charset: 'keyword', most: 20 } as const;

/** The services of the visit's catalogue, for whoever chooses one. `null`: there is no such service, or no catalogue. */
export interface Services {
  empty(): boolean;
  find(id: string): PaymentService | null;
  /** What stands in the way of this service, today. */
  hindrances(id: string, minor: boolean): readonly ServiceHindrance[] | null;
  /** It takes a sign-up of this kind, here and today. */
  takes(id: string | null, on: GrantOn, minor: boolean): boolean;
  /** The documents that this sign-up must be agreed to with. */
  terms(id: string, makeId: boolean): readonly TermsRef[];
  pages(filter: Filter): number;
  /** The one service that is left; `null`: none, or several. */
  only(filter: Filter): string | null;
  /** The service that a scanned code belongs to: a slip for later, or what its app shows. */
  readonly scanned: (text: string) => string | null;
  /** A keyword with one more key of the on-screen keyboard. */
  typed(keyword: string, key: string): string;
}

export interface ServicesDeps {
  readonly catalogue: PinnedCatalogue;
  readonly clock: Pick<Clock, 'now'>;
  readonly terms: Pick<Terms, 'programme' | 'myKeyId'>;
}

export function createServices({ catalogue, clock, terms }: ServicesDeps): Services {
  const today = () => japanDay(clock.now());
  const found = (filter: Filter) => catalogue.current?.finder.find(filter) ?? [];
  const find = (id: string) => catalogue.current?.catalogue.services.find((service) => service.id === id) ?? null;
  const hindrances = (id: string, minor: boolean) => {
    const service = find(id);
    const measure = catalogue.current?.catalogue.measure;
    return service === null || measure === undefined ? null : hindrancesOf(service, measure, today(), minor);
  };
  return {
    empty: () => !catalogue.pinIfNone(),
    find,
    hindrances,
    takes: (id, on, minor) => id !== null && find(id)?.grantOn.includes(on) === true && hindrances(id, minor)?.length === 0,
    terms(id, makeId) {
      const service = find(id);
      if (service === null) return [];
      const own = { id: service.id, version: service.terms.version };
      return [...terms.programme, ...(makeId ? terms.myKeyId : []), own];
    },
    only(filter) {
      const [one, ...more] = found(filter);
      return one === undefined || more.length > 0 ? null : one.id;
    },
    pages: (filter) => Math.ceil(found(filter).length / HITS_PER_PAGE),
    scanned: (text) => readServiceCode(text, catalogue.current?.catalogue.services ?? []),
    typed: (keyword, key) => typing(keyword, key, KEYWORD) ?? keyword,
  };
}

/** What the finder is drawn with. */
interface Finding {
  readonly filter: Filter;
  readonly typing: boolean;
  readonly page: number;
  readonly minor: boolean;
}

/** Screens of the services, in the language that is up. `null`: the catalogue or the service is not there any more. */
export interface ServiceScreens {
  about(
    family: string | null,
    scan: Pick<ScreenOf<'about-sign-up'>, 'scan' | 'scanProblem'>,
    language: PublicLanguage,
  ): Screen | null;
  finder(finding: Finding, language: PublicLanguage): Screen | null;
  service(id: string, minor: boolean, language: PublicLanguage): Screen | null;
}

export function createServiceScreens(catalogue: PinnedCatalogue, services: Services): ServiceScreens {
  const hitOf = (service: PaymentService, minor: boolean, language: PublicLanguage): Hit => ({
    id: service.id,
    name: inLanguage(service.name, language),
    kana: service.kana,
    category: service.category,
    on: [...service.grantOn],
    hindrances: [...(services.hindrances(service.id, minor) ?? [])],
    registerFirst: service.preRegistration !== null,
  });
  return {
    about(family, { scan, scanProblem }, language) {
      const now = catalogue.current;
      if (now === null) return null;
      const { percent, cap, from, to, lastDay } = now.catalogue.measure;
      const name = family === null ? null : inLanguage(services.find(family)?.name, language);
      return { name: 'about-sign-up', percent, cap, from, to, lastDay, age: now.age, family: name, scan, scanProblem };
    },
    finder({ filter, typing, page, minor }, language) {
      const now = catalogue.current;
      if (now === null) return null;
      const all = now.finder.find(filter);
      const first = (page - 1) * HITS_PER_PAGE;
      const hits = all.slice(first, first + HITS_PER_PAGE).map((service) => hitOf(service, minor, language));
      const pages = Math.ceil(all.length / HITS_PER_PAGE);
      return { name: 'finder', filter, typing, hits, page, pages, total: all.length, age: now.age };
    },
    service(id, minor, language) {
      const service = services.find(id);
      const now = catalogue.current;
      if (service === null || now === null) return null;
      const { sameDayCounts, maxChargePerTime, minors, phoneNeeded, preRegistration, account, codes, signUpUrl } = service;
      const end = now.catalogue.measure.lastDay;
      return {
        name: 'service',
        hit: hitOf(service, minor, language),
        lastDay: service.lastDay < end ? service.lastDay : end,
        sameDayCounts,
        maxChargePerTime,
        minors,
        phoneNeeded,
        preRegistration: inLanguage(preRegistration, language),
        needs: [account, ...codes].map(({ label, where }) => ({ label: inLanguage(label, language), where })),
        url: signUpUrl,
      };
    },
  };
}
