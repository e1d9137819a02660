import { Agent, request } from 'undici';
import type { z } from 'zod';
import { ApplicationReply } from '../../contract/application.ts';
import { MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import type { BatchItem, EnrolmentRequest } from '../../contract/platform.ts';
import {
  BatchReply,
  CatalogueReply,
  ChallengeReply,
  EnrolmentReply,
  PlatformStatus,
  QuestionReply,
} from '../../contract/platform.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';

/**
 * Why a request gave no answer that can be used.
 * `network`: no HTTP answer at all. `busy`: 408, 425, 429, 5xx; `retryAfterMs` where the platform said. `garbage`: an answer that is
 * not of the contract. `denied`: 401, 403. `rejected`: any other 4xx, 413 among them: something in what we sent.
 */
export type PlatformError =
  | { readonly kind: 'network' }
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number };

export type PlatformAnswer<T> = Result<{ readonly body: T; readonly date: number | null }, PlatformError>;

/** The platform over HTTPS (main/contract/platform.ts). Nothing throws. `date`: the answer's Date header, epoch ms. */
export interface PlatformClient {
  status(signal: AbortSignal): Promise<PlatformAnswer<PlatformStatus>>;
  challenges(count: number, signal: AbortSignal): Promise<PlatformAnswer<ChallengeReply>>;
  send(items: readonly BatchItem[], signal: AbortSignal): Promise<PlatformAnswer<BatchReply>>;
  /** One question, answered at once. */
  ask(item: BatchItem, signal: AbortSignal): Promise<PlatformAnswer<QuestionReply>>;
  /** @param known version that is here already, 0: none */
  catalogue(known: number, signal: AbortSignal): Promise<PlatformAnswer<CatalogueReply>>;
  /** How an application stands. `rejected` 404: no such application. */
  application(receipt: string, signal: AbortSignal): Promise<PlatformAnswer<ApplicationReply>>;
  /** Makes this kiosk's key known; `denied`: the code is not good. */
  enrol(request: EnrolmentRequest, signal: AbortSignal): Promise<PlatformAnswer<EnrolmentReply>>;
  close(): Promise<void>;
}

/** One HTTP exchange. In tests: the platform's own handler, called without a socket. */
export type Exchange = (ask: {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}) => Promise<{
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}>;

/** The catalogue is the longest answer: its text, and what JSON adds. */
const MAX_ANSWER_BYTES = MAX_CATALOGUE_BYTES + 1024 * 1024;

export interface HttpOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** PEM: the kiosk's own certificate, and the only authority it believes; before enrolment that alone. */
  readonly tls?: { readonly ca: string | Buffer; readonly cert?: string | Buffer; readonly key?: string | Buffer } | undefined;
}

/** HTTP/1.1 over undici, one connection, no pipelining. */
export function httpExchange({ url, timeoutMs, tls }: HttpOptions): { exchange: Exchange; close: () => Promise<void> } {
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
      const answer = await request(new URL(path, url), { method, headers, body, signal: limit, dispatcher: agent });
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    },
    close: () => agent.destroy(),
  };
}

/** @param terminal goes along as `x-kiosk-id` @param now for a Retry-After that names a date; epoch ms */
export function createPlatformClient(
  { exchange, close }: { exchange: Exchange; close: () => Promise<void> },
  terminal: string,
  now: () => number,
): PlatformClient {
  const ask = async <S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    content: unknown,
    schema: S,
    signal: AbortSignal,
  ): Promise<PlatformAnswer<z.infer<S>>> => {
    const body = content === undefined ? null : JSON.stringify(content);
    const headers = { 'x-kiosk-id': terminal, ...(body === null ? {} : { 'content-type': 'application/json' }) };
    let answer: Awaited<ReturnType<Exchange>>;
    try {
      answer = await exchange({ method, path, headers, body, signal });
    } catch {
      return err({ kind: 'network' });
    }
    const { status, text } = answer;
    if (status === 408 || status === 425 || status === 429 || status >= 500) {
      return err({ kind: 'busy', status, retryAfterMs: retryAfter(answer.headers['retry-after'], now()) });
    }
    if (status === 401 || status === 403) return err({ kind: 'denied', status });
    if (status >= 400) return err({ kind: 'rejected', status });
    const parsed = status === 200 ? schema.safeParse(parseJson(text)) : null;
    if (parsed === null || !parsed.success) return err({ kind: 'garbage' });
    return ok({ body: parsed.data, date: dateOf(answer.headers.date) });
  };
  return {
    status: (signal) => ask('GET', '/v1/status', undefined, PlatformStatus, signal),
    challenges: (count, signal) => ask('POST', '/v1/challenges', { count }, ChallengeReply, signal),
    send: (items, signal) => ask('POST', '/v1/batches', { items }, BatchReply, signal),
    ask: (item, signal) => ask('POST', '/v1/questions', item, QuestionReply, signal),
    catalogue: (known, signal) => ask('GET', `/v1/catalogue?known=${known}`, undefined, CatalogueReply, signal),
    application: (receipt, signal) =>
      ask('GET', `/v1/applications/${encodeURIComponent(receipt)}`, undefined, ApplicationReply, signal),
    enrol: (request, signal) => ask('POST', '/v1/enrolments', request, EnrolmentReply, signal),
    close,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dateOf(header: string | string[] | undefined): number | null {
  const time = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/** Retry-After (RFC 9110 section 10.2.3): seconds or a date. @returns ms from now, or null */
export function retryAfter(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
