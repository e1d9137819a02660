import { type Admission, createAdmission } from '../../sandbox/platform/admission.ts';
import type { Scheduler } from '../world/scheduler.ts';

/** What things cost one worker of the platform, ms (queue-and-sync.md section 4.3). */
const REQUEST_MS = 1;
const ITEM_MS = 0.3;
const REFUSAL_MS = 0.2;

export type ServerAnswer =
  | { readonly admitted: true; readonly nextSlotMs: number }
  | { readonly admitted: false; readonly retryAfterMs: number };

/** Workers and one queue before them; with admission control, the platform's own. */
export interface ModelServer {
  /** @param left items that the kiosk still has after these @param answer at the time of the answer; false: nobody listens any more */
  request(kiosk: string, items: number, left: number, answer: (said: ServerAnswer) => boolean): void;
  readonly requests: number;
  readonly refused: number;
  /** ms of work, and how much of it was for nobody. */
  readonly work: number;
  readonly wasted: number;
}

interface Job {
  readonly kiosk: string;
  readonly items: number;
  readonly left: number;
  readonly answer: (said: ServerAnswer) => boolean;
}

/** @param slower how much slower than the model's a worker is: a smaller fleet meets a smaller platform */
export function createModelServer(scheduler: Scheduler, workers: number, admitted: boolean, slower: number): ModelServer {
  const admission: Admission | null = admitted
    ? createAdmission({ workers, now: scheduler.now, firstMsAnItem: ITEM_MS * slower })
    : null;
  const queue: Job[] = [];
  let head = 0;
  let busy = 0;
  const figures = { requests: 0, refused: 0, work: 0, wasted: 0 };

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
      const nextSlotMs = items > 0 ? (admission?.nextSlotMs(kiosk, left) ?? 0) : 0;
      if (!answer({ admitted: true, nextSlotMs })) figures.wasted += ms;
      next();
    });
  };

  return Object.assign(figures, {
    request(kiosk: string, items: number, left: number, answer: (said: ServerAnswer) => boolean) {
      figures.requests += 1;
      const arrival = items > 0 ? admission?.arrive(kiosk, items) : undefined;
      if (arrival?.admitted === false) {
        figures.refused += 1;
        figures.work += REFUSAL_MS;
        figures.wasted += REFUSAL_MS;
        const { retryAfterMs } = arrival;
        scheduler.after(REFUSAL_MS, () => void answer({ admitted: false, retryAfterMs }));
        return;
      }
      queue.push({ kiosk, items, left, answer });
      next();
    },
  });
}

/** ms in which these workers can do it at best. */
export function idealMs(kiosks: number, rows: number, batch: number, workers: number, slower: number): number {
  return (slower * kiosks * (rows * ITEM_MS + Math.ceil(rows / batch) * REQUEST_MS)) / workers;
}
