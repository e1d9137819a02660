import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Who may have the page. One launch makes two secrets of 32 random bytes each (base64url):
 *
 * - the **token**, which the host prints once, as the fragment of its URL (`http://127.0.0.1:PORT/#token=...`). A browser never sends a
 *   fragment, so it is in no request line, log or Referer. It travels in exactly two places: the body of `POST /enter` (same origin), and
 *   the WebSocket's subprotocol list (`madoguchi.1, token.<token>`);
 * - the **cookie**, which `POST /enter` gives for the token: HttpOnly, SameSite=Strict. It opens the files of the page, and only those: cookies
 *   on 127.0.0.1 reach every port, so the cookie alone must not open the connection to the core.
 *
 * A request without the cookie gets the gate page (status 401), which trades the fragment's token for the cookie and loads again.
 */
export interface Access {
  readonly token: string;
  tokenFits(given: string): boolean;
  /** `header`: the Cookie header as it came. */
  cookieFits(header: string | undefined): boolean;
  /** The Set-Cookie header. */
  readonly setCookie: string;
}

/** Longest token text looked at. */
export const MAX_TOKEN = 64;

/** `random`: cryptographic. `port`: part of the cookie's name, since browsers do not keep ports apart. */
export function createAccess(random: (bytes: number) => Uint8Array, port: number): Access {
  const token = Buffer.from(random(32)).toString('base64url');
  const cookie = Buffer.from(random(32)).toString('base64url');
  const name = `madoguchi-${port}`;
  return {
    token,
    tokenFits: (given) => sameText(given, token),
    cookieFits: (header) =>
      (header ?? '').split(';').some((part) => {
        const [key, value] = part.trim().split('=');
        return key === name && value !== undefined && sameText(value, cookie);
      }),
    setCookie: `${name}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/** Compares digests, so that neither the length nor the first difference shows in the time taken. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
