import { StaffKey } from '../../../main/contract/staff.ts';

const KEY = 'madoguchi-staff-key';

export interface KeyPlaces {
  readonly hash: string;
  /** The tab's own: gone when it is closed, so that a shared computer keeps no key. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Takes the fragment out of the address. */
  readonly clearHash: () => void;
}

/** This device's key: from the fragment at first, from the tab's own storage after a reload. null: there is none. */
export function takeKey({ hash, storage, clearHash }: KeyPlaces): string | null {
  const given = new URLSearchParams(hash.slice(1)).get('key');
  if (given !== null) {
    clearHash();
    if (StaffKey.safeParse(given).success) storage.setItem(KEY, given);
    return StaffKey.safeParse(given).success ? given : null;
  }
  const kept = StaffKey.safeParse(storage.getItem(KEY));
  return kept.success ? kept.data : null;
}
