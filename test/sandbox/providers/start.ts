import type { Exchange } from '../../../main/core/platform-http/exchange.ts';
import type { Clock } from '../../../main/core/ports.ts';
import type { Providers } from '../platform/providers.ts';
import { ClaimReply, ReportReply } from '../platform/routes-providers.ts';
import { Statement } from '../platform/scheme/statement.ts';
import { isSimulated, SIMULATED, type Simulated } from './accounts.ts';
import { createProvider, type Provider, type Sending } from './provider.ts';

/** The three simulators. The platform asks them (`providers`), and they tell it (`connect`). */
export interface ProviderWorld {
  readonly providers: Providers;
  readonly of: Record<Simulated, Provider>;
  /** After the platform has started: where reports go, and with which key. */
  connect(platform: { readonly exchange: Exchange; providerKey(service: string): string }): void;
}

export function startProviders(clock: Pick<Clock, 'now'>): ProviderWorld {
  let platform: Parameters<ProviderWorld['connect']>[0] | null = null;
  const provider = (service: Simulated): Provider => {
    /** @returns null: 404. @throws at every other answer that is no 200 */
    const ask = async (method: 'GET' | 'POST', path: string, body: object | null): Promise<unknown> => {
      if (platform === null) throw new Error('not connected');
      const { status, text } = await platform.exchange({
        method,
        path: `/v1/providers/${service}/${path}`,
        headers: { 'content-type': 'application/json', 'x-provider-key': platform.providerKey(service) },
        body: body === null ? null : JSON.stringify(body),
        signal: new AbortController().signal,
      });
      if (status === 404) return null;
      if (status !== 200) throw new Error(`${path}: ${status}`);
      return JSON.parse(text);
    };
    const sending: Sending = {
      async reports(reports) {
        const { results } = ReportReply.parse(await ask('POST', 'reports', { reports }));
        if (results.includes('conflict')) throw new Error('two reports under one number');
      },
      claim: async (month) => ClaimReply.parse(await ask('POST', 'claims', { month })),
      statement: async (month) => Statement.nullable().parse(await ask('GET', `statements/${month}`, null)),
    };
    return createProvider(service, sending, clock);
  };
  const of = Object.fromEntries(SIMULATED.map((service) => [service, provider(service)])) as Record<Simulated, Provider>;
  return {
    of,
    providers: {
      // Services without a simulator know every account.
      check: async (service, account, codes) => (isSimulated(service) ? of[service].check(account, codes) : 'known'),
    },
    connect(to) {
      platform = to;
    },
  };
}
