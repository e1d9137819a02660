import type { z } from 'zod';
import { ApplicationReply } from '../../contract/application.ts';
import type { BatchItem, EnrolmentRequest } from '../../contract/platform.ts';
import {
  ANSWER_MARK_HEADER,
  BatchReply,
  CatalogueReply,
  ChallengeReply,
  EnrolmentReply,
  ItemResult,
  PlatformStatus,
  REQUEST_ID_HEADER,
  WAITING_HEADER,
} from '../../contract/platform.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { RandomBytes } from '../ports.ts';
import { markFits, newRequestId } from './answer-mark.ts';
import { type ExchangeAnswer, type Line, type LineCause, lineCause } from './exchange.ts';
import { dateOf, retryAfter } from './retry-after.ts';

/**
 * Why a request gave no answer that can be used. Only `denied` and `rejected` say something about what was sent, and only the platform
 * itself says them: every kind but `line` is an answer that carries a fitting mark.
 *
 * `line`: no answer of the platform's. `cause`: `unreachable` (no connection could be made, so nothing was sent), `timeout`, `cut`,
 * `unmarked` (something on the way answered, or changed the answer; `status` is what it said). `retryAfterMs`: a hint, from whoever it
 * came. `busy`: 408, 425, 429, 503: about the whole platform. `failed`: any other 5xx: perhaps about one row. `denied`: 401, 403.
 * `rejected`: any other 4xx, 413 among them: something in what we sent. `garbage`: marked, and not of the contract.
 */
export type PlatformError =
  | {
      readonly kind: 'line';
      readonly cause: LineCause | 'unmarked';
      readonly status: number | null;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'busy'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'failed'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number }
  | { readonly kind: 'garbage' };

export type PlatformAnswer<T> = Result<{ readonly body: T; readonly date: number | null }, PlatformError>;

/** The platform over HTTPS (main/contract/platform.ts). Nothing throws. `date`: the answer's Date header, epoch ms. */
export interface PlatformClient {
  /** @param options `urgent`: somebody waits for it */
  status(signal: AbortSignal, options?: Pick<SendOptions, 'urgent'>): Promise<PlatformAnswer<PlatformStatus>>;
  challenges(count: number, signal: AbortSignal): Promise<PlatformAnswer<ChallengeReply>>;
  send(items: readonly BatchItem[], signal: AbortSignal, options?: SendOptions): Promise<PlatformAnswer<BatchReply>>;
  /** One question, answered at once. */
  ask(item: BatchItem, signal: AbortSignal): Promise<PlatformAnswer<ItemResult>>;
  /** @param known version that is here already, 0: none */
  catalogue(known: number, signal: AbortSignal): Promise<PlatformAnswer<CatalogueReply>>;
  /** How an application stands. `rejected` 404: no such application. */
  application(receipt: string, signal: AbortSignal): Promise<PlatformAnswer<ApplicationReply>>;
  /** Makes this kiosk's key known; `denied`: the code is not good. */
  enrol(request: EnrolmentRequest, signal: AbortSignal): Promise<PlatformAnswer<EnrolmentReply>>;
  /** What the line carried lately, bytes a second; null: nothing large enough was sent yet. */
  rate(): number | null;
  close(): Promise<void>;
}

export interface SendOptions {
  /** A person waits for it, so it does not queue behind other batches. */
  readonly urgent?: boolean;
  /** A late answer is better than doing it all again (exchange.ts). */
  readonly patient?: boolean;
  /** Rows that are left when these are settled. */
  readonly waiting?: number;
  /** Told when all of it is on its way (exchange.ts). */
  readonly onSent?: (() => void) | undefined;
}

interface Question<S extends z.ZodType> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly content?: unknown;
  readonly schema: S;
  readonly signal: AbortSignal;
  readonly urgent?: boolean;
  readonly patient?: boolean;
  readonly headers?: Record<string, string>;
  readonly onSent?: (() => void) | undefined;
}

/**
 * @param terminal goes along as `x-kiosk-id` @param now for a Retry-After date in an answer without a Date; epoch ms
 * @param random for the ids of requests
 */
export function createPlatformClient(
  { exchange, close, rate = () => null }: Line,
  terminal: string,
  now: () => number,
  random: RandomBytes,
): PlatformClient {
  const ask = async <S extends z.ZodType>(question: Question<S>): Promise<PlatformAnswer<z.infer<S>>> => {
    const { method, path, content, schema, signal, urgent = false, patient = false, onSent } = question;
    const body = content === undefined ? null : JSON.stringify(content);
    const id = newRequestId(random);
    const headers = {
      'x-kiosk-id': terminal,
      [REQUEST_ID_HEADER]: id,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
      ...question.headers,
    };
    let answer: ExchangeAnswer;
    try {
      answer = await exchange({ method, path, headers, body, signal, urgent, patient, onSent });
    } catch (error) {
      return err({ kind: 'line', cause: lineCause(error), status: null, retryAfterMs: null });
    }
    const error = errorIn(answer, id, now());
    if (error !== null) return err(error);
    const parsed = schema.safeParse(parseJson(answer.text));
    return parsed.success ? ok({ body: parsed.data, date: dateOf(answer.headers.date) }) : err({ kind: 'garbage' });
  };
  return {
    status: (signal, { urgent = false } = {}) =>
      ask({ method: 'GET', path: '/v1/status', schema: PlatformStatus, signal, urgent, patient: !urgent }),
    challenges: (count, signal) =>
      ask({ method: 'POST', path: '/v1/challenges', content: { count }, schema: ChallengeReply, signal, patient: true }),
    send: (items, signal, { urgent = false, patient = false, waiting, onSent } = {}) => {
      const headers = waiting === undefined ? {} : { [WAITING_HEADER]: String(waiting) };
      const content = { items };
      return ask({ method: 'POST', path: '/v1/batches', content, schema: BatchReply, signal, urgent, patient, headers, onSent });
    },
    ask: (item, signal) =>
      ask({ method: 'POST', path: '/v1/questions', content: item, schema: ItemResult, signal, urgent: true }),
    catalogue: (known, signal) =>
      ask({ method: 'GET', path: `/v1/catalogue?known=${known}`, schema: CatalogueReply, signal, patient: true }),
    application: (receipt, signal) => {
      const path = `/v1/applications/${encodeURIComponent(receipt)}`;
      return ask({ method: 'GET', path, schema: ApplicationReply, signal, urgent: true });
    },
    enrol: (request, signal) => ask({ method: 'POST', path: '/v1/enrolments', content: request, schema: EnrolmentReply, signal }),
    rate,
    close,
  };
}

/** What is wrong with an answer before its body is read; null: a marked 200. */
function errorIn({ status, headers, text }: ExchangeAnswer, id: string, now: number): PlatformError | null {
  const retryAfterMs = retryAfter(headers['retry-after'], dateOf(headers.date), now);
  if (!markFits(headers[ANSWER_MARK_HEADER], id, status, text)) return { kind: 'line', cause: 'unmarked', status, retryAfterMs };
  if (status === 408 || status === 425 || status === 429 || status === 503) return { kind: 'busy', status, retryAfterMs };
  if (status >= 500) return { kind: 'failed', status, retryAfterMs };
  if (status === 401 || status === 403) return { kind: 'denied', status };
  if (status >= 400) return { kind: 'rejected', status };
  return status === 200 ? null : { kind: 'garbage' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
