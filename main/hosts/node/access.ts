import type { IncomingMessage } from 'node:http';
import { sameText } from './same-text.ts';
import { createVisitPass, type VisitPass } from './visit-pass.ts';

/**
 * Who may have the page. One launch makes secrets of 32 random bytes each (base64url):
 *
 * - **tokens**, each the fragment of one address (`http://127.0.0.1:PORT/enter#token=...`). A browser never sends a fragment, so it is in no
 *   request line, log or Referer; but it keeps what it visited in History, Sessions and Favicons. So a token is worth something once only: it
 *   buys the two others at `POST /enter` (same origin), and is nothing from then on. Until then a program may connect with it too
 *   (`madoguchi.1, token.<token>`);
 * - the **cookie**: HttpOnly, SameSite=Strict. It opens the files of the page. Cookies on 127.0.0.1 reach every port, so it alone must not open
 *   the connection to the core;
 * - the **page's half**, which the page keeps for its own tab and lists as the WebSocket's subprotocol (`madoguchi.1, half.<half>`): it counts
 *   with the cookie only, and for one visit (visit-pass.ts).
 */
export interface PasscodeCheck {
  /** A new token. Of those that nobody spends, the newest few are good. */
  issue(): string;
  /** @returns the page's half, or null: unknown, or spent */
  spend(token: string): string | null;
  tokenFits(given: string): boolean;
  /** The page's half. */
  readonly pass: VisitPass;
  /** `header`: the Cookie header as it came. */
  cookieFits(header: string | undefined): boolean;
  /** The Set-Cookie header. */
  readonly setCookie: string;
}

/** Tokens at one time: the address that was printed, and one for each start of a browser. */
const MAX_TOKENS = 16;

/** Longest token text looked at. */
export const MAX_TOKEN = 64;

/** The body of a `POST /enter`; a longer one than any token ends the connection. */
export function onToken(request: IncomingMessage, take: (token: string) => void): void {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > MAX_TOKEN) request.destroy();
  });
  request.on('end', () => take(body));
}

/** `random`: cryptographic. `port`: part of the cookie's name, since browsers do not keep ports apart. */
export function createPasscodeCheck(random: (bytes: number) => Uint8Array, port: number): PasscodeCheck {
  const secret = () => Buffer.from(random(32)).toString('base64url');
  const cookie = secret();
  const pass = createVisitPass(random);
  let tokens: readonly string[] = [];
  const name = `madoguchi-${port}`;
  const tokenFits = (given: string) => tokens.filter((token) => sameText(given, token)).length > 0;
  return {
    issue() {
      const token = secret();
      tokens = [...tokens, token].slice(-MAX_TOKENS);
      return token;
    },
    spend(given) {
      if (!tokenFits(given)) return null;
      tokens = tokens.filter((token) => token !== given);
      return pass.half;
    },
    tokenFits,
    pass,
    cookieFits: (header) =>
      (header ?? '').split(';').some((part) => {
        const [key, value] = part.trim().split('=');
        return key === name && value !== undefined && sameText(value, cookie);
      }),
    setCookie: `${name}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  };
}
