import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Timers } from '../../transport/timers.ts';
import type { PageFiles } from '../page/page-files.ts';
import type { VisitPass } from './visit-pass.ts';

/** Close code of a WebSocket whose visit is over; the reason is a ticket (visit-pass.ts, renderer/connection/websocket-channel.ts). */
const VISIT_OVER = 4001;
/** So long a page may take to load itself anew, ms: on a busy machine ten times what it needs. */
const STAYS_MS = 10_000;
const MAX_WATCHED = 32;

/** Only a browser's own navigation of a whole tab: what a script asks for has other headers, which it cannot change (Fetch Metadata). */
function isNavigation({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Not "cookies": one of them opens the page. Not "cache": nothing may be stored there. */
const CLEARED = { 'Clear-Site-Data': '"storage"' };

/** Every screen is set in it; without it a new document would have no letters for a moment. */
const SCREEN_FONT = /\/biz-udpgothic-[^/]+\.woff2$/;

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * The steps by which a page of an ended visit becomes a new document. The first one's policy for openers differs from the page's: so the
 * browser parts the new document from every window of the old one, and gives it another process where it has one.
 * @returns null: another path; `refused`: no navigation, or no good ticket
 */
export function answerAnew(
  request: IncomingMessage,
  pass: VisitPass,
  files: PageFiles,
  now: Snapshot,
): Answer | 'refused' | null {
  const [path, ticket = ''] = (request.url ?? '').split('?');
  // Asked for by the new document: the old one wrote on until its very end.
  if (path === '/clear') return { status: 200, headers: CLEARED, body: '' };
  if (path !== '/anew' && path !== '/new') return null;
  const page = files.get('/');
  if (!isNavigation(request) || page === undefined) return 'refused';
  if (path === '/anew') {
    if (!pass.clear(ticket)) return 'refused';
    return {
      status: 303,
      headers: { ...CLEARED, Location: `/new?${ticket}`, 'Cross-Origin-Opener-Policy': 'unsafe-none' },
      body: '',
    };
  }
  if (!pass.redeem(ticket)) return 'refused';
  const fonts = [...files.keys()].filter((name) => SCREEN_FONT.test(name));
  const preloads = fonts.map((name) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${name}">`);
  // With the screen that is up, its letters, and no frame before the script has drawn it: the browser shows the old document's last one until then.
  const body = page.body
    .toString('utf8')
    .replace('<head>', () => `<head>${meta('half', pass.half)}${meta('snapshot', JSON.stringify(now))}${preloads.join('')}`)
    .replace('<script type="module"', '<script type="module" blocking="render"');
  return { status: 200, headers: { 'Content-Type': page.type }, body };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
const meta = (name: string, content: string): string =>
  `<meta name="madoguchi-${name}" content="${content.replaceAll(/[&"<>]/g, (sign) => ENTITIES[sign] ?? '')}">`;

/** Sends pages away whose visit is over, and notices those that stay. */
export interface Departures {
  send(page: WebSocket): void;
  stop(): void;
}

/** @param onStayed a page was told to load itself anew and has not; once a visit */
export function createDepartures(pass: VisitPass, timers: Timers, onStayed: () => void): Departures {
  const waiting = new Map<string, unknown>();
  let told: string | null = null;
  return {
    send(page) {
      const ticket = pass.issue();
      // At once: the browser's answer to it may never come.
      page.close(VISIT_OVER, ticket);
      const look = () => {
        waiting.delete(ticket);
        if (!pass.isUnused(ticket) || told === pass.half) return;
        told = pass.half;
        onStayed();
      };
      // One that comes again and again is told of often enough.
      if (waiting.size < MAX_WATCHED) waiting.set(ticket, timers.setTimeout(look, STAYS_MS));
    },
    stop() {
      for (const timer of waiting.values()) timers.clearTimeout(timer);
    },
  };
}
