import { type CardHostError, type CardHostMessage, CardHostRequest, type ReaderEvent } from '../../main/contract/card-host.ts';
import type { Result } from '../../main/contract/result.ts';
import { err, ok, unreachable } from '../../main/contract/result.ts';
import type { OpenCards } from './open-cards.ts';

/** What answers the requests of the core. */
export interface HostParts {
  /** Begins to watch; called once. */
  start(firstSession: number, readers: readonly string[]): OpenCards;
  /** Ends watching. */
  stop(): Promise<void>;
}

type Value = { response?: Uint8Array };

type Send = (message: CardHostMessage, sent?: () => void) => void;

/**
 * The host's side of the protocol in main/contract/card-host.ts, whatever the driver. Every request is answered exactly once.
 * @param send to the core @param exit ends the process with this code
 */
export function serveHost(parts: HostParts, send: Send, exit: (code: number) => void) {
  let open: OpenCards | null = null;
  /** Requests that the service must answer first. */
  const waiting = new Map<number, 'open' | 'transmit' | 'close'>();

  const perform = async (request: CardHostRequest): Promise<Result<Value, CardHostError>> => {
    switch (request.op) {
      case 'start':
        open ??= parts.start(request.firstSession, request.readers);
        return ok({});
      case 'open':
        return open === null ? err({ code: 'not-open' }) : open.open(request.session);
      case 'transmit':
        return open === null ? err({ code: 'not-open' }) : open.transmit(request.session, request.apdu);
      case 'close':
        await open?.close(request.session, request.disposition);
        return ok({});
      case 'beat':
        return ok({});
      case 'stop':
        await open?.closeAll('unpower');
        await parts.stop();
        return ok({});
      default:
        return unreachable(request);
    }
  };

  return {
    tell: (event: ReaderEvent) => send(event),
    /** The service is lost, and every connection with it: nobody waits for it any longer, and what still comes of it is dropped. */
    lost(): void {
      for (const [id, op] of waiting) {
        send({ type: 'reply', id, result: op === 'close' ? ok({}) : err({ code: 'service-down' }) });
      }
      waiting.clear();
      open?.abandon();
    },
    /** A message that is no request of ours comes from a core with a bug: better no host than a guess. */
    async receive(message: unknown): Promise<void> {
      const parsed = CardHostRequest.safeParse(message);
      if (!parsed.success) return exit(1);
      const { id, op } = parsed.data;
      const waits = op === 'open' || op === 'transmit' || op === 'close';
      if (waits) waiting.set(id, op);
      const result = await perform(parsed.data);
      if (waits && !waiting.delete(id)) {
        if (result.ok) result.value.response?.fill(0);
        return;
      }
      // The process may end only when the answer is out.
      send({ type: 'reply', id, result }, op === 'stop' ? () => exit(0) : undefined);
    },
  };
}
