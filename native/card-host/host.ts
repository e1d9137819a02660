import {
  type CardHostError,
  type CardHostMessage,
  CardHostRequest,
  type CardSessionNumber,
  type Disposition,
  type ReaderEvent,
} from '../../main/contract/card-host.ts';
import type { Result } from '../../main/contract/result.ts';
import { err, ok, unreachable } from '../../main/contract/result.ts';

/** The connections to cards, one a session. */
export interface HostCards {
  open(session: CardSessionNumber): Promise<Result<null, CardHostError>>;
  /** Never fails: what is not open is closed. */
  close(session: CardSessionNumber, disposition: Disposition): Promise<void>;
  closeAll(disposition: Disposition): Promise<void>;
  /** The service is lost: no connection is any more. @returns the command of the line that was under way; nothing will come of it */
  abandon(): number | null;
}

/** What answers the requests of the core. */
export interface HostDeps {
  /** Begins to watch; called once. */
  start(firstSession: number, readers: readonly string[]): HostCards;
  /** Ends watching. */
  stop(): Promise<void>;
}

type Send = (message: CardHostMessage, sent?: () => void) => void;

/**
 * The host's side of the protocol in main/contract/card-host.ts, whatever the driver. Every request is answered exactly once.
 * @param send to the core @param exit ends the process with this code
 */
export function serveHost(parts: HostDeps, send: Send, exit: (code: number) => void) {
  let open: HostCards | null = null;
  /** What the service must answer first: requests, and why a command has no answer. */
  const waiting = new Map<number, 'open' | 'command' | 'close'>();

  const perform = async (request: CardHostRequest): Promise<Result<null, CardHostError>> => {
    switch (request.op) {
      case 'start':
        open ??= parts.start(request.firstSession, request.readers);
        return ok(null);
      case 'open':
        return open === null ? err({ code: 'not-open' }) : open.open(request.session);
      case 'close':
        await open?.close(request.session, request.disposition);
        return ok(null);
      case 'beat':
        return ok(null);
      case 'stop':
        await open?.closeAll('unpower');
        await parts.stop();
        return ok(null);
      default:
        return unreachable(request);
    }
  };

  return {
    tell: (event: ReaderEvent) => send(event),
    /** The service is lost, and every connection with it: nobody waits for it any longer, and what still comes of it is dropped. */
    lost(): void {
      for (const [id, op] of waiting) {
        send({ type: 'reply', id, result: op === 'close' ? ok(null) : err({ code: 'service-down' }) });
      }
      waiting.clear();
      const command = open?.abandon() ?? null;
      if (command !== null) send({ type: 'reply', id: command, result: err({ code: 'service-down' }) });
    },
    /** A command of the line has no answer of the card. @param why what is found out about it */
    async unanswered(id: number, why: Promise<CardHostError>): Promise<void> {
      waiting.set(id, 'command');
      const error = await why;
      if (waiting.delete(id)) send({ type: 'reply', id, result: err(error) });
    },
    /** A message that is no request of ours comes from a core with a bug: better no host than a guess. */
    async receive(message: unknown): Promise<void> {
      const parsed = CardHostRequest.safeParse(message);
      if (!parsed.success) return exit(1);
      const { id, op } = parsed.data;
      const waits = op === 'open' || op === 'close';
      if (waits) waiting.set(id, op);
      const result = await perform(parsed.data);
      if (waits && !waiting.delete(id)) return;
      // The process may end only when the answer is out.
      send({ type: 'reply', id, result }, op === 'stop' ? () => exit(0) : undefined);
    },
  };
}
