import type { Log } from '../../contract/log-events.ts';
import type { CatalogueSource, Clock } from '../ports.ts';
import type { HighestVersion } from './highest-version.ts';
import type { SignedCatalogue, VerifyCatalogue } from './verify-catalogue.ts';

/** Where the last good catalogue is kept. `fetchedAt`: epoch ms. Nothing throws. */
export interface CatalogueStore {
  load(): { readonly jws: string; readonly fetchedAt: number } | null;
  save(kept: { readonly jws: string; readonly fetchedAt: number }): void;
}

export interface CatalogueUpdater {
  /** null also when the one that is kept may not be used any more. */
  readonly current: CatalogueSource['current'];
  /** Reads what is kept, verifying it again: the disk is not trusted either. */
  load(): Promise<void>;
  /** Asks the platform for a newer one. What is not good is refused, and the old one stays. */
  refresh(signal: AbortSignal): Promise<void>;
}

export interface CatalogueUpdaterDeps {
  readonly store: CatalogueStore;
  readonly highest: HighestVersion;
  readonly verify: VerifyCatalogue;
  /** @returns the newer one, null when there is none, undefined when there was no usable answer */
  readonly fetch: (known: number, signal: AbortSignal) => Promise<string | null | undefined>;
  readonly clock: Pick<Clock, 'now'>;
  /** Until when a catalogue holds is counted in the platform's time, as well as it is known; epoch ms. */
  readonly civilTime: () => number;
  readonly log: Log;
}

/**
 * Keeps the newest good catalogue. Nothing is changed by a bad signature, another's catalogue, bad content, a lower version than was ever
 * taken, the same version with another content, or one that has run out.
 */
export function createCatalogueUpdater(options: CatalogueUpdaterDeps): CatalogueUpdater {
  const { store, highest, verify, fetch, clock, civilTime, log } = options;
  let current: { readonly signed: SignedCatalogue; readonly checkedAt: number } | null = null;

  const runOut = ({ validUntil }: SignedCatalogue) => civilTime() >= validUntil;
  const oddities = ({ catalogue, digest }: SignedCatalogue): 'older' | 'same-version' | null => {
    const top = highest.get();
    if (top === null || catalogue.version > top.version) return null;
    if (catalogue.version < top.version) return 'older';
    return digest === top.digest ? null : 'same-version';
  };
  /** The version to ask beyond. One that has run out, or will soon, is asked for again: it comes signed anew. */
  const known = (): number => {
    if (current === null) return 0;
    const { catalogue, signedAt, validUntil } = current.signed;
    const halfway = signedAt + (validUntil - signedAt) / 2;
    return civilTime() < halfway ? catalogue.version : catalogue.version - 1;
  };
  return {
    current: () =>
      current === null || runOut(current.signed) ? null : { catalogue: current.signed.catalogue, checkedAt: current.checkedAt },

    async load() {
      const kept = store.load();
      if (kept === null) return;
      const read = await verify(kept.jws);
      const refusal = read.ok ? oddities(read.value) : read.error;
      if (!read.ok || refusal !== null) return log('catalogue.refused', { reason: `kept.${refusal}` });
      highest.note(read.value.catalogue.version, read.value.digest);
      current = { signed: read.value, checkedAt: kept.fetchedAt };
    },

    async refresh(signal) {
      const jws = await fetch(known(), signal);
      if (jws === undefined) return;
      const now = clock.now();
      if (jws === null) {
        if (current !== null) current = { ...current, checkedAt: now };
        return;
      }
      const read = await verify(jws);
      if (!read.ok) return log('catalogue.refused', { reason: read.error });
      const refusal = runOut(read.value) ? 'expired' : oddities(read.value);
      if (refusal !== null) return log('catalogue.refused', { reason: refusal });
      // First, so that a power cut between the two cannot make the older one good again.
      highest.note(read.value.catalogue.version, read.value.digest);
      current = { signed: read.value, checkedAt: now };
      store.save({ jws, fetchedAt: now });
      log('catalogue.taken', { version: read.value.catalogue.version, services: read.value.catalogue.services.length });
    },
  };
}
