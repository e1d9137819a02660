import type { BatchItem } from '../../contract/platform.ts';
import type { Delivery, Platform } from '../ports.ts';
import type { LineState } from './line-state.ts';
import type { Requests } from './requests.ts';
import type { Scheduler } from './scheduler.ts';
import type { Urgent } from './urgent.ts';

export interface PersonalRequestsDeps {
  readonly client: Pick<Platform, 'send' | 'status' | 'ask' | 'application'>;
  readonly line: Pick<LineState, 'name'>;
  readonly requests: Pick<Requests, 'timed' | 'statusTells'>;
  readonly urgent: Urgent;
  readonly scheduler: Pick<Scheduler, 'signal' | 'look'>;
  readonly onFault: () => void;
}

/** What a person waits for at the screen: past the queue, the back-off and the budget. */
export class PersonalRequests implements Pick<Delivery, 'ask' | 'application'> {
  private readonly deps: PersonalRequestsDeps;
  private readonly sending = new Set<Promise<void>>();

  constructor(deps: PersonalRequestsDeps) {
    this.deps = deps;
  }

  /** Sends the row that was just committed. Where that fails it waits with the others. */
  send(id: string, signal: AbortSignal): void {
    const { client, requests, urgent, scheduler, onFault } = this.deps;
    const sending = urgent
      .send(
        id,
        (items) => requests.timed(() => client.send(items, signal, { urgent: true })),
        async () => !requests.statusTells || (await requests.timed(() => client.status(signal, { urgent: true }))).ok,
      )
      .then(() => {}, onFault)
      .finally(() => {
        this.sending.delete(sending);
        scheduler.look();
      });
    this.sending.add(sending);
  }

  /** @returns when all that was sent has its answer */
  async ended(): Promise<void> {
    await Promise.all(this.sending);
  }

  async ask(item: BatchItem): ReturnType<Delivery['ask']> {
    const { client, requests, scheduler } = this.deps;
    const { signal } = scheduler;
    if (signal === null) return null;
    const answer = await requests.timed(() => client.ask(item, signal));
    return answer.ok && answer.value.body.id === item.id ? answer.value.body : null;
  }

  async application(receipt: string): ReturnType<Delivery['application']> {
    const { client, line, requests, scheduler } = this.deps;
    const { signal } = scheduler;
    // With the line known to be down a person does not wait for a time-out.
    if (signal === null || line.name === 'offline') return null;
    const answer = await requests.timed(() => client.application(receipt, signal));
    return answer.ok ? answer.value.body.application : null;
  }
}
