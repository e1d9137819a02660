import type { z } from 'zod';
import type { GrantOn } from '../../../main/contract/catalogue.ts';
import { err, ok, type Result } from '../../../main/contract/result.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { japanDay } from '../../../main/core/time.ts';
import { sampleCatalogue } from '../platform/catalogue-publisher.ts';
import type { ProviderAnswer } from '../platform/providers.ts';
import type { ClaimReply } from '../platform/routes-providers.ts';
import type { Report } from '../platform/scheme/reports.ts';
import type { Statement } from '../platform/scheme/statement.ts';
import { accountOf, type Simulated, type TestAccount } from './accounts.ts';

/** How a provider tells the platform: at once; late, twice and backwards; or all of a month together when the next one begins. */
export type Habit = 'at-once' | 'late-and-twice' | 'monthly';
export const HABITS: Record<Simulated, Habit> = {
  'sakura-prepaid': 'at-once',
  'mint-pay': 'late-and-twice',
  'keyaki-credit': 'monthly',
};
/** What each can be used for: a prepaid card and a wallet are charged and spent, a credit card is only spent. */
export const USES: Record<Simulated, readonly GrantOn[]> = {
  'sakura-prepaid': ['charge', 'purchase'],
  'mint-pay': ['charge', 'purchase'],
  'keyaki-credit': ['purchase'],
};
/** The catalogue's own ceiling. */
const ceilings = new Map(sampleCatalogue().services.map(({ id, maxChargePerTime }) => [id, maxChargePerTime]));
/** Accounts that a simulator knows. */
const KNOWN = 1000;

export type Claim = z.infer<typeof ClaimReply>;

export interface Sending {
  /** @throws when the platform does not take it; it is sent again with the next */
  reports(reports: readonly Report[]): Promise<void>;
  /** @throws when the platform does not take it @returns points and municipal points of the month */
  claim(month: string): Promise<Claim>;
  /** @returns null: that month has not been claimed */
  statement(month: string): Promise<Statement | null>;
}

/** Why a card does not go through: nobody's, cannot do this, or more than can be charged at once. */
export type Declined = 'unknown-account' | 'not-this-kind' | 'above-ceiling';

/** A cashless service, as its customers and the platform see it. */
export interface Provider {
  readonly service: Simulated;
  check(account: string, codes: readonly string[]): ProviderAnswer;
  /** Money put on, or something bought. @returns the number of the report, for a reversal */
  use(kind: GrantOn, account: string, yen: number): Promise<Result<string, Declined>>;
  reverse(report: string): Promise<void>;
  /** Sends what waits: what `late-and-twice` and `monthly` have held back. */
  settle(): Promise<void>;
  /** Steps 7 and 8 of the scheme. @param month YYYY-MM; what waits is reported first */
  claim(month: string): Promise<Claim>;
  statement: Sending['statement'];
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
  /** The books of a month are closed by the first thing that happens in the next one. */
  const closeMonth = async () => {
    const [oldest] = queue;
    const month = japanDay(clock.now()).slice(0, 7);
    if (habit === 'monthly' && oldest !== undefined && japanDay(Date.parse(oldest.at)).slice(0, 7) < month)
      await flush().catch(() => {});
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
      if (!known.has(account)) return err('unknown-account');
      if (!USES[service].includes(kind)) return err('not-this-kind');
      if (kind === 'charge' && yen > (ceilings.get(service) ?? Number.POSITIVE_INFINITY)) return err('above-ceiling');
      await closeMonth();
      const id = nextId();
      await note({ id, kind, account, yen, at: new Date(clock.now()).toISOString() });
      return ok(id);
    },
    async reverse(report) {
      await closeMonth();
      await note({ id: nextId(), kind: 'reversal', reverses: report, at: new Date(clock.now()).toISOString() });
    },
    settle: flush,
    async claim(month) {
      await flush();
      return send.claim(month);
    },
    statement: send.statement,
    get waiting() {
      return queue.length;
    },
  };
  return provider;
}
