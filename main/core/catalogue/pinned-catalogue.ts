import type { Catalogue } from '../../contract/catalogue.ts';
import type { CatalogueAge } from '../../contract/screens.ts';
import type { CatalogueSource, Clock, RandomBytes } from '../ports.ts';
import { createFinder, type Finder, seededOrder } from './finder.ts';

/** A catalogue that was not heard of for so long is called old. */
const OLD_MS = 24 * 60 * 60 * 1000;

/** What of the catalogue one visit has. */
interface Pinned {
  readonly catalogue: Catalogue;
  /** Over its services, in an order drawn for this visit, so that none is favoured. */
  readonly finder: Finder;
  readonly age: CatalogueAge;
}

/** One catalogue, and one order of its services, for a whole visit: what was read back is in the catalogue that the content names. */
export interface PinnedCatalogue {
  /** Takes the newest: at the start of a visit, or where its conditions must be read again. */
  pin(): void;
  /** Takes one where there was none at the start of the visit, and one has come since. @returns whether there is one */
  pinIfNone(): boolean;
  readonly current: Pinned | null;
}

export interface PinnedCatalogueDeps {
  readonly source: CatalogueSource;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: RandomBytes;
}

export function createPinnedCatalogue({ source, clock, random }: PinnedCatalogueDeps): PinnedCatalogue {
  let pinned: { readonly catalogue: Catalogue; readonly checkedAt: number; readonly finder: Finder } | null = null;
  const pin = () => {
    const now = source.current();
    const services = now?.catalogue.services ?? [];
    pinned = now === null ? null : { ...now, finder: createFinder(services, seededOrder(random, services.length)) };
  };
  return {
    pin,
    pinIfNone() {
      if (pinned === null) pin();
      return pinned !== null;
    },
    get current() {
      if (pinned === null) return null;
      const { catalogue, finder, checkedAt } = pinned;
      return { catalogue, finder, age: { issuedAt: catalogue.issuedAt, old: clock.now() - checkedAt >= OLD_MS } };
    },
  };
}
