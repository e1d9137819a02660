import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../../main/contract/catalogue.ts';
import type { CatalogueKey } from './catalogue-key.ts';
import type { Store } from './store.ts';

/** The catalogues that this platform has published. */
export interface CatalogueDesk {
  current(): Catalogue;
  /** An older one, by its number: a submission is judged by the one that the person chose from. */
  version(version: number): Catalogue | null;
  /** @throws when its version is not above the current one */
  publish(catalogue: Catalogue): Promise<void>;
  /** JWS compact of the current one; null when the kiosk has it. */
  newerThan(known: number): string | null;
}

const SAMPLE = join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json');

/** The sample of kiosk-config. @throws when it does not parse */
export const sampleCatalogue = (): Catalogue => Catalogue.parse(JSON.parse(readFileSync(SAMPLE, 'utf8')));

export async function createCatalogueDesk(store: Store, key: CatalogueKey, first: Catalogue): Promise<CatalogueDesk> {
  const newest = store.newestCatalogue();
  let current = newest === null || newest.version < first.version ? first : Catalogue.parse(JSON.parse(newest.body));
  let jws = '';
  const put = async (catalogue: Catalogue) => {
    const body = JSON.stringify(catalogue);
    store.addCatalogue(catalogue.version, body);
    jws = await key.sign(body);
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
    async publish(catalogue) {
      if (catalogue.version <= current.version) throw new Error(`version ${catalogue.version} is not newer`);
      await put(catalogue);
    },
    newerThan: (known) => (known >= current.version ? null : jws),
  };
}
