/** The page's half of this device's key (main/hosts/node/staff-pass.ts): worth nothing without the cookie, which no page can read. */
const NAME = 'madoguchi-staff-half';

export const keptHalf = (storage: Pick<Storage, 'getItem'>): string | null => storage.getItem(NAME);
export const forgetHalf = (storage: Pick<Storage, 'removeItem'>): void => storage.removeItem(NAME);

/** Trades the key for its two halves. @returns false: it is no key, or the kiosk is away */
export async function enterKey(key: string, storage: Pick<Storage, 'setItem'>): Promise<boolean> {
  try {
    const answer = await fetch('/enter', { method: 'POST', body: key.trim() });
    if (answer.status !== 200) return false;
    storage.setItem(NAME, await answer.text());
    return true;
  } catch {
    return false;
  }
}
