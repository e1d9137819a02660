import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { VirtualCard } from './card.ts';
import { encodeFrame, frameReader, type ReaderMessage, readerMessage } from './frames.ts';
import { type CardLog, type LogEntry, maskCommand } from './log.ts';

export type RemovedBy = Extract<LogEntry, { event: 'remove' }>['by'];

/** A card that lies on a reader. */
export interface InsertedCard {
  /** Takes the card off; resolves when the reader has been told. Taking off what is gone is no error. */
  remove(): Promise<void>;
  /** Resolves when the card is off the reader, whoever did it. */
  readonly gone: Promise<void>;
  /** Null while the card lies on the reader. */
  readonly removedBy: RemovedBy | null;
  /** Commands the card has seen since it was laid on. */
  readonly apdus: number;
}

export interface InsertOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 35963, the first virtual reader. */
  readonly port?: number;
  readonly log?: CardLog;
  readonly now?: () => Date;
}

async function connect(host: string, port: number): Promise<Socket> {
  const socket = createConnection({ host, port, noDelay: true });
  await once(socket, 'connect');
  return socket;
}

/**
 * Lays a card on a virtual reader: connects to it as a client of the vpcd protocol.
 * @throws the connection's error (for example ECONNREFUSED) when no reader listens there
 */
export async function insertCard(card: VirtualCard, options: InsertOptions = {}): Promise<InsertedCard> {
  const { host = '127.0.0.1', port = 35963, log = () => {}, now = () => new Date() } = options;
  const socket = await connect(host, port);
  const stamp = () => ({ at: now().toISOString(), card: card.name });
  let removedBy: RemovedBy | null = null;
  let apdus = 0;
  let underWay: string | null = null;
  log({ event: 'insert', ...stamp(), reader: `${host}:${port}` });

  /** A command that the removal cut short is logged before the removal, and only once. */
  const logCommand = (reply: Uint8Array | null): void => {
    if (underWay === null) return;
    const answered = reply !== null && reply.length >= 2;
    const sw = answered ? Buffer.from(reply.subarray(-2)).toString('hex').toUpperCase() : null;
    log({ event: 'apdu', ...stamp(), n: apdus, command: underWay, sw, bytes: answered ? reply.length - 2 : 0 });
    underWay = null;
  };

  const takeOff = (by: RemovedBy): void => {
    if (removedBy !== null) return;
    removedBy = by;
    card.power('off');
    logCommand(null);
    log({ event: 'remove', ...stamp(), by });
    socket.destroy();
  };

  const transmit = async (apdu: Uint8Array): Promise<void> => {
    apdus += 1;
    underWay = maskCommand(apdu);
    const reply = await card.transmit(apdu);
    logCommand(reply === 'leave' ? null : reply);
    if (reply === 'leave') takeOff('left');
    else if (removedBy === null) socket.write(encodeFrame(reply));
  };

  const handle = async (message: ReaderMessage): Promise<void> => {
    if (removedBy !== null) return;
    if (message.type === 'apdu') return transmit(message.apdu);
    if (message.type === 'atr') {
      socket.write(encodeFrame(card.atr));
      return;
    }
    card.power(message.event);
    log({ event: 'power', ...stamp(), power: message.event });
  };

  const read = frameReader();
  let queue: Promise<void> = Promise.resolve();
  socket.on('data', (piece) => {
    for (const payload of read(Buffer.from(piece))) {
      const message = readerMessage(payload);
      if (message !== null) queue = queue.then(() => handle(message));
    }
  });
  socket.on('error', () => takeOff('reader'));
  socket.on('end', () => takeOff('reader'));
  const gone = new Promise<void>((resolve) => {
    socket.on('close', () => {
      takeOff('reader');
      resolve();
    });
  });

  return {
    remove: () => {
      takeOff('removed');
      return gone;
    },
    gone,
    get removedBy() {
      return removedBy;
    },
    get apdus() {
      return apdus;
    },
  };
}
