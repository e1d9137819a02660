import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between kiosk and platform as a TCP relay that can be cut. */
export interface Line {
  /** Where the kiosk thinks the platform is. */
  readonly url: string;
  readonly up: boolean;
  /** Refuses new connections' data and drops the running ones, without a goodbye. */
  cut(): void;
  mend(): void;
  /** Drops running connections once, for an answer that is lost on the way. */
  drop(): void;
  close(): Promise<void>;
}

/** @param target the platform's address, `http://127.0.0.1:PORT` */
export async function startLine(target: string, port = 0): Promise<Line> {
  const { hostname, port: targetPort } = new URL(target);
  const pairs = new Set<Socket>();
  let up = true;
  const server = createServer((near) => {
    if (!up) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(targetPort), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      pairs.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        pairs.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const drop = () => {
    for (const socket of pairs) socket.resetAndDestroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get up() {
      return up;
    },
    cut() {
      up = false;
      drop();
    },
    mend() {
      up = true;
    },
    drop,
    async close() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
