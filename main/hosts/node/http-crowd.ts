import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Crowd, createCrowd } from '../../transport/crowd.ts';
import type { Timers } from '../../transport/timers.ts';

/**
 * An HTTP server for loopback with at most `most` connections. One that neither asks for anything nor is known is closed after five
 * seconds, a request that is never finished too; and it makes room when others come.
 */
export function createCrowdedServer(most: number, timers: Timers): { server: Server; crowd: Crowd<Duplex> } {
  const server = createServer({
    maxHeaderSize: 8192,
    requestTimeout: 5000,
    headersTimeout: 5000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 1000,
  });
  const crowd = createCrowd<Duplex>({ most, timers, drop: (socket) => socket.destroy() });
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => crowd.leave(socket));
    crowd.enter(socket);
  });
  server.on('request', ({ socket }, response) => {
    crowd.stay(socket);
    response.once('finish', () => crowd.stay(socket));
  });
  return { server, crowd };
}
