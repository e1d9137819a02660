import { MAX_BATCH_ITEMS } from '../../../main/contract/platform.ts';
import { type Admission, createAdmission } from '../../sandbox/platform/admission.ts';
import type { Scheduler } from '../world/scheduler.ts';

/** What things cost one worker of the platform, ms (SOURCES.md, Delivery: come-back after an outage). */
const REQUEST_MS = 1;
const ITEM_MS = 0.3;
/** A refusal takes no worker: whatever stands at the door says it. */
const REFUSAL_MS = 0.2;

export type ServerAnswer =
  | { readonly kind: 'admitted'; readonly nextSlotMs: number }
  | { readonly kind: 'refused'; readonly retryAfterMs: number }
  /** Something before the platform would not wait any longer. */
  | { readonly kind: 'gateway' };

/** @returns false: nobody listens any more */
export type Asker = (said: ServerAnswer) => boolean;

export interface ModelServerOptions {
  readonly workers: number;
  /** With the platform's own admission control; without, whatever comes is put in the queue, however long that is. */
  readonly admitted: boolean;
  /** How much slower than the model's a worker is: a smaller fleet meets a smaller platform. */
  readonly slower: number;
  /** A gateway before the platform answers 504 itself after so long; null: there is none. */
  readonly gatewayMs: number | null;
}

/** Workers and one queue before them, first come first served. It does not notice that an asker has gone. */
export interface ModelServer {
  /** @param left items that the kiosk says it still has after these @param answer at the time of the answer */
  request(kiosk: string, items: number, left: number, answer: Asker): void;
  readonly requests: number;
  /** ms of work; of it, for requests whose asker had given up. */
  readonly work: number;
  readonly wasted: number;
  /** ms spent on saying no: not for nobody, since it tells the kiosk when to come. */
  readonly refusing: number;
}

interface Job {
  readonly kiosk: string;
  readonly items: number;
  readonly left: number;
  readonly answer: Asker;
}

export function createModelServer(scheduler: Scheduler, options: ModelServerOptions): ModelServer {
  const { workers, admitted, slower, gatewayMs } = options;
  const admission: Admission | null = admitted
    ? createAdmission({ workers, now: scheduler.now, firstMsAnItem: ITEM_MS * slower })
    : null;
  const queue: Job[] = [];
  let head = 0;
  let busy = 0;
  const figures = { requests: 0, work: 0, wasted: 0, refusing: 0 };

  const next = () => {
    while (busy < workers && head < queue.length) {
      const job = queue[head];
      head += 1;
      if (head > 10_000) {
        queue.splice(0, head);
        head = 0;
      }
      if (job !== undefined) run(job);
    }
  };
  const run = ({ kiosk, items, left, answer }: Job) => {
    busy += 1;
    const ms = (REQUEST_MS + items * ITEM_MS) * slower;
    scheduler.after(ms, () => {
      busy -= 1;
      figures.work += ms;
      if (items > 0) admission?.done(items, ms);
      const nextSlotMs = items > 0 ? (admission?.nextSlotMs(kiosk, Math.min(MAX_BATCH_ITEMS, left)) ?? 0) : 0;
      if (!answer({ kind: 'admitted', nextSlotMs })) figures.wasted += ms;
      next();
    });
  };

  return Object.assign(figures, {
    request(kiosk: string, items: number, left: number, answer: Asker) {
      figures.requests += 1;
      const arrival = items > 0 ? admission?.arrive(kiosk, items) : undefined;
      if (arrival?.admitted === false) {
        figures.refusing += REFUSAL_MS * slower;
        const { retryAfterMs } = arrival;
        scheduler.after(REFUSAL_MS, () => void answer({ kind: 'refused', retryAfterMs }));
        return;
      }
      if (gatewayMs !== null) scheduler.after(gatewayMs, () => void answer({ kind: 'gateway' }));
      queue.push({ kiosk, items, left, answer });
      next();
    },
  });
}

/** ms in which these workers can do it at best. */
export function idealMs(kiosks: number, rows: number, batch: number, workers: number, slower: number): number {
  return (slower * kiosks * (rows * ITEM_MS + Math.ceil(rows / batch) * REQUEST_MS)) / workers;
}
