import { createHmac } from 'node:crypto';
import type { RandomBytes } from '../../../main/core/ports.ts';
import type { Store } from './store.ts';

/** Signs of an account that its owner sees again. */
const SHOWN = 4;
const DOT = '•';

/** Accounts, without keeping them. */
export interface Accounts {
  /** Known to this platform alone. */
  readonly secret: Uint8Array;
  /** A keyed hash: equal for equal accounts, useless without the platform's key. */
  hash(service: string, account: string): Uint8Array<ArrayBuffer>;
}

export function createAccounts(store: Store, random: RandomBytes): Accounts {
  const kept = store.secret('account-key');
  const key = kept?.value ?? random(32);
  if (kept === null) store.addSecret('account-key', key);
  return {
    secret: key,
    hash: (service, account) => new Uint8Array(createHmac('sha256', key).update(`${service}\n${account}`).digest()),
  };
}

/** All but the last four signs as dots; of a short account at least half. */
export function masked(account: string): string {
  const shown = Math.min(SHOWN, Math.floor(account.length / 2) || 1);
  return DOT.repeat(Math.min(28, account.length - shown)) + account.slice(-shown);
}
