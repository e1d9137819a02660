import { TLSSocket } from 'node:tls';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApplicationState } from '../../../main/contract/application.ts';
import type { Catalogue, CatalogueHeader } from '../../../main/contract/catalogue.ts';
import { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import { ReceiptNumber, TerminalId } from '../../../main/contract/submission.ts';
import {
  ApplicationReply,
  BatchReply,
  BatchRequest,
  CatalogueReply,
  ChallengeReply,
  ChallengeRequest,
  EnrolmentReply,
  EnrolmentRequest,
  PlatformStatus,
  REQUEST_ID_HEADER,
  RequestId,
  WAITING_HEADER,
} from '../../../main/core/platform-http/wire.ts';
import type { Clock } from '../../../main/core/ports.ts';
import type { BatchDoor } from './admit.ts';
import { type App, sendProblem } from './app.ts';
import { forgedSigner } from './catalogue-key.ts';
import { addressedTo, type CataloguePublisher } from './catalogue-publisher.ts';
import type { drawChallenges } from './challenges.ts';
import type { BatchTimes, Deliver } from './deliver.ts';
import type { EnrolmentService } from './enrolment.ts';
import type { Faults, Route, Taken } from './faults.ts';
import { PROBLEM_TYPE, Problem, problem } from './problem.ts';
import type { AnswerQuestion } from './questions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The faults this request meets, and what the platform's clock said when it came (epoch ms). */
    met: { readonly taken: Taken; readonly now: number } | null;
  }
}

export interface V1Options {
  readonly clock: Pick<Clock, 'now' | 'setTimeout'>;
  readonly faults: Faults;
  readonly deliver: Deliver;
  /** null: whatever comes is let in. */
  readonly batchDoor: BatchDoor | null;
  readonly onBatch: (times: BatchTimes) => void;
  readonly answerQuestion: AnswerQuestion;
  readonly catalogues: CataloguePublisher;
  /** How an application of this kiosk stands; null: there is none with that receipt. */
  readonly applicationOf: (kiosk: string, receipt: string) => ApplicationState | null;
  readonly draw: ReturnType<typeof drawChallenges>;
  readonly enrolment: EnrolmentService;
  /** Kiosks that may come; null: any (sandbox). */
  readonly kiosks: ReadonlySet<string> | null;
}

const Headers = z.looseObject({ 'x-kiosk-id': TerminalId, [REQUEST_ID_HEADER]: RequestId.optional() });
const BatchHeaders = Headers.extend({
  [WAITING_HEADER]: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
const problemResponse = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: Problem } } });
const refusals = {
  '4XX': problemResponse('Something in the request. 429: Retry-After says when to come again.'),
  '5XX': problemResponse('Something here. Retry-After may say when to come again.'),
};
const MAINTENANCE_SECONDS = 5;
export const ENROLMENT_PATH = '/v1/enrolments';

