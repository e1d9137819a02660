import type { FastifyReply, FastifyRequest } from 'fastify';
import { makeMark } from '../../../main/core/platform-http/answer-mark.ts';
import { ANSWER_MARK_HEADER, REQUEST_ID_HEADER, RequestId } from '../../../main/core/platform-http/wire.ts';

/** Puts the contract's mark on an answer whose status and bytes are known. A request without an id gets none. */
export function markAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  const id = RequestId.safeParse(request.headers[REQUEST_ID_HEADER]);
  if (!id.success) return;
  if (payload !== null && payload !== undefined && typeof payload !== 'string' && !(payload instanceof Uint8Array)) {
    throw new Error('an answer whose bytes are not known cannot be marked');
  }
  reply.header(ANSWER_MARK_HEADER, makeMark(id.data, reply.statusCode, payload ?? ''));
}

/** The same for an answer by hand to bytes that were no request, where its id can be seen in them. @returns header lines, each with its end */
export function markOf(bytes: unknown, status: number, body: string): string {
  const head = bytes instanceof Uint8Array ? Buffer.from(bytes).toString('latin1') : '';
  const id = new RegExp(`\\r\\n${REQUEST_ID_HEADER}: *([A-Za-z0-9_-]{22}) *\\r\\n`, 'i').exec(head)?.[1];
  return id === undefined ? '' : `${ANSWER_MARK_HEADER}: ${makeMark(id, status, body)}\r\n`;
}
