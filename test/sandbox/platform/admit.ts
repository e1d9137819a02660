import type { FastifyReply, FastifyRequest } from 'fastify';
import { type BatchItem, MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../../main/contract/platform.ts';
import { WAITING_HEADER } from '../../../main/core/platform-http/wire.ts';
import type { Admission } from './admission.ts';
import { sendProblem } from './app.ts';
import type { BatchTimes } from './deliver.ts';
import { problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its place in the queue of batches; null: there is none, or it has been given back. */
    place: { items: number } | null;
  }
}

/** What the route of batches asks of the admission. */
export interface BatchDoor {
  /** Before the body is read: answers 503 itself when too much waits already. */
  enter(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined>;
  /** The body has been read. */
  counted(request: FastifyRequest, items: readonly BatchItem[]): void;
  /** Was worked on. @returns ms until the kiosk's next batch has its turn; 0: at once, or it has no more */
  done(request: FastifyRequest, kiosk: string, items: readonly BatchItem[], times: BatchTimes): number;
  /** Ended in another way. Does nothing where it was done. */
  leave(request: FastifyRequest): void;
}

/** A sealed act with its envelope, until some have been seen. */
const FIRST_BYTES_AN_ITEM = 6000;
/** Of the average, one batch. */
const WEIGHT = 0.1;
/** A batch that has at least so many bytes was cut off by them: its kiosk has more. */
const FULL_BYTES = MAX_BATCH_BYTES / 2;

const bytesOf = (items: readonly BatchItem[]): number => items.reduce((sum, { sealed }) => sum + sealed.length, 0);
const isFull = (items: readonly BatchItem[]): boolean => items.length >= MAX_BATCH_ITEMS || bytesOf(items) >= FULL_BYTES;
/** Items that the next batch will hold. A kiosk that does not say has more if this one is full: a slot for nobody, in half of the cases. */
const more = ({ headers }: FastifyRequest, items: readonly BatchItem[]): number => {
  const waiting = Number(headers[WAITING_HEADER] ?? Number.NaN);
  return Number.isFinite(waiting) ? Math.min(waiting, MAX_BATCH_ITEMS) : isFull(items) ? items.length : 0;
};

/**
 * Admission at the HTTP door. How many items a body holds is estimated by its length, because a refusal must be cheap: nothing of it is read.
 * What an item costs is the time in which the platform was busy with it: from the end of the batch before, if that was later than its own begin,
 * and without the waiting for providers. @param now monotonic ms
 */
export function createBatchDoor(admission: Admission, now: () => number): BatchDoor {
  let bytesAnItem = FIRST_BYTES_AN_ITEM;
  let lastDone = Number.NEGATIVE_INFINITY;

  const estimate = (request: FastifyRequest): number => {
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    const items = Number.isFinite(length) ? Math.ceil(length / bytesAnItem) : MAX_BATCH_ITEMS;
    return Math.min(Math.max(items, 1), MAX_BATCH_ITEMS);
  };
  const leave = (request: FastifyRequest): void => {
    if (request.place !== null) admission.left(request.place.items);
    request.place = null;
  };

  return {
    enter: async (request, reply) => {
      const items = estimate(request);
      const arrival = admission.arrive(String(request.headers['x-kiosk-id']), items);
      if (!arrival.admitted) {
        const seconds = Math.max(1, Math.floor(arrival.retryAfterMs / 1000));
        return sendProblem(reply.header('retry-after', seconds), problem('too-many', 503));
      }
      request.place = { items };
      reply.raw.once('close', () => leave(request));
      return undefined;
    },
    counted: (request, items) => {
      if (request.place === null) return;
      admission.recount(request.place.items, items.length);
      request.place.items = items.length;
      bytesAnItem += ((bytesOf(items) / items.length) * 1.02 - bytesAnItem) * WEIGHT;
    },
    done: (request, kiosk, items, { examine, decide, commit }) => {
      const at = now();
      const busy = Math.min(examine + decide + commit, at - lastDone);
      lastDone = at;
      if (request.place === null) return 0;
      admission.done(request.place.items, busy);
      request.place = null;
      return admission.nextSlotMs(kiosk, more(request, items));
    },
    leave,
  };
}
