import { Buffer } from 'node:buffer';
import type { Log } from '../contract/log-events.ts';
import { type CoreMessage, MAX_PAGE_MESSAGE, PageMessage } from '../contract/port.ts';
import type { Timers } from './timers.ts';

/** Messages a page may send a second, and at once. A person presses a few a second; a fast tester some tens. */
export const PAGE_RATE = 200;

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
 * Judges every message of one page: size, rate (`PAGE_RATE` a second), JSON, schema. Used on both ends: by the host, so that the
 * core gets nothing else, and by the core, which does not trust a host. A refusal never repeats what was sent.
 */
export function createPageGate(log: Log, timers: Timers, rate: number = PAGE_RATE): (text: string) => Judged {
  let budget = rate;
  let last = timers.now();
  let toldAt = Number.NEGATIVE_INFINITY;

  return (text) => {
    const now = timers.now();
    budget = Math.min(rate, budget + ((now - last) * rate) / 1000);
    last = now;
    if (budget < 1) {
      if (now - toldAt < 1000) return { kind: 'over' };
      toldAt = now;
      log('port.refused', { reason: 'too-many' });
      return reply('too-many');
    }
    budget -= 1;
    if (Buffer.byteLength(text) > MAX_PAGE_MESSAGE) {
      log('port.refused', { reason: 'too-large' });
      return reply('too-large');
    }
    const parsed = PageMessage.safeParse(parseJson(text));
    if (parsed.success) return { kind: 'message', message: parsed.data };
    log('port.refused', { reason: 'malformed' });
    return reply('malformed');
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
