import type { z } from 'zod';
import { ItemResult } from '../../contract/platform.ts';
import { err, ok } from '../../contract/result.ts';
import type { Platform, PlatformAnswer, PlatformError, RandomBytes } from '../ports.ts';
import { markFits, newRequestId } from './answer-mark.ts';
import { type ExchangeAnswer, type Line, lineCause } from './exchange.ts';
import { dateOf, retryAfter } from './retry-after.ts';
import {
  ANSWER_MARK_HEADER,
  ApplicationReply,
  BatchReply,
  CatalogueReply,
  ChallengeReply,
  EnrolmentReply,
  PlatformStatus,
  REQUEST_ID_HEADER,
  WAITING_HEADER,
} from './wire.ts';

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
export function createHttpPlatform(
  { exchange, close, rate = () => null }: Line,
  terminal: string,
  now: () => number,
  random: RandomBytes,
): Platform {
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
