import { z } from 'zod';

/**
 * The protocol between the core and a card host (a child process that owns every bit of PC/SC state).
 * Transport: Node's IPC channel with `serialization: 'advanced'`; commands to the card and its answers go over a line beside it (card-line.ts).
 *
 * Rules, each from a measurement (SOURCES.md, PC/SC bindings measured):
 * - a card session number is handed out at insertion and never used twice, also not by the next host process
 *   (`start.firstSession`), so a swapped card can never receive the previous person's command;
 * - one command at a time per card; the host answers every request exactly once;
 * - a card answer shorter than two bytes is `removed`, never success;
 * - the host never connects on its own and keeps no APDU after it was answered: what carried it is overwritten;
 * - the core asks for a beat twice a second, also while a command is under way; a host that answers none is ended and replaced, and a
 *   service that answers the host nothing is told as `silent`, both within 2.5 s;
 * - the cause comes first: `service` and `readers` before the cards that went with them, so that nobody is told to have taken a card.
 */

export const CardSessionNumber = z.uint32().min(1);
export type CardSessionNumber = z.infer<typeof CardSessionNumber>;

/** What the host may answer instead of success. `pcsc`: the 32-bit PC/SC return code where one exists. */
export const CardHostErrorCode = z.enum([
  'removed', // the card (or its reader) left; also SW-less answers
  'wrong-session', // the session number is not that of the card on the reader
  'reader-gone', // unplugged
  'reader-failed', // any other PC/SC failure
  'reader-busy', // another program holds the card (8010000B)
  'service-down', // no pcscd, or it was stopped, or it does not answer
  'not-allowed', // the service refuses this user (8010006A: polkit)
  'mute', // the card does not answer (upside down)
  'timeout', // the deadline passed; the host was, or must be, replaced
  'not-open', // transmit or close without open
  'host-gone', // the card host process died with the request under way
]);
export type CardHostErrorCode = z.infer<typeof CardHostErrorCode>;

export const CardHostError = z.object({ code: CardHostErrorCode, pcsc: z.number().int().optional() }).strict();
export type CardHostError = z.infer<typeof CardHostError>;

/** 32 bits: numbers also travel in the frames of the line. */
const id = z.uint32();

/** How the card is left. `unpower` is the only one that forgets a verified PIN (SOURCES.md, Card: PIN and VERIFY). */
export const Disposition = z.enum(['leave', 'reset', 'unpower']);
export type Disposition = z.infer<typeof Disposition>;

export const CardHostRequest = z.discriminatedUnion('op', [
  /** First message. The host begins to watch readers. `readers`: substrings a reader's name must hold one of; empty = all. */
  z.object({ id, op: z.literal('start'), firstSession: CardSessionNumber, readers: z.array(z.string()) }).strict(),
  /** Connects exclusively to the card of this session. Success value: null. */
  z.object({ id, op: z.literal('open'), session: CardSessionNumber }).strict(),
  /** Ends the connection. Closing what is not open succeeds. */
  z.object({ id, op: z.literal('close'), session: CardSessionNumber, disposition: Disposition }).strict(),
  /** Answered at once, whatever else is under way. Success value: null. */
  z.object({ id, op: z.literal('beat') }).strict(),
  /** Answers, then exits with code 0 within one second. */
  z.object({ id, op: z.literal('stop') }).strict(),
]);
export type CardHostRequest = z.infer<typeof CardHostRequest>;

/** To a request, or to a command of the line that has no answer of the card: then never `ok`. */
const CardHostReply = z
  .object({
    type: z.literal('reply'),
    id,
    result: z.union([
      z.object({ ok: z.literal(true), value: z.null() }).strict(),
      z.object({ ok: z.literal(false), error: CardHostError }).strict(),
    ]),
  })
  .strict();

/** Why the service cannot be used. */
export const ServiceTrouble = z.enum([
  'not-running', // no pcscd (or WinSCard)
  'not-allowed', // it refuses this user (8010006A: polkit)
  'silent', // it is there and answers nothing
  'host-gone', // the card host died or stood still; said by the core's side
]);
export type ServiceTrouble = z.infer<typeof ServiceTrouble>;

/** Names of readers are device names (no personal data) and may be logged. */
export const ReaderEvent = z.discriminatedUnion('type', [
  /** pcscd (or WinSCard) answers, or not. Sent at start and on every change. `why`: when it does not. */
  z.object({ type: z.literal('service'), up: z.boolean(), why: ServiceTrouble.optional() }).strict(),
  /**
   * The readers there are now and that can be talked to. Sent at start and on every change; an empty list is legal. Before the `removed`
   * of cards that went with a reader.
   */
  z.object({ type: z.literal('readers'), names: z.array(z.string()) }).strict(),
  /**
   * A card that answered to reset. `found`: it lay there when the reader came into view (host started, service back, reader plugged in);
   * nobody was seen putting it on.
   */
  z.object({ type: z.literal('inserted'), session: CardSessionNumber, reader: z.string(), found: z.boolean() }).strict(),
  /** Something was put in that does not answer (upside down, or not a smart card). No session. `found`: as with `inserted`. */
  z.object({ type: z.literal('mute'), reader: z.string(), found: z.boolean() }).strict(),
  /** Also sent for every live session when its reader or the service goes, after that was told. Exactly once per session. */
  z.object({ type: z.literal('removed'), session: CardSessionNumber, reader: z.string() }).strict(),
  /** The mute card was taken out. */
  z.object({ type: z.literal('mute-removed'), reader: z.string() }).strict(),
]);
export type ReaderEvent = z.infer<typeof ReaderEvent>;

/** Host to core. `hello` is the first message of the process. */
export const CardHostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), protocol: z.literal(2), pid: z.number().int() }).strict(),
  CardHostReply,
  ...ReaderEvent.options,
]);
export type CardHostMessage = z.infer<typeof CardHostMessage>;
