import type { Catalogue } from '../../contract/catalogue.ts';
import type { Log } from '../../contract/log-events.ts';
import type { CatalogueSource, Clock } from '../ports.ts';
import type { VerifyCatalogue } from './verify-catalogue.ts';

/** Where the last good catalogue is kept. `fetchedAt`: epoch ms. Nothing throws. */
export interface CatalogueStore {
  load(): { readonly jws: string; readonly fetchedAt: number } | null;
  save(kept: { readonly jws: string; readonly fetchedAt: number }): void;
}

export interface CatalogueKeeper {
  readonly current: CatalogueSource['current'];
  /** Reads what is kept, verifying it again: the disk is not trusted either. */
  load(): Promise<void>;
  /** Asks the platform for a newer one. What is not good is refused, and the old one stays. */
  refresh(signal: AbortSignal): Promise<void>;
}

export interface KeeperOptions {
  readonly store: CatalogueStore;
  readonly verify: VerifyCatalogue;
  /** @returns the newer one, null when there is none, undefined when there was no usable answer */
  readonly fetch: (known: number, signal: AbortSignal) => Promise<string | null | undefined>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** Keeps the newest good catalogue: bad signature, bad content or a lower version change nothing. */
export function createCatalogueKeeper({ store, verify, fetch, clock, log }: KeeperOptions): CatalogueKeeper {
  let current: { readonly catalogue: Catalogue; readonly checkedAt: number } | null = null;
  return {
    current: () => current,

    async load() {
      const kept = store.load();
      if (kept === null) return;
      const read = await verify(kept.jws);
      if (read.ok) current = { catalogue: read.value, checkedAt: kept.fetchedAt };
      else log('catalogue.refused', { reason: `kept.${read.error}` });
    },

    async refresh(signal) {
      const known = current?.catalogue.version ?? 0;
      const jws = await fetch(known, signal);
      if (jws === undefined) return;
      const now = clock.now();
      if (jws === null) {
        if (current !== null) current = { ...current, checkedAt: now };
        return;
      }
      const read = await verify(jws);
      if (!read.ok) return log('catalogue.refused', { reason: read.error });
      if (read.value.version < known) return log('catalogue.refused', { reason: 'older' });
      current = { catalogue: read.value, checkedAt: now };
      store.save({ jws, fetchedAt: now });
      log('catalogue.taken', { version: read.value.version, services: read.value.services.length });
    },
  };
}
