import type { CardHostError, CardHostRequest, CardSessionNumber } from '../../contract/card-host.ts';
import type { Result } from '../../contract/result.ts';
import { err } from '../../contract/result.ts';
import type { Clock } from '../ports.ts';
import type { HostProcess } from './host-process.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
export type HostCall = WithoutId<CardHostRequest>;
/** What the card said to a command; null to everything else. */
type HostAnswer = Result<Uint8Array | null, CardHostError>;

/** The requests to one host process. Every call ends: by the answer, by its deadline, or with the process. */
export interface HostCalls {
  call(request: HostCall, deadlineMs: number): Promise<HostAnswer>;
  /** A command APDU to the card of this session, over the line. */
  command(session: CardSessionNumber, apdu: Uint8Array, deadlineMs: number): Promise<HostAnswer>;
  /** @returns false for an answer to nothing that was asked */
  answered(id: number, answer: HostAnswer): boolean;
  /** The process is gone: everything under way ends with this. */
  fail(error: CardHostError): void;
}

/** @param onDeadline a call got no answer in time; it has been answered `timeout`, the host must go */
export function createHostCalls(host: HostProcess, clock: Clock, onDeadline: (op: string, ms: number) => void): HostCalls {
  const pending = new Map<number, { settle: (answer: HostAnswer) => void; inTime: () => void }>();
  let next = 0;
  let over: CardHostError | null = null;
  /**
   * Two halves: when this process itself stood still, or the machine slept, what the host said meanwhile is read before the second half
   * begins to count.
   */
  const after = (ms: number, late: () => void) => {
    let timer = clock.setTimeout(() => {
      timer = clock.setTimeout(late, ms / 2);
    }, ms / 2);
    return () => clock.clearTimeout(timer);
  };
  const begin = (op: string, deadlineMs: number, send: (id: number) => void): Promise<HostAnswer> => {
    if (over !== null) return Promise.resolve(err(over));
    const id = next++;
    return new Promise((resolve) => {
      const inTime = after(deadlineMs, () => {
        pending.delete(id);
        resolve(err({ code: 'timeout' }));
        onDeadline(op, deadlineMs);
      });
      pending.set(id, { settle: resolve, inTime });
      send(id);
    });
  };
  return {
    call: (request, deadlineMs) => begin(request.op, deadlineMs, (id) => host.send({ ...request, id } as CardHostRequest)),
    command: (session, apdu, deadlineMs) => begin('transmit', deadlineMs, (id) => host.command({ id, session, bytes: apdu })),
    answered(id, answer) {
      const waiting = pending.get(id);
      if (waiting === undefined) return false;
      pending.delete(id);
      waiting.inTime();
      waiting.settle(answer);
      return true;
    },
    fail(error) {
      over = error;
      for (const { settle, inTime } of pending.values()) {
        inTime();
        settle(err(error));
      }
      pending.clear();
    },
  };
}
