import type { PhotoWay } from '../../main/contract/application.ts';
import type { LookOrder, LookReply } from './face-worker.ts';

/** The part of a `Worker` that is needed. */
export interface LookWorker {
  onmessage: ((event: MessageEvent<LookReply>) => void) | null;
  postMessage(order: LookOrder, moved: Transferable[]): void;
}

/** Asks the worker that finds faces, and hands each of its replies to who asked. Several looks may be under way. */
export class FaceJudge {
  #orders = 0;
  readonly #answers = new Map<number, (reply: LookReply) => void>();
  readonly #worker: LookWorker;
  readonly #way: PhotoWay;

  constructor(worker: LookWorker, way: PhotoWay) {
    this.#worker = worker;
    this.#way = way;
    worker.onmessage = ({ data }) => {
      this.#answers.get(data.id)?.(data);
      this.#answers.delete(data.id);
    };
  }

  /** @param picture its bytes move to the worker */
  judge(picture: ImageData): Promise<LookReply> {
    this.#orders += 1;
    const id = this.#orders;
    const reply = new Promise<LookReply>((resolve) => this.#answers.set(id, resolve));
    this.#worker.postMessage({ id, picture, way: this.#way }, [picture.data.buffer]);
    return reply;
  }
}
