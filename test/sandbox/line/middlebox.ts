import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompress, deflate, deflateRaw, gzip, zstdCompress } from 'node:zlib';

export const CODINGS = ['gzip', 'deflate', 'raw-deflate', 'br', 'zstd'] as const;
export type Coding = (typeof CODINGS)[number];

/** What stands between a kiosk and the platform, and what it does to what passes. */
export type Meddling =
  | { readonly type: 'none' }
  /** Answers by itself, with a page. `only`: to that method, the rest passes. */
  | { readonly type: 'gateway'; readonly status: number; readonly only?: 'GET' | 'POST'; readonly retryAfter?: string }
  /** Wants somebody to agree to its terms first. */
  | { readonly type: 'portal'; readonly how: 'page' | 'redirect' }
  | { readonly type: 'compress'; readonly coding: Coding }
  | { readonly type: 'change-status'; readonly status: number }
  /** A word of the answer becomes another one, as a filter of words does. */
  | { readonly type: 'change-body' }
  /** Repeats the first answer that it saw to such a request. */
  | { readonly type: 'replay' }
  /** Passes only the headers that it knows. */
  | { readonly type: 'strip-headers' }
  /** Ends in the middle of the answer as if that were all. */
  | { readonly type: 'cut-answer' };

export interface Middlebox {
  /** Where the kiosk thinks the platform is. */
  readonly url: string;
  set(meddling: Meddling): void;
  /** Requests so far. */
  readonly requests: number;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const encoders: Record<Coding, (body: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gzip),
  deflate: promisify(deflate),
  'raw-deflate': promisify(deflateRaw),
  br: promisify(brotliCompress),
  zstd: promisify(zstdCompress),
};
const KNOWN = new Set(['host', 'date', 'content-type', 'content-length', 'connection', 'accept-encoding', 'retry-after']);
const onlyKnown = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => KNOWN.has(name)));
const html = (status: number, text: string, headers: IncomingHttpHeaders = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', date: new Date().toUTCString(), ...headers },
  body: Buffer.from(`<!doctype html><title>${text}</title><h1>${text}</h1>`),
});

/** A proxy that understands HTTP. @param target `http://127.0.0.1:PORT` */
export async function startMiddlebox(target: string): Promise<Middlebox> {
  const seen = new Map<string, Answer>();
  let meddling: Meddling = { type: 'none' };
  let requests = 0;
  const handle = async (asked: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    const does = meddling;
    const body = Buffer.concat(await asked.toArray());
    const own = ownAnswer(does, asked.method ?? '');
    if (own !== null) return send(response, own);
    const key = `${asked.method} ${asked.url}`;
    const headers =
      does.type === 'strip-headers' ? { ...onlyKnown(asked.headers), 'x-kiosk-id': asked.headers['x-kiosk-id'] } : asked.headers;
    const answer = await forward(target, asked, headers, body);
    const first = seen.get(key) ?? answer;
    seen.set(key, first);
    return send(response, does.type === 'replay' ? first : await meddled(does, answer));
  };
  const server = createServer((asked, response) => {
    handle(asked, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      meddling = next;
    },
    get requests() {
      return requests;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What it says without asking anybody; null: it asks. */
function ownAnswer(does: Meddling, method: string): Answer | null {
  switch (does.type) {
    case 'gateway':
      if (does.only !== undefined && does.only !== method) return null;
      return html(does.status, 'Gateway', does.retryAfter === undefined ? {} : { 'retry-after': does.retryAfter });
    case 'portal':
      if (does.how === 'page') return html(200, 'Welcome to our network');
      return html(302, 'Found', { location: 'http://127.0.0.1:9/welcome' });
    default:
      return null;
  }
}

async function meddled(does: Meddling, answer: Answer): Promise<Answer> {
  const { status, headers, body } = answer;
  switch (does.type) {
    case 'compress': {
      const coding = does.coding === 'raw-deflate' ? 'deflate' : does.coding;
      return { status, headers: { ...headers, 'content-encoding': coding }, body: await encoders[does.coding](body) };
    }
    case 'change-status':
      return { ...answer, status: does.status };
    case 'change-body':
      return {
        ...answer,
        body: Buffer.from(body.toString().replace(/accepted|false|:/, (word) => (word === ':' ? ' :' : 'refused'))),
      };
    case 'strip-headers':
      return { ...answer, headers: onlyKnown(headers) };
    case 'cut-answer':
      return { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) };
    default:
      return answer;
  }
}

async function forward(target: string, asked: IncomingMessage, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  const onward = request(new URL(asked.url ?? '/', target), { method: asked.method, headers, agent: false });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(await answer.toArray()) };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length });
  response.end(body);
}
