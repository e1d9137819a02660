import { createHmac } from 'node:crypto';
import { sameText } from './same-text.ts';

/**
 * What ties a document of a browser to one visit. The **page's half** (access.ts) is good until the visit ends. A page with the half of an ended visit
 * is told a **ticket**, good once, and only to load itself anew: at `/anew`, which empties its storage, then at `/new`, whose document holds the
 * half of the visit to come. Both answer a browser's own navigation only, which no script can read.
 */
export interface VisitPass {
  readonly half: string;
  /** `ended`: once ours, of a visit that is over. */
  judge(half: string): 'now' | 'ended' | null;
  /** The visit is over. */
  end(): void;
  issue(): string;
  /** At `/anew`. @returns is it good? */
  clear(ticket: string): boolean;
  /** At `/new`, after `clear`. @returns is it good? */
  redeem(ticket: string): boolean;
  /** Issued, and used neither here nor there. */
  isUnused(ticket: string): boolean;
}

/** Tickets at one time; more than pages. */
const MAX_TICKETS = 64;
const COUNT_BYTES = 8;
const BYTES = 32;

/** `random`: cryptographic. */
export function createVisitPass(random: (bytes: number) => Uint8Array): VisitPass {
  const key = random(BYTES);
  const tickets = new Map<string, 'issued' | 'cleared'>();
  let visit = 0;
  /** Its visit's number and a code for that: every half that ever was can be told, and none is kept. 43 signs. */
  const halfOf = (number: number): string => {
    const bytes = Buffer.alloc(BYTES);
    bytes.writeBigUInt64BE(BigInt(number));
    createHmac('sha256', key).update(bytes.subarray(0, COUNT_BYTES)).digest().copy(bytes, COUNT_BYTES);
    return bytes.toString('base64url');
  };
  return {
    get half() {
      return halfOf(visit);
    },
    judge(given) {
      if (sameText(given, halfOf(visit))) return 'now';
      const bytes = Buffer.from(given, 'base64url');
      if (bytes.length !== BYTES) return null;
      const number = bytes.readBigUInt64BE();
      return number < BigInt(visit) && sameText(given, halfOf(Number(number))) ? 'ended' : null;
    },
    end() {
      visit += 1;
    },
    issue() {
      const ticket = Buffer.from(random(BYTES)).toString('base64url');
      tickets.set(ticket, 'issued');
      const [oldest] = tickets.keys();
      if (tickets.size > MAX_TICKETS && oldest !== undefined) tickets.delete(oldest);
      return ticket;
    },
    clear(ticket) {
      if (tickets.get(ticket) !== 'issued') return false;
      tickets.set(ticket, 'cleared');
      return true;
    },
    redeem(ticket) {
      const cleared = tickets.get(ticket) === 'cleared';
      if (cleared) tickets.delete(ticket);
      return cleared;
    },
    isUnused: (ticket) => tickets.get(ticket) === 'issued',
  };
}
