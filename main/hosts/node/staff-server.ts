import type { IncomingMessage, ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../contract/log-events.ts';
import { createCrowd } from '../../transport/crowd.ts';
import { MAX_PAGE_FRAME, type Port } from '../../transport/port.ts';
import { systemTimers } from '../../transport/timers.ts';
import { websocketPort } from '../../transport/websocket.ts';
import type { PageFiles } from '../page/page-files.ts';
import { pageHeaders } from '../page/page-policy.ts';
import { createCrowdedServer } from './http-crowd.ts';
import { listenOnLoopback } from './listen.ts';

/** The WebSocket's subprotocol. */
export const STAFF_SUBPROTOCOL = 'madoguchi-staff.1';
/** Windows at one time. The core bounds those of one key; one without a known key makes room for whoever comes. */
const MAX_DEVICES = 24;
const MAX_CONNECTIONS = 64;

export interface StaffServerOptions {
  readonly files: PageFiles;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
  /** @param know to be called when the page has shown a key that the core knows */
  readonly onPage: (port: Port, know: () => void) => void;
}

/**
 * Serves the staff's page and the WebSocket `/staff-port` on 127.0.0.1. The page itself is no secret and holds nothing of the kiosk: what
 * opens it is the device's key, which travels in the first message of the WebSocket and nowhere else (never in an address that a server
 * or a log sees). Every request must carry our exact Host, every WebSocket our exact Origin too.
 * @throws when the port cannot be had
 */
export async function serveStaffPage({ files, port, log, onPage }: StaffServerOptions) {
  const { server, crowd } = createCrowdedServer(MAX_CONNECTIONS, systemTimers);
  const devices = createCrowd<WebSocket>({ most: MAX_DEVICES, timers: systemTimers, drop: (page) => page.terminate() });
  const host = `127.0.0.1:${await listenOnLoopback(server, port)}`;
  const origin = `http://${host}`;
  const headers = pageHeaders([`ws://${host}`]);

  server.on('request', (request, response) => answer(request, response, { files, headers, host, log }));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAGE_FRAME,
    perMessageDeflate: false,
    handleProtocols: () => STAFF_SUBPROTOCOL,
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    const reason = whyNot(request, host, origin);
    if (reason !== null) {
      log('host.refused', { reason: `staff.${reason}` });
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      page.once('close', () => devices.leave(page));
      onPage(websocketPort(page), () => {
        crowd.know(socket);
        devices.know(page);
      });
      devices.enter(page);
    });
  });
  return {
    origin,
    close: () =>
      new Promise<void>((resolve) => {
        for (const page of sockets.clients) page.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @returns why this WebSocket is refused, or null */
function whyNot(request: IncomingMessage, host: string, origin: string): string | null {
  if (request.headers.host !== host) return 'host';
  if (request.headers.origin !== origin) return 'origin';
  if (request.url !== '/staff-port') return 'path';
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.includes(STAFF_SUBPROTOCOL) ? null : 'protocol';
}

interface Site {
  readonly files: PageFiles;
  readonly headers: Record<string, string>;
  readonly host: string;
  readonly log: Log;
}

function answer(request: IncomingMessage, response: ServerResponse, { files, headers, host, log }: Site): void {
  const finish = (status: number, type?: string, body: string | Buffer = '') => {
    response.writeHead(status, { ...headers, ...(type === undefined ? {} : { 'Content-Type': type }) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.headers.host !== host) {
    log('host.refused', { reason: 'staff.host' });
    finish(403);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    finish(405);
    return;
  }
  const file = files.get(request.url ?? '');
  if (file === undefined) finish(404);
  else finish(200, file.type, file.body);
}
