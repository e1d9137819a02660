import type { IncomingMessage, ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../contract/log-events.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { createCrowd } from '../../transport/crowd.ts';
import { MAX_PAGE_FRAME, type Port } from '../../transport/message-port.ts';
import { systemTimers } from '../../transport/timers.ts';
import { websocketPort } from '../../transport/websocket.ts';
import type { PageFiles } from '../page/page-files.ts';
import { pageHeaders } from '../page/page-policy.ts';
import { createPasscodeCheck, MAX_TOKEN, onToken, type PasscodeCheck } from './access.ts';
import { answerAnew, createDepartures } from './anew.ts';
import { GATE_HTML, GATE_SCRIPT } from './gate-page.ts';
import { createCrowdedServer } from './http-crowd.ts';
import { listenOnLoopback } from './listen.ts';

/** The WebSocket's subprotocol; beside it the client lists `half.<half>` or `token.<token>` (access.ts). */
const SUBPROTOCOL = 'madoguchi.1';
/** Pages at one time: the kiosk's own, a second screen, and some that are just being reloaded. One that never says anything makes room. */
const MAX_PAGES = 8;
const MAX_CONNECTIONS = 128;
const LASTING: ReadonlySet<string> = new Set(['serviceworker', 'sharedworker']);

export interface PageServerOptions {
  readonly files: PageFiles;
  /** 0: any free port. */
  readonly port: number;
  readonly random: (bytes: number) => Uint8Array;
  readonly log: Log;
  readonly onPage: (port: Port) => void;
  /** What is on the screen now. */
  readonly snapshot: () => Snapshot;
  /** A browser has spent its token. */
  readonly onEntered: () => void;
  /** A page of an ended visit is cut off, and does not go. */
  readonly onStayed: () => void;
}

export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The address to open, with a token in its fragment: good for one browser (access.ts). A secret. */
  readonly url: string;
  /** Another one. */
  newUrl(): string;
  /** Every page that a browser shows is cut off and has to become a new document. */
  endVisit(): void;
  close(): Promise<void>;
}

/**
 * Serves the page and the WebSocket `/port` on 127.0.0.1, to the bearer of this launch's token only, and to the browser that traded it (see access.ts).
 * Every request must carry our exact Host (no DNS rebinding); what changes something or talks to the core, our exact Origin too.
 * @throws when the port cannot be had
 */
