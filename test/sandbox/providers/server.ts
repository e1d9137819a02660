import Fastify from 'fastify';
import { z } from 'zod';
import type { Providers } from '../platform/providers.ts';
import type { Provider } from './provider.ts';

const Question = z
  .object({ service: z.string().max(40), account: z.string().max(64), codes: z.array(z.string().max(64)).max(3) })
  .strict();
const Answer = z.object({ answer: z.enum(['known', 'unknown', 'away']) }).strict();

export interface ProviderServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The simulators behind one address on 127.0.0.1: `POST /check`, as the platform asks. Nothing of a question is kept or logged. */
export async function serveProviders(of: Readonly<Record<string, Provider>>, port = 0): Promise<ProviderServer> {
  const app = Fastify({ bodyLimit: 4096 });
  app.post('/check', async (request, reply) => {
    const asked = Question.safeParse(request.body);
    if (!asked.success) return reply.code(400).send({});
    const { service, account, codes } = asked.data;
    // Services without a simulator know every account.
    return Answer.parse({ answer: of[service]?.check(account, codes) ?? 'known' });
  });
  const url = await app.listen({ host: '127.0.0.1', port });
  return { url, close: () => app.close() };
}

/** Providers behind an address. One that cannot be reached, is slow, or talks nonsense is away. */
export const remoteProviders = (url: string, timeoutMs = 5000): Providers => ({
  async check(service, account, codes) {
    try {
      const answer = await fetch(new URL('/check', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ service, account, codes }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return Answer.parse(await answer.json()).answer;
    } catch {
      return 'away';
    }
  },
});
