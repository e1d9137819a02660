import type { Server } from 'node:http';

/** Listens on 127.0.0.1 only. @param port 0: any free one @returns the port @throws when it cannot be had */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address !== 'string') resolve(address.port);
    });
  });
}
