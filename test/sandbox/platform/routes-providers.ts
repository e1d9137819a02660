import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ServiceId } from '../../../main/contract/catalogue.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { type App, sendProblem } from './app.ts';
import { problem } from './problem.ts';
import { claim } from './scheme/claims.ts';
import { type Book, Report, takeReport } from './scheme/reports.ts';
import { Month, Statement, statementOf } from './scheme/statement.ts';

const Params = z.object({ service: ServiceId }).strict();
const Key = z.looseObject({ 'x-provider-key': z.string().max(100) });
export const ReportReply = z.object({ results: z.array(z.enum(['taken', 'duplicate', 'conflict'])) }).strict();
export const ClaimReply = z
  .object({ service: ServiceId, month: Month, points: z.number().int(), municipal: z.number().int(), paid: z.boolean() })
  .strict();

/** A provider's key: derived, so that nothing has to be kept. */
export const providerKey = (secret: Uint8Array, service: string): string =>
  createHmac('sha256', secret).update(`provider\n${service}`).digest('base64url');

export interface ProviderRoutes {
  readonly book: Book;
  readonly clock: Pick<Clock, 'now'>;
  /** What providers' keys are derived from. */
  readonly secret: Uint8Array;
}

/** What providers send: reports of charges and purchases, and their monthly claims (steps 4, 7 and 8 of the scheme). */
export function addProviders(app: App, { book, clock, secret }: ProviderRoutes): void {
  const allowed = async (request: FastifyRequest, reply: FastifyReply) => {
    const { service } = z.looseObject({ service: ServiceId }).parse(request.params);
    const given = Buffer.from(String(request.headers['x-provider-key'] ?? ''));
    const right = Buffer.from(providerKey(secret, service));
    const fits = given.length === right.length && timingSafeEqual(given, right);
    return fits ? undefined : sendProblem(reply, problem('unknown-provider'));
  };

  app.post(
    '/v1/providers/:service/reports',
    {
      schema: {
        summary: 'Reports of one provider, late or repeated as they may be',
        params: Params,
        headers: Key,
        body: z.object({ reports: z.array(Report).min(1).max(500) }).strict(),
        response: { 200: ReportReply },
      },
      preHandler: allowed,
    },
    async ({ params, body }) => ({
      results: body.reports.map((report) => {
        const taken = takeReport(book, params.service, report, clock.now());
        return taken.ok ? taken.value : taken.error;
      }),
    }),
  );

  app.post(
    '/v1/providers/:service/claims',
    {
      schema: {
        summary: 'A provider’s claim for one month; the same one again when asked again',
        params: Params,
        headers: Key,
        body: z.object({ month: Month }).strict(),
        response: { 200: ClaimReply },
      },
      preHandler: allowed,
    },
    async ({ params, body }) => {
      const { service, month, points, municipal, paid_at } = claim(book.store, params.service, body.month, clock.now());
      return { service, month, points, municipal, paid: paid_at !== null };
    },
  );

  app.get(
    '/v1/providers/:service/statements/:month',
    {
      schema: {
        summary: 'What is paid for one month that was claimed: the subsidy, and what municipalities owe',
        params: Params.extend({ month: Month }),
        headers: Key,
        response: { 200: Statement },
      },
      preHandler: allowed,
    },
    async ({ params: { service, month } }, reply) =>
      statementOf(book.store, service, month) ?? sendProblem(reply, problem('not-found')),
  );
}