export async function servePages(options: PageServerOptions): Promise<PageServer> {
  const { files, random, log, onPage, onEntered } = options;
  const { server, crowd } = createCrowdedServer(MAX_CONNECTIONS, systemTimers);
  /** Pages that have not said anything yet. */
  const pages = createCrowd<WebSocket>({ most: MAX_PAGES, timers: systemTimers, drop: (page) => page.terminate() });
  const port = await listenOnLoopback(server, options.port);
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const access = createPasscodeCheck(random, port);
  // A window that a page opens is parted from it at once: what is told to the one is not the other's to read.
  const headers = { ...pageHeaders([`ws://${host}`]), 'Cross-Origin-Opener-Policy': 'noopener-allow-popups' };
  const departures = createDepartures(access.pass, systemTimers, options.onStayed);
  /** Pages of this visit that came with the half: documents of a browser. */
  const documents = new Set<WebSocket>();
  const newUrl = () => `${origin}/enter#token=${access.issue()}`;

  server.on('request', (request, response) => {
    answer({ request, response, files, access, headers, host, origin, log, snapshot: options.snapshot, onEntered });
  });

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAGE_FRAME,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    const claim = claimOf(request, host, origin, access);
    if ('refused' in claim) {
      log('host.refused', { reason: claim.refused });
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    crowd.know(socket);
    sockets.handleUpgrade(request, socket, head, (page) => {
      if (claim.by === 'ended') {
        page.on('error', () => {});
        departures.send(page);
        return;
      }
      if (claim.by === 'half') documents.add(page);
      page.once('message', () => pages.know(page));
      page.once('close', () => {
        pages.leave(page);
        documents.delete(page);
      });
      onPage(websocketPort(page));
      pages.enter(page);
    });
  });

  return {
    origin,
    url: newUrl(),
    newUrl,
    endVisit() {
      access.pass.end();
      for (const page of documents) departures.send(page);
      documents.clear();
    },
    close: () =>
      new Promise((resolve) => {
        departures.stop();
        for (const page of sockets.clients) page.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Claim = { readonly refused: string } | { readonly by: 'token' | 'half' | 'ended' };

/** @returns what this WebSocket comes with (`ended`: the half of an ended visit), or why it is refused */
function claimOf(request: IncomingMessage, host: string, origin: string, access: PasscodeCheck): Claim {
  if (request.headers.host !== host) return { refused: 'host' };
  if (request.headers.origin !== origin) return { refused: 'origin' };
  if (request.url !== '/port') return { refused: 'path' };
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const given = (prefix: string) =>
    offered.find((name) => name.startsWith(prefix))?.slice(prefix.length, prefix.length + MAX_TOKEN) ?? '';
  if (!offered.includes(SUBPROTOCOL)) return { refused: 'token' };
  if (access.tokenFits(given('token.'))) return { by: 'token' };
  const half = access.cookieFits(request.headers.cookie) ? access.pass.judge(given('half.')) : null;
  if (half === null) return { refused: 'token' };
  return { by: half === 'now' ? 'half' : 'ended' };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly files: PageFiles;
  readonly access: PasscodeCheck;
  readonly headers: Record<string, string>;
  readonly host: string;
  readonly origin: string;
  readonly log: Log;
  readonly snapshot: () => Snapshot;
  readonly onEntered: () => void;
}

function answer(exchange: Exchange): void {
  const { request, response, files, access, headers, host, log } = exchange;
  const finish = (status: number, type?: string, body: string | Buffer = '') => {
    response.writeHead(status, { ...headers, ...(type === undefined ? {} : { 'Content-Type': type }) });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (request.headers.host !== host) {
    log('host.refused', { reason: 'host' });
    finish(403);
    return;
  }
  if (request.url === '/enter' && request.method === 'POST') {
    enter(exchange, finish);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    finish(405);
    return;
  }
  const path = request.url ?? '';
  // Scripts that outlive their page, or are shared by several: none of ours is one.
  if (LASTING.has(String(request.headers['sec-fetch-dest']))) {
    log('host.refused', { reason: 'worker' });
    finish(403);
    return;
  }
  if (path === '/gate.js') {
    finish(200, 'text/javascript; charset=utf-8', GATE_SCRIPT);
    return;
  }
  if (path === '/enter') {
    finish(200, 'text/html; charset=utf-8', GATE_HTML);
    return;
  }
  if (access.cookieFits(request.headers.cookie)) {
    const anew = answerAnew(request, access.pass, files, exchange.snapshot());
    if (anew === 'refused') {
      log('host.refused', { reason: 'anew' });
      finish(403, 'text/html; charset=utf-8', GATE_HTML);
      return;
    }
    if (anew !== null) {
      response.writeHead(anew.status, { ...headers, ...anew.headers });
      response.end(anew.body);
      return;
    }
    const file = files.get(path);
    if (file === undefined) finish(404);
    else finish(200, file.type, file.body);
    return;
  }
  if (path === '/') finish(401, 'text/html; charset=utf-8', GATE_HTML);
  else finish(403);
}

/** `POST /enter`, body: a token. 200 with the page's half, and the cookie; or 403. */
function enter({ request, response, access, headers, origin, log, onEntered }: Exchange, finish: (status: number) => void): void {
  if (request.headers.origin !== origin) {
    log('host.refused', { reason: 'origin' });
    finish(403);
    return;
  }
  onToken(request, (body) => {
    const half = access.spend(body);
    if (half === null) {
      log('host.refused', { reason: 'token' });
      finish(403);
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Set-Cookie': access.setCookie });
    response.end(half);
    onEntered();
  });
}
