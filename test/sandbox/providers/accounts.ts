import { createHash } from 'node:crypto';
import { luhnDigit } from '../../../main/contract/receipt.ts';

/** Services that have a simulator. */
export const SIMULATED = ['sakura-prepaid', 'mint-pay', 'keyaki-credit'] as const;
export type Simulated = (typeof SIMULATED)[number];
export const isSimulated = (service: string): service is Simulated => (SIMULATED as readonly string[]).includes(service);

export interface TestAccount {
  readonly account: string;
  readonly codes: readonly string[];
}

const digits = (service: string, n: number, what: string, count: number): string =>
  BigInt(`0x${createHash('sha256').update(`${service} ${n} ${what}`).digest('hex')}`)
    .toString()
    .slice(-count)
    .padStart(count, '0');
const withLuhn = (body: string) => body + String(luhnDigit(body));
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The n-th account that a provider knows; the same on every machine. Fits the rules of the sample catalogue. */
export function accountOf(service: Simulated, n: number): TestAccount {
  const some = (what: string, count: number) => digits(service, n, what, count);
  switch (service) {
    case 'sakura-prepaid':
      return { account: withLuhn(`6900${some('account', 11)}`), codes: [some('pin', 4)] };
    case 'mint-pay': {
      const letters = [...some('letters', 12)].map((digit, at) => LETTERS[(Number(digit) * 7 + at) % LETTERS.length] ?? 'A');
      return { account: letters.slice(0, 6).join('') + some('account', 6), codes: [some('code', 6)] };
    }
    case 'keyaki-credit':
      return {
        account: withLuhn(`3590${some('account', 11)}`),
        codes: [some('cvc', 3), `19${some('year', 2)}0${1 + (n % 9)}1${n % 10}`, some('phone', 4)],
      };
  }
}
