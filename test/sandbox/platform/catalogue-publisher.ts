import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue, type CatalogueHeader, Measure, type MunicipalPolicy } from '../../../main/contract/catalogue.ts';
import type { CatalogueKey } from './catalogue-key.ts';
import type { Store } from './store.ts';

/** The catalogues that this platform has published. */
export interface CataloguePublisher {
  current(): Catalogue;
  /** An older one, by its number: a submission is judged by the one that the person chose from. */
  version(version: number): Catalogue | null;
  /** The newest numbers of a measure, also of one that is over. @throws when there never was such a measure */
  measure(id: string): Measure;
  /** @throws when its version is not above the current one */
  publish(catalogue: Catalogue): Promise<void>;
  /** JWS compact of the current one, signed for this terminal and for thirty days; null when the kiosk has it. */
  newerThan(known: number, terminal: string): Promise<string | null>;
}

const SAMPLE = join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json');

/** The sample of kiosk-config. @throws when it does not parse */
export const sampleCatalogue = (): Catalogue => Catalogue.parse(JSON.parse(readFileSync(SAMPLE, 'utf8')));

/** What a municipality can spend on a policy, yen, until it says otherwise. */
export type BudgetFor = (policy: MunicipalPolicy) => number;

const VALID_SECONDS = 30 * 24 * 3600;

/** The header of a catalogue. @param now epoch ms */
export function addressedTo(terminal: string, now: number): CatalogueHeader {
  const iat = Math.floor(now / 1000);
  return { alg: 'ES256', typ: 'madoguchi-catalogue', aud: [terminal], iat, exp: iat + VALID_SECONDS };
}

export async function createCataloguePublisher(
  store: Store,
  key: CatalogueKey,
  first: Catalogue,
  budgetFor: BudgetFor,
  now: () => number,
): Promise<CataloguePublisher> {
  const newest = store.newestCatalogue();
  let current = newest === null || newest.version < first.version ? first : Catalogue.parse(JSON.parse(newest.body));
  const put = async (catalogue: Catalogue) => {
    const body = JSON.stringify(catalogue);
    store.addCatalogue(catalogue.version, body);
    store.setMeasure(catalogue.measure.id, JSON.stringify(catalogue.measure));
    // Whoever has an ID already gets the right that a new measure brings.
    store.addRights(catalogue.measure.id, Date.parse(catalogue.issuedAt));
    for (const policy of catalogue.policies) store.addBudget(policy.id, budgetFor(policy));
    current = catalogue;
  };
  await put(current);
  return {
    current: () => current,
    version: (version) => {
      if (version === current.version) return current;
      const row = store.catalogue(version);
      return row === null ? null : Catalogue.parse(JSON.parse(row.body));
    },
    measure: (id) => {
      const row = store.measure(id);
      if (row === null) throw new Error('a measure that was never published');
      return Measure.parse(JSON.parse(row.body));
    },
    async publish(catalogue) {
      if (catalogue.version <= current.version) throw new Error(`version ${catalogue.version} is not newer`);
      await put(catalogue);
    },
    newerThan: async (known, terminal) =>
      known >= current.version ? null : key.sign(JSON.stringify(current), addressedTo(terminal, now())),
  };
}
