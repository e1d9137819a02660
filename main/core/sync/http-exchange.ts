import { Agent, request } from 'undici';
import { MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { type Line, LineFault } from './exchange.ts';

/** The catalogue is the longest answer: its text, and what JSON adds. */
const MAX_ANSWER_BYTES = MAX_CATALOGUE_BYTES + 1024 * 1024;

export interface HttpOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** PEM: the kiosk's own certificate, and the only authority it believes; before enrolment that alone. */
  readonly tls?: { readonly ca: string | Buffer; readonly cert?: string | Buffer; readonly key?: string | Buffer } | undefined;
}

/** HTTP/1.1 over undici, one connection, no pipelining. */
export function httpExchange({ url, timeoutMs, tls }: HttpOptions): Line {
  const agent = new Agent({
    connections: 1,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: {
      timeout: timeoutMs,
      ...tls,
    },
  });
  return {
    exchange: async ({ method, path, headers, body, signal }) => {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const answer = await request(new URL(path, url), { method, headers, body, signal: limit, dispatcher: agent });
        return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? cause.code : null;
        if (code === 'ECONNREFUSED') throw new LineFault('unreachable', { cause });
        throw new LineFault(limit.aborted && !signal.aborted ? 'timeout' : 'cut', { cause });
      }
    },
    close: () => agent.destroy(),
  };
}
