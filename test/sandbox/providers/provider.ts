import type { Clock } from '../../../main/core/ports.ts';
import type { ProviderAnswer } from '../platform/providers.ts';
import type { Report } from '../platform/scheme/reports.ts';
import { accountOf, type Simulated, type TestAccount } from './accounts.ts';

/** How a provider tells the platform: at once; late and twice; or all of a month together. */
export type Habit = 'at-once' | 'late-and-twice' | 'monthly';
export const HABITS: Record<Simulated, Habit> = {
  'sakura-prepaid': 'at-once',
  'mint-pay': 'late-and-twice',
  'keyaki-credit': 'monthly',
};
/** Accounts that a simulator knows. */
const KNOWN = 1000;

export interface Sending {
  /** @throws when the platform does not take it; it is sent again with the next */
  reports(reports: readonly Report[]): Promise<void>;
}

/** A cashless service, as its customers and the platform see it. */
export interface Provider {
  readonly service: Simulated;
  check(account: string, codes: readonly string[]): ProviderAnswer;
  /** Money put on, or something bought. @returns the number of the report, for a reversal */
  use(kind: 'charge' | 'purchase', account: string, yen: number): Promise<string>;
  reverse(report: string): Promise<void>;
  /** Sends what waits: what `late-and-twice` and `monthly` have held back. */
  settle(): Promise<void>;
  /** Reports that the platform has not taken yet. */
  readonly waiting: number;
  /** The provider's own checks are out of order. */
  away: boolean;
}

export function createProvider(service: Simulated, send: Sending, clock: Pick<Clock, 'now'>): Provider {
  const known = new Map<string, TestAccount>();
  for (let n = 0; n < KNOWN; n++) {
    const one = accountOf(service, n);
    known.set(one.account, one);
  }
  const habit = HABITS[service];
  // Numbers start anew with every start of the simulator, the platform's memory does not.
  const start = clock.now().toString(36);
  let number = 0;
  const nextId = () => `${service}-${start}-${++number}`;
  let queue: Report[] = [];

  const flush = async () => {
    if (queue.length === 0) return;
    const batch = habit === 'late-and-twice' ? [...queue, ...queue].toReversed() : [...queue];
    await send.reports(batch);
    queue = queue.slice(batch.length / (habit === 'late-and-twice' ? 2 : 1));
  };
  const note = async (report: Report) => {
    queue.push(report);
    // A provider whose report did not arrive keeps it and goes on.
    if (habit === 'at-once') await flush().catch(() => {});
  };
  const provider: Provider = {
    service,
    away: false,
    check(account, codes) {
      if (provider.away) return 'away';
      const one = known.get(account);
      return one !== undefined && one.codes.length === codes.length && one.codes.every((code, at) => code === codes[at])
        ? 'known'
        : 'unknown';
    },
    async use(kind, account, yen) {
      const id = nextId();
      await note({ id, kind, account, yen, at: new Date(clock.now()).toISOString() });
      return id;
    },
    async reverse(report) {
      await note({ id: nextId(), kind: 'reversal', reverses: report, at: new Date(clock.now()).toISOString() });
    },
    settle: flush,
    get waiting() {
      return queue.length;
    },
  };
  return provider;
}
