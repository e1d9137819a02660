import type { CardHostMessage, ReaderEvent } from '../../main/contract/card-host.ts';
import { createCards } from './cards.ts';
import { serveHost } from './host.ts';
import { createOpenCards } from './open-cards.ts';
import { watch } from './watch.ts';

/**
 * The card host on PC/SC: a child process of the core that owns every bit of reader state (DESIGN section 2). It talks over Node's IPC
 * channel, writes no file and prints nothing, and ends when the core does.
 */
const stopping = new AbortController();
let watching: Promise<void> = Promise.resolve();

function send(message: CardHostMessage, sent: () => void = () => {}): void {
  // A closed channel means that the core is gone; so are we in a moment.
  if (process.connected) process.send?.(message, undefined, undefined, sent);
  else sent();
}

const host = serveHost(
  {
    start(firstSession, readers) {
      const cards = createCards(firstSession);
      const tell = (event: ReaderEvent) => host.tell(event);
      watching = watch({ cards, wanted: readers, tell, lost: () => host.lost(), signal: stopping.signal });
      watching.catch(() => process.exit(1));
      return createOpenCards(cards);
    },
    async stop() {
      stopping.abort();
      await watching;
    },
  },
  send,
  (code) => process.exit(code),
);

process.on('message', (message) => void host.receive(message));
process.on('disconnect', () => process.exit(0));
send({ type: 'hello', protocol: 1, pid: process.pid });
