import { Buffer } from 'node:buffer';
import type { Log } from '../contract/log-events.ts';
import { type CoreMessage, MAX_PAGE_MESSAGE, MAX_PHOTO_MESSAGE, PageMessage } from '../contract/page-protocol.ts';
import type { Timers } from './timers.ts';

/** Messages a page may send a second, and at once. A person presses a few a second; a fast tester some tens. */
const PAGE_RATE = 200;
/** The same for pictures, sent or asked for: each is half a megabyte to parse or to send. A person takes one in several seconds. */
const PHOTO_RATE = 4;
/** How a picture begins (port.ts). Nothing else may be long, and nothing else that is long is parsed. */
const PHOTO_START = '{"type":"photo"';

/** What a message from a page was worth. `over`: too many, and the page was already told within this second. */
export type Judged =
  | { readonly kind: 'message'; readonly message: PageMessage }
  | { readonly kind: 'refused'; readonly reply: string }
  | { readonly kind: 'over' };

const reply = (code: Extract<CoreMessage, { type: 'refused' }>['code']): Judged => ({
  kind: 'refused',
  reply: JSON.stringify({ type: 'refused', code } satisfies CoreMessage),
});

/**
 * Judges every message of one page: size, rate (`PAGE_RATE` a second, of pictures `PHOTO_RATE`), JSON, schema. Used on both ends: by the host, so that the
 * core gets nothing else, and by the core, which does not trust a host. A refusal never repeats what was sent.
 */
export function createMessageGuard(log: Log, timers: Timers, rate: number = PAGE_RATE): (text: string) => Judged {
  const messages = createBudget(rate, timers.now());
  const photos = createBudget(PHOTO_RATE, timers.now());
  let toldAt = Number.NEGATIVE_INFINITY;
  const tooMany = (now: number): Judged => {
    if (now - toldAt < 1000) return { kind: 'over' };
    toldAt = now;
    log('port.refused', { reason: 'too-many' });
    return reply('too-many');
  };

  return (text) => {
    const now = timers.now();
    if (!messages.spend(now)) return tooMany(now);
    const bytes = Buffer.byteLength(text);
    const isPhoto = text.startsWith(PHOTO_START);
    if (bytes > (isPhoto ? MAX_PHOTO_MESSAGE : MAX_PAGE_MESSAGE)) {
      log('port.refused', { reason: 'too-large' });
      return reply('too-large');
    }
    if (isPhoto && !photos.spend(now)) return tooMany(now);
    const parsed = PageMessage.safeParse(parseJson(text));
    if (parsed.success && parsed.data.type === 'want-photo' && !photos.spend(now)) return tooMany(now);
    if (parsed.success) return { kind: 'message', message: parsed.data };
    log('port.refused', { reason: 'malformed' });
    return reply('malformed');
  };
}

/** So many a second, and so many at once. @param began ms */
function createBudget(rate: number, began: number): { spend(now: number): boolean } {
  let left = rate;
  let last = began;
  return {
    spend(now) {
      left = Math.min(rate, left + ((now - last) * rate) / 1000);
      last = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/** @returns undefined for what is not JSON; no schema of ours takes that. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
