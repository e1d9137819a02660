import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { MAX_BATCH_BYTES } from '../../../main/contract/platform.ts';
import { markAnswer, markOf } from './mark.ts';
import { PROBLEM_TYPE, type Problem, type ProblemName, problem, problems } from './problem.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const byStatus = new Map<number, ProblemName>(
  Object.entries(problems).map(([name, { status }]) => [status, name as ProblemName]),
);

/** Sends RFC 9457 and nothing of what was sent. Marked here: no hook runs after a path that is none. */
export function sendProblem(reply: FastifyReply, body: Problem): FastifyReply {
  const text = JSON.stringify(body);
  reply.code(body.status).type(PROBLEM_TYPE);
  markAnswer(reply.request, reply, text);
  return reply.serializer(() => text).send(body);
}

/** What a thrown error is called. Client errors by their status; everything else is our own fault, whatever it says. */
function problemFor(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) return problem('malformed');
  const name = byStatus.get(error.statusCode ?? 500);
  if (name !== undefined && name !== 'maintenance') return problem(name);
  return (error.statusCode ?? 500) < 500 ? problem('malformed') : problem('fault');
}

type Report = (error: Error) => void;

const errorHandler =
  (report: Report) =>
  (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    const body = problemFor(error);
    if (body.status >= 500) report(error);
    sendProblem(reply, body);
  };

/** What came was not even HTTP: answered by hand, since there is no request. */
function onBadHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const body = problem(
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request-timeout'
        : 'malformed',
  );
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} Error\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n${markOf(Reflect.get(error, 'rawPacket'), body.status, text)}Connection: close\r\n\r\n${text}`,
  );
}

/**
 * Fastify with zod at both edges and problem+json for everything that goes wrong; no routes yet.
 * @param report hears of every exception that became a 500: a bug, or a disk that cannot be written
 */
export function createApp(serverFactory: (handler: Handler) => Server, report: Report) {
  const onError = errorHandler(report);
  const app = fastify({
    serverFactory,
    bodyLimit: MAX_BATCH_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    frameworkErrors: onError,
    clientErrorHandler: onBadHttp,
  }).withTypeProvider<ZodTypeProvider>();
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onSend', async (request, reply, payload) => markAnswer(request, reply, payload));
  app.setErrorHandler(onError);
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not-found')));
  return app;
}
export type App = ReturnType<typeof createApp>;
