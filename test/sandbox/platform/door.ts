import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The listening socket, which can be closed and opened again on the same port. */
export interface Door {
  readonly port: number;
  readonly open: boolean;
  /** From now on connections are refused; those there are break off. */
  shut(): void;
  /** Listens again. */
  reopen(): Promise<void>;
}

/** @param server listens already */
export function createDoor(server: Server, host: string): Door {
  const { port } = server.address() as AddressInfo;
  let closing: Promise<unknown> = Promise.resolve();
  return {
    port,
    get open() {
      return server.listening;
    },
    shut: () => {
      if (!server.listening) return;
      closing = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
    },
    reopen: async () => {
      await closing;
      if (server.listening) return;
      server.listen({ port, host });
      await once(server, 'listening');
    },
  };
}
