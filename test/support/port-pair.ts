import { createListeners } from '../../main/contract/listeners.ts';
import type { Port } from '../../main/transport/message-port.ts';

/** One end of an in-memory connection, with a tap to hold what is sent to it. */
export interface PairedPort extends Port {
  /** While held, this end receives nothing and the other end's `send` says false. */
  hold(held: boolean): void;
}

/** Two Ports joined in memory: for tests. Delivery is asynchronous, as on any real transport. */
export function portPair(): [PairedPort, PairedPort] {
  const a = createEnd();
  const b = createEnd();
  a.join(b);
  b.join(a);
  return [a.port, b.port];
}

interface End {
  readonly port: PairedPort;
  receive(text: string): boolean;
  end(): void;
  drained(): void;
  join(peer: End): void;
}

function createEnd(): End {
  const message = createListeners<[string]>();
  const drain = createListeners<[]>();
  const closed = createListeners<[]>();
  const inbox: string[] = [];
  let open = true;
  let held = false;
  let other: End | undefined;

  const deliver = () => {
    while (open && !held) {
      const text = inbox.shift();
      if (text === undefined) return;
      message.emit(text);
    }
  };
  const receive = (text: string): boolean => {
    inbox.push(text);
    queueMicrotask(deliver);
    return !held;
  };
  const end = () => {
    if (!open) return;
    open = false;
    inbox.length = 0;
    closed.emit();
  };

  const port: PairedPort = {
    send: (text) => (open && other !== undefined ? other.receive(text) : true),
    onMessage: message.add,
    onClose: closed.add,
    onDrain: drain.add,
    close() {
      end();
      queueMicrotask(() => other?.end());
    },
    hold(next) {
      held = next;
      if (held) return;
      deliver();
      other?.drained();
    },
  };
  return {
    port,
    receive,
    end,
    drained: () => drain.emit(),
    join: (peer: End) => {
      other = peer;
    },
  };
}
