import { Socket } from 'node:net';
import type { CardHostMessage, ReaderEvent } from '../../../main/contract/card-host.ts';
import { LINE_FD, type LineFrame, LONGEST_COMMAND, lineFrame, lineReader } from '../../../main/contract/card-line.ts';
import { serveHost } from '../../../native/card-host/host.ts';
import { createVirtualDriver, type VirtualDriver } from './driver.ts';
import { listenForCards, type ReaderListener } from './listener.ts';

/**
 * The `virtual` card host: same protocol to the core as native/card-host, no pcscd. It listens on 127.0.0.1 for virtual cards, on the port
 * in MADOGUCHI_VIRTUAL_READER_PORT (default 35963). A port that is taken is a service that is not there; it is asked for again.
 */
const port = Number(process.env.MADOGUCHI_VIRTUAL_READER_PORT ?? 35963);
const NAME = 'Virtual reader';
const RETRY_MS = 500;
let listener: ReaderListener | null = null;
let stopped = false;

function send(message: CardHostMessage, sent: () => void = () => {}): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
  else sent();
}

/** Commands from the line to the card, and what it answers. */
function serveLine(driver: VirtualDriver): void {
  const line = new Socket({ fd: LINE_FD });
  const read = lineReader(LONGEST_COMMAND);
  const perform = async ({ id, session, bytes }: LineFrame) => {
    const answer = await driver.transmit(session, bytes);
    if (answer.ok) line.write(lineFrame({ id, session, bytes: answer.value.response }));
    else void host.unanswered(id, Promise.resolve(answer.error));
  };
  line.on('error', () => {});
  line.on('data', (piece) => {
    const frames = read(piece);
    if (frames === null) process.exit(1);
    for (const frame of frames) void perform(frame);
  });
}

const host = serveHost(
  {
    start(firstSession, readers) {
      const tell = (event: ReaderEvent) => host.tell(event);
      const driver = createVirtualDriver(firstSession, tell);
      serveLine(driver);
      const wanted = readers.length === 0 || readers.some((part) => NAME.includes(part));
      const listen = async () => {
        try {
          listener = await listenForCards(driver, NAME, port);
          tell({ type: 'service', up: true });
          tell({ type: 'readers', names: wanted ? [NAME] : [] });
        } catch {
          tell({ type: 'service', up: false, why: 'not-running' });
          if (!stopped) setTimeout(() => void listen(), RETRY_MS);
        }
      };
      void listen();
      return driver;
    },
    async stop() {
      stopped = true;
      await listener?.close();
    },
  },
  send,
  (code) => process.exit(code),
);

process.on('message', (message) => void host.receive(message));
process.on('disconnect', () => process.exit(0));
send({ type: 'hello', protocol: 2, pid: process.pid });
