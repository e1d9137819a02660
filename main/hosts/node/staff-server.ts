import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../contract/log-events.ts';
import type { CoreStaffMessage } from '../../contract/staff.ts';
import { createCrowd } from '../../transport/crowd.ts';
import { MAX_PAGE_FRAME, type Port } from '../../transport/message-port.ts';
import { systemTimers } from '../../transport/timers.ts';
import { websocketPort } from '../../transport/websocket.ts';
import type { PageFiles } from '../page/page-files.ts';
import { pageHeaders } from '../page/page-policy.ts';
import { onToken } from './access.ts';
import { createCrowdedServer } from './http-crowd.ts';
import { listenOnLoopback } from './listen.ts';
import { joinKey, splitKey } from './staff-pass.ts';

/** The WebSocket's subprotocol. */
const STAFF_SUBPROTOCOL = 'madoguchi-staff.1';
/** Windows at one time. The core bounds those of one key; one without a known key makes room for whoever comes. */
const MAX_DEVICES = 24;
const MAX_CONNECTIONS = 64;

export interface StaffServerOptions {
  readonly files: PageFiles;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
  readonly onPage: (port: Port, device: StaffDevice) => void;
}

/** Who has connected. */
interface StaffDevice {
  /** Its key, from the browser's cookie and the page's half; null: it came without. */
  readonly key: string | null;
  /** To be called when the core knows the key. */
  know(): void;
}

/**
 * Serves the staff's page and the WebSocket `/staff-port` on 127.0.0.1. The page itself is no secret and holds nothing of the kiosk: what
 * opens it is the device's key, which is entered once (`POST /enter`) and is in no address and no file from then on (staff-pass.ts). Every request must carry our exact Host, every WebSocket our exact Origin too.
 * @throws when the port cannot be had
 */
export async function serveStaffPage({ files, port, log, onPage }: StaffServerOptions) {
  const { server, crowd } = createCrowdedServer(MAX_CONNECTIONS, systemTimers);
  const devices = createCrowd<WebSocket>({ most: MAX_DEVICES, timers: systemTimers, drop: (page) => page.terminate() });
  const at = await listenOnLoopback(server, port);
  const host = `127.0.0.1:${at}`;
  const cookie = `madoguchi-staff-${at}`;
  const origin = `http://${host}`;
  const headers = pageHeaders([`ws://${host}`]);

  server.on('request', (request, response) => answer(request, response, { files, headers, host, origin, cookie, log }));
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
      const half = halfOf(request);
      const key = half === null ? null : joinKey({ page: half, cookie: cookieOf(request, cookie) });
      // A browser that was closed in between has lost the cookie.
      if (half !== null && key === null) page.send(NO_KEY);
      onPage(websocketPort(page), {
        key,
        know() {
          crowd.know(socket);
          devices.know(page);
        },
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

const NO_KEY = JSON.stringify({ type: 'refused', code: 'no-key' } satisfies CoreStaffMessage);

/** The page's half, from the subprotocols; null: it lists none. */
function halfOf(request: IncomingMessage): string | null {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name.startsWith('half.'))?.slice('half.'.length) ?? null;
}

function cookieOf(request: IncomingMessage, wanted: string): string {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === wanted && value !== undefined) return value;
  }
  return '';
}

interface Site {
  readonly files: PageFiles;
  readonly headers: Record<string, string>;
  readonly host: string;
  readonly origin: string;
  /** The cookie's name: browsers do not keep ports apart. */
  readonly cookie: string;
  readonly log: Log;
}

function answer(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const { files, headers, host, log } = site;
  const finish = (status: number, type?: string, body: string | Buffer = '') => {
    response.writeHead(status, { ...headers, ...(type === undefined ? {} : { 'Content-Type': type }) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.headers.host !== host) {
    log('host.refused', { reason: 'staff.host' });
    finish(403);
    return;
  }
  if (request.url === '/enter' && request.method === 'POST') {
    enter(request, response, site);
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

/** `POST /enter`, body: the key. 200 with the page's half, and the cookie's; 403 for what is no key. Whether it is one of ours the core says. */
function enter(request: IncomingMessage, response: ServerResponse, { headers, origin, cookie, log }: Site): void {
  onToken(request, (body) => {
    const halves = request.headers.origin === origin ? splitKey(body, randomBytes) : null;
    if (halves === null) {
      log('host.refused', { reason: 'staff.enter' });
      response.writeHead(403, headers);
      response.end();
      return;
    }
    const set = `${cookie}=${halves.cookie}; Path=/staff-port; HttpOnly; SameSite=Strict`;
    response.writeHead(200, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Set-Cookie': set });
    response.end(halves.page);
  });
}
