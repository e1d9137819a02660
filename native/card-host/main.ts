import type { CardHostMessage, ReaderEvent } from '../../main/contract/card-host.ts';
import { LINE_FD } from '../../main/contract/card-line.ts';
import { type LineTrouble, openLine } from '../pcsc/index.ts';
import { Cards } from './cards.ts';
import { serveHost } from './host.ts';
import { OpenCards } from './open-cards.ts';
import { watch } from './watch.ts';

/**
 * The card host on PC/SC: a child process of the core that owns every bit of reader state (DESIGN.md, Shape). It talks over
 * Node's IPC
 * channel, and carries commands from the core's line to the card without looking at them. It writes no file, prints nothing, and ends
 * when the core does.
 */
const stopping = new AbortController();
let watching: Promise<void> = Promise.resolve();
let open: OpenCards | null = null;

function send(message: CardHostMessage, sent: () => void = () => {}): void {
  // A closed channel means that the core is gone; so are we in a moment.
  if (process.connected) process.send?.(message, undefined, undefined, sent);
  else sent();
}

function onTrouble(trouble: LineTrouble): void {
  // A core that sends no frames of ours has a bug, and one that closed the line is gone: better no host than a guess.
  if (trouble.what === 'broken' || trouble.what === 'ended') process.exit(trouble.what === 'ended' ? 0 : 1);
  if (open !== null) void host.unanswered(trouble.id, open.whyNot(trouble));
}

const host = serveHost(
  {
    start(firstSession, readers) {
      const cards = new Cards(firstSession);
      const tell = (event: ReaderEvent) => host.tell(event);
      watching = watch({ cards, wanted: readers, tell, lost: () => host.lost(), signal: stopping.signal });
      watching.catch(() => process.exit(1));
      open = new OpenCards(cards, openLine(LINE_FD, onTrouble));
      return open;
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
send({ type: 'hello', protocol: 2, pid: process.pid });