/** The contract with kiosks (main/contract/platform.ts), and the faults in its way. */
export function addV1(app: App, options: V1Options): void {
  const { clock, faults, deliver, batchDoor, onBatch, answerQuestion, catalogues, applicationOf, draw, enrolment, kiosks } =
    options;
  app.decorateRequest('met', null);
  app.decorateRequest('place', null);

  /** Runs before the body is read. Sends the answer itself where a fault says so. */
  const meet = (route: Route) => async (request: FastifyRequest, reply: FastifyReply) => {
    const taken = faults.take(route);
    if (taken.latencyMs > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, taken.latencyMs));
    const now = clock.now() + taken.skewMs;
    request.met = { taken, now };
    reply.header('date', new Date(now).toUTCString());
    const { outcome } = taken;
    if (outcome?.type === 'drop-request') return cut(reply);
    if (outcome?.type === 'status') return sendProblem(reply, problem('fault', outcome.status));
    if (outcome?.type === 'too-many') {
      return sendProblem(reply.header('retry-after', outcome.retryAfterSeconds), problem('too-many'));
    }
    if (taken.maintenance && route !== 'status') {
      return sendProblem(reply.header('retry-after', MAINTENANCE_SECONDS), problem('maintenance'));
    }
    return undefined;
  };

  /** Under TLS a kiosk is who its certificate says. */
  const known = async (request: FastifyRequest, reply: FastifyReply) => {
    const kiosk = String(request.headers['x-kiosk-id']);
    const { socket } = request.raw;
    const proven = socket instanceof TLSSocket ? provenName(socket) : kiosk;
    return proven === kiosk && (kiosks === null || kiosks.has(kiosk)) ? undefined : sendProblem(reply, problem('unknown-kiosk'));
  };

  const metBy = (request: FastifyRequest) => {
    if (request.met === null) throw new Error('a route without its faults');
    return request.met;
  };

  /** The answer, unless a fault takes it away after the work is done. */
  const finish = <T>(request: FastifyRequest, reply: FastifyReply, body: T): T | FastifyReply => {
    const { outcome } = metBy(request).taken;
    if (outcome?.type === 'drop-reply') return cut(reply);
    if (outcome?.type === 'garbage') reply.serializer((value: unknown) => JSON.stringify(value).slice(0, -2));
    return body;
  };

  app.get(
    '/v1/status',
    {
      schema: { summary: 'A sign of life', headers: Headers, response: { 200: PlatformStatus, ...refusals } },
      onRequest: meet('status'),
      preHandler: known,
    },
    async (request, reply) => {
      const { now, taken } = metBy(request);
      return finish(request, reply, { time: new Date(now).toISOString(), maintenance: taken.maintenance });
    },
  );

  app.post(
    '/v1/challenges',
    {
      schema: {
        summary: 'Draws single-use challenges, bound to this kiosk',
        headers: Headers,
        body: ChallengeRequest,
        response: { 200: ChallengeReply, ...refusals },
      },
      onRequest: meet('challenges'),
      preHandler: known,
    },
    async (request, reply) => {
      const challenges = draw(request.headers['x-kiosk-id'], request.body.count, metBy(request).now);
      return finish(request, reply, { challenges });
    },
  );

  app.post(
    '/v1/batches',
    {
      schema: {
        summary: 'Takes sealed submissions; one result for each item',
        headers: BatchHeaders,
        body: BatchRequest,
        response: { 200: BatchReply, ...refusals },
      },
      onRequest: batchDoor === null ? meet('batches') : [meet('batches'), batchDoor.enter],
      preHandler: known,
      onResponse: async (request) => batchDoor?.leave(request),
    },
    async (request, reply) => {
      const { now, taken } = metBy(request);
      const { items } = request.body;
      const kiosk = request.headers['x-kiosk-id'];
      batchDoor?.counted(request, items);
      const sick = faults.sickIn(items);
      if (sick !== null) {
        batchDoor?.leave(request);
        return failAt(sick, reply);
      }
      if (taken.outcome?.type === 'retry-items') {
        const { afterMs } = taken.outcome;
        return finish(request, reply, { results: items.map(({ id }) => ({ outcome: 'retry' as const, id, afterMs })) });
      }
      const unknownCertificate = taken.outcome?.type === 'certificate-unknown';
      let nextSlotMs = 0;
      const onTimes = (times: BatchTimes) => {
        onBatch(times);
        nextSlotMs = batchDoor?.done(request, kiosk, items, times) ?? 0;
      };
      const results = await deliver(kiosk, items, { now, unknownCertificate, onTimes });
      return finish(request, reply, nextSlotMs > 0 ? { results, nextSlotMs } : { results });
    },
  );

  app.post(
    '/v1/questions',
    {
      schema: {
        summary: 'Answers one sealed question at once',
        headers: Headers,
        body: BatchItem,
        response: { 200: ItemResult, ...refusals },
      },
      onRequest: meet('questions'),
      preHandler: known,
    },
    async (request, reply) => {
      const { now, taken } = metBy(request);
      const unknownCertificate = taken.outcome?.type === 'certificate-unknown';
      const answer = await answerQuestion(request.headers['x-kiosk-id'], request.body, { now, unknownCertificate });
      return finish(request, reply, answer);
    },
  );

  app.get(
    '/v1/applications/:receipt',
    {
      schema: {
        summary: 'How an application for a card stands; 404: none of this kiosk has that number',
        headers: Headers,
        params: z.object({ receipt: ReceiptNumber }).strict(),
        response: { 200: ApplicationReply, ...refusals },
      },
      onRequest: meet('applications'),
      preHandler: known,
    },
    async (request, reply) => {
      const application = applicationOf(request.headers['x-kiosk-id'], request.params.receipt);
      return application === null ? sendProblem(reply, problem('not-found')) : finish(request, reply, { application });
    },
  );

  app.get(
    '/v1/catalogue',
    {
      schema: {
        summary: 'The catalogue of services and policies, signed; null when the kiosk has the newest',
        headers: Headers,
        querystring: z.object({ known: z.coerce.number().int().min(0) }).strict(),
        response: { 200: CatalogueReply, ...refusals },
      },
      onRequest: meet('catalogue'),
      preHandler: known,
    },
    async (request, reply) => {
      const { taken, now } = metBy(request);
      const terminal = request.headers['x-kiosk-id'];
      const forged = taken.outcome?.type === 'forged-catalogue';
      const catalogue = forged
        ? await forge(catalogues.current(), addressedTo(terminal, now))
        : await catalogues.newerThan(request.query.known, terminal);
      return finish(request, reply, { catalogue });
    },
  );

  app.post(
    ENROLMENT_PATH,
    {
      schema: {
        summary: 'Makes a kiosk known by a one-time code; the only request that needs no client certificate',
        headers: Headers,
        body: EnrolmentRequest,
        response: { 200: EnrolmentReply, ...refusals },
      },
      onRequest: meet('enrolments'),
    },
    async (request, reply) => {
      const { now } = metBy(request);
      const answer = await enrolment.enrol(request.headers['x-kiosk-id'], request.body, now);
      if (answer.ok) return finish(request, reply, answer.value);
      if (answer.error === 'too-many') return sendProblem(reply.header('retry-after', 60), problem('too-many'));
      return sendProblem(reply, problem(answer.error));
    },
  );
}

