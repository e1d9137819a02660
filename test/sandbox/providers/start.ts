import type { Clock } from '../../../main/core/ports.ts';
import type { Exchange } from '../../../main/core/sync/platform-client.ts';
import type { Providers } from '../platform/providers.ts';
import { ReportReply } from '../platform/routes-providers.ts';
import { isSimulated, SIMULATED, type Simulated } from './accounts.ts';
import { createProvider, type Provider } from './provider.ts';

/** The three simulators. The platform asks them (`providers`), and they tell it (`connect`). */
export interface ProviderWorld {
  readonly providers: Providers;
  readonly of: Record<Simulated, Provider>;
  /** After the platform has started: where reports go, and with which key. */
  connect(platform: { readonly exchange: Exchange; providerKey(service: string): string }): void;
}

export function startProviders(clock: Pick<Clock, 'now'>): ProviderWorld {
  let platform: Parameters<ProviderWorld['connect']>[0] | null = null;
  const provider = (service: Simulated): Provider =>
    createProvider(
      service,
      {
        async reports(reports) {
          if (platform === null) throw new Error('not connected');
          const answer = await platform.exchange({
            method: 'POST',
            path: `/v1/providers/${service}/reports`,
            headers: { 'content-type': 'application/json', 'x-provider-key': platform.providerKey(service) },
            body: JSON.stringify({ reports }),
            signal: new AbortController().signal,
          });
          if (answer.status !== 200) throw new Error(`reports: ${answer.status}`);
          const { results } = ReportReply.parse(JSON.parse(answer.text));
          if (results.includes('conflict')) throw new Error('two reports under one number');
        },
      },
      clock,
    );
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
