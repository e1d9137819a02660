import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP relay to the platform that shows each piece of an answer before it is passed on. */
export interface TappedLine {
  readonly url: string;
  /** Called with what the platform sent. @returns whether the kiosk gets it */
  onAnswer: (piece: Buffer) => boolean;
  close(): Promise<void>;
}

/** @param target `http://127.0.0.1:PORT` */
export async function startTappedLine(target: string): Promise<TappedLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    near.on('data', (piece) => far.write(piece));
    far.on('data', (piece) => {
      if (line.onAnswer(piece)) near.write(piece);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: TappedLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onAnswer: () => true,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}
