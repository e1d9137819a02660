import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { encodeFrame, frameReader } from '../virtual-card/frames.ts';
import type { VirtualDriver } from './driver.ts';
import type { SlotCard } from './slot-card.ts';

/** A virtual reader on the vpcd protocol: a card is a client that connects; the second one waits until the first has gone. */
export interface ReaderListener {
  readonly port: number;
  close(): Promise<void>;
}

const control = { off: 0, on: 1, reset: 2, atr: 4 } as const;
/** A card that has not answered to reset by then is mute. */
const ATR_MS = 1000;

/** The card at the other end of a socket. Answers come in the order of the questions. */
function remoteCard(socket: Socket, read: (piece: Uint8Array) => Uint8Array[]) {
  const waiting: ((reply: Uint8Array | null) => void)[] = [];
  let there = true;
  socket.on('data', (piece) => {
    for (const payload of read(Buffer.from(piece))) waiting.shift()?.(payload);
  });
  const gone = new Promise<void>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => {
      there = false;
      for (const settle of waiting.splice(0)) settle(null);
      resolve();
    });
  });
  const ask = (payload: Uint8Array): Promise<Uint8Array | null> => {
    if (!there) return Promise.resolve(null);
    const answer = new Promise<Uint8Array | null>((resolve) => waiting.push(resolve));
    socket.write(encodeFrame(payload));
    return answer;
  };
  const power = (event: 'on' | 'off' | 'reset') => {
    if (there) socket.write(encodeFrame(Uint8Array.of(control[event])));
  };
  return { ask, power, gone };
}

/** @param port 0: any free one @throws when the port cannot be had */
export async function listenForCards(driver: VirtualDriver, name: string, port: number): Promise<ReaderListener> {
  let turn: Promise<void> = Promise.resolve();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const { ask, power, gone } = remoteCard(socket, frameReader());
    const lie = async () => {
      power('on');
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), ATR_MS);
      });
      const atr = await Promise.race([ask(Uint8Array.of(control.atr)), late]);
      clearTimeout(timer);
      if (socket.destroyed) return;
      const card: SlotCard = { answersToReset: atr !== null && atr.length > 0, power, transmit: ask };
      driver.put(name, card);
      await gone;
      driver.take(name);
    };
    turn = turn.then(lie);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
