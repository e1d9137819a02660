import { protocol, type Session } from 'electron';
import type { PageFiles } from '../page/page-files.ts';
import { pageHeaders } from '../page/page-policy.ts';
import { HOST, SCHEME } from './address.ts';

/** Must be called before Electron is ready. `stream`: sound files are played from the scheme. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

const MORE_POLICY = [
  'sandbox allow-scripts allow-same-origin',
  "frame-src 'none'",
  // What the guard names `default` is the only policy that there can be.
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/**
 * Headers of every answer. The page's usual ones, and Chromium's own sandbox over the document and all it could make: no dialogs, no
 * print, no pop-ups, no downloads, no forms, no navigation of the top. It needs no list of functions to take away. No text becomes
 * part of the document.
 */
function schemeHeaders(): Record<string, string> {
  const headers = pageHeaders();
  const name = 'Content-Security-Policy';
  return { ...headers, [name]: `${headers[name]}; ${MORE_POLICY}` };
}

/** Answers `madoguchi://kiosk/...` in this session from the files in memory: a look-up by path, and nothing else. */
export function serveScheme(session: Session, files: PageFiles): void {
  const headers = schemeHeaders();
  session.protocol.handle(SCHEME, ({ method, url }) => {
    const { host, pathname, search } = new URL(url);
    const file = host === HOST && search === '' && (method === 'GET' || method === 'HEAD') ? files.get(pathname) : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers });
    const body = method === 'HEAD' ? null : new Uint8Array(file.body);
    return new Response(body, { status: 200, headers: { ...headers, 'Content-Type': file.type } });
  });
}