/** Under TLS nothing but an enrolment is heard without a certificate of our CA: no route of the contract, and none of the sandbox. */
export function onlyWithCertificate(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    const { socket, url } = request.raw;
    if (socket instanceof TLSSocket && provenName(socket) === null && url !== ENROLMENT_PATH) {
      await sendProblem(reply, problem('unknown-kiosk'));
    }
  });
}

/** Who a connection's certificate says it is; null: it shows none of our CA. */
function provenName(socket: TLSSocket): string | null {
  const name: unknown = socket.authorized ? socket.getPeerCertificate().subject?.CN : null;
  return typeof name === 'string' ? name : null;
}

/** A catalogue that looks right and is signed by somebody else. */
async function forge(catalogue: Catalogue, header: CatalogueHeader): Promise<string> {
  const sign = await forgedSigner();
  return sign(JSON.stringify({ ...catalogue, version: catalogue.version + 1000 }), header);
}

/** What a batch meets that holds a sick row. */
function failAt(how: 'fail' | 'hang' | 'cut', reply: FastifyReply): FastifyReply {
  if (how === 'fail') return sendProblem(reply, problem('fault'));
  // Hanging: the connection stays until the other side, or the end of the platform, closes it.
  return how === 'cut' ? cut(reply) : reply.hijack();
}

/** Ends the connection without an answer, as a broken line does. */
function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}
