import { Buffer } from 'node:buffer';
import type { Log } from '../contract/log-events.ts';
import { type CoreStaffMessage, MAX_STAFF_MESSAGE, StaffMessage } from '../contract/staff.ts';
import { parseJson } from './message-guard.ts';
import type { Timers } from './timers.ts';

/** Messages a staff page may send a second, and at once. */
const STAFF_RATE = 40;

/** What a message from a staff page was worth. `over`: too many, and the page was already told within this second. */
export type StaffJudged =
  | { readonly kind: 'message'; readonly message: StaffMessage }
  | { readonly kind: 'refused'; readonly reply: string }
  | { readonly kind: 'over' };

const reply = (code: Extract<CoreStaffMessage, { type: 'refused' }>['code']): StaffJudged => ({
  kind: 'refused',
  reply: JSON.stringify({ type: 'refused', code } satisfies CoreStaffMessage),
});

/** Judges every message of one staff page, on both ends, as `createMessageGuard` does for the public one. Never repeats what was sent. */
export function createStaffGuard(log: Log, timers: Timers, rate: number = STAFF_RATE): (text: string) => StaffJudged {
  let budget = rate;
  let last = timers.now();
  let toldAt = Number.NEGATIVE_INFINITY;
  const refuse = (code: Extract<CoreStaffMessage, { type: 'refused' }>['code']) => {
    log('port.refused', { reason: `staff.${code}` });
    return reply(code);
  };
  return (text) => {
    const now = timers.now();
    budget = Math.min(rate, budget + ((now - last) * rate) / 1000);
    last = now;
    if (budget < 1) {
      if (now - toldAt < 1000) return { kind: 'over' };
      toldAt = now;
      return refuse('too-many');
    }
    budget -= 1;
    if (Buffer.byteLength(text) > MAX_STAFF_MESSAGE) return refuse('too-large');
    const parsed = StaffMessage.safeParse(parseJson(text));
    return parsed.success ? { kind: 'message', message: parsed.data } : refuse('malformed');
  };
}
