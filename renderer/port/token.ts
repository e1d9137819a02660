/** The gate page (main/hosts/node/gate-page.ts) looks for the token under the same name. */
const KEY = 'madoguchi-token';

export interface TokenPlaces {
  readonly hash: string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Takes the fragment out of the address. */
  readonly clearHash: () => void;
}

/** This launch's token: from the fragment at first, from the tab's own storage after a reload. Empty: there is none. */
export function takeToken({ hash, storage, clearHash }: TokenPlaces): string {
  const given = new URLSearchParams(hash.slice(1)).get('token');
  if (given === null) return storage.getItem(KEY) ?? '';
  storage.setItem(KEY, given);
  clearHash();
  return given;
}
