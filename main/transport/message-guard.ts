import { Buffer } from 'node:buffer';
import type { Log } from '../contract/log-events.ts';
import { unreachable } from '../contract/result.ts';
import type { Port } from './message-port.ts';
import type { Protocol } from './protocols.ts';
import type { Timers } from './timers.ts';

/** What a message from a page was worth. `over`: too many, and the page was already told within this second. */
type Judged<M> =
  | { readonly kind: 'message'; readonly message: M }
  | { readonly kind: 'refused'; readonly reply: string }
  | { readonly kind: 'over' };

type RefusedCode = 'too-many' | 'too-large' | 'malformed';

/**
 * Judges every message of one page: rate, size, JSON, schema. Used on both ends: by the host, so that the core gets nothing else, and by the
 * core, which does not trust a host. A refusal never repeats what was sent.
 */
function createMessageGuard<M>(protocol: Protocol<M, unknown>, log: Log, timers: Timers): (text: string) => Judged<M> {
  const { pictures } = protocol;
  const messages = createBudget(protocol.rate, timers.now());
  const ofPictures = createBudget(pictures?.rate ?? 0, timers.now());
  let toldAt = Number.NEGATIVE_INFINITY;
  const refuse = (code: RefusedCode): Judged<M> => {
    log('port.refused', { reason: `${protocol.logged}${code}` });
    return { kind: 'refused', reply: JSON.stringify({ type: 'refused', code }) };
  };
  const tooMany = (now: number): Judged<M> => {
    if (now - toldAt < 1000) return { kind: 'over' };
    toldAt = now;
    return refuse('too-many');
  };

  return (text) => {
    const now = timers.now();
    if (!messages.spend(now)) return tooMany(now);
    const picture = pictures !== null && text.startsWith(pictures.begins) ? pictures : null;
    if (Buffer.byteLength(text) > (picture ?? protocol).longest) return refuse('too-large');
    if (picture !== null && !ofPictures.spend(now)) return tooMany(now);
    const parsed = protocol.fromPage.safeParse(parseJson(text));
    if (!parsed.success) return refuse('malformed');
    if (pictures?.isAskedFor(parsed.data) === true && !ofPictures.spend(now)) return tooMany(now);
    return { kind: 'message', message: parsed.data };
  };
}

export interface GuardDeps {
  readonly log: Log;
  readonly timers: Timers;
  /** Takes the answer to what was refused; default: it is sent. */
  readonly answer?: (text: string) => void;
}

/** Hands on the messages of a Port that fit the protocol, and answers the others. @returns unsubscribe */
export function onGuarded<M>(
  port: Port,
  protocol: Protocol<M, unknown>,
  { log, timers, answer = (text) => void port.send(text) }: GuardDeps,
  take: (message: M) => void,
): () => void {
  const judge = createMessageGuard(protocol, log, timers);
  return port.onMessage((text) => {
    const judged = judge(text);
    switch (judged.kind) {
      case 'message':
        take(judged.message);
        return;
      case 'refused':
        answer(judged.reply);
        return;
      case 'over':
        return;
      default:
        unreachable(judged);
    }
  });
}

/** A message of the core's, for a host. @returns null for what does not fit the protocol, which is logged */
export function readFromCore<C>({ fromCore }: Pick<Protocol<never, C>, 'fromCore'>, text: string, log: Log): C | null {
  const parsed = fromCore.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  log('host.refused', { reason: 'core-message' });
  return null;
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
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
