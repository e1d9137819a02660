import type { CardProblem } from '../../../contract/card.ts';
import type { CardHostError } from '../../../contract/card-host.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { JpkiChannel } from './allow-list.ts';
import { getResponse } from './commands.ts';
import { parseReply, type Reply, SW, swHex } from './status.ts';

/** The command a status word belongs to, as the contract names them. */
export type Step = Extract<CardProblem, { code: 'unexpected-status' }>['step'];

/** One command, one answer. What VERIFY uses: it must never be sent again by itself. */
export async function send(channel: JpkiChannel, apdu: Uint8Array): Promise<Result<Reply, CardHostError>> {
  const answer = await channel.transmit(apdu);
  if (!answer.ok) return answer;
  const reply = parseReply(answer.value);
  return reply === null ? err({ code: 'removed' }) : ok(reply);
}

const isWaiting = (sw: number): boolean => sw >> 8 === 0x61;
const isOtherLength = (sw: number): boolean => sw >> 8 === 0x6c;

/** Bytes that a command asks for by its Le; none: it is one without data, or nothing is known. */
function lengthWanted(apdu: Uint8Array): number {
  const [le] = apdu.subarray(-1);
  const short = apdu.length === 5 || (apdu.length > 5 && apdu.length === (apdu[4] ?? 0) + 6);
  return short && le !== undefined ? le || 256 : Number.POSITIVE_INFINITY;
}

/** Enough for a whole file in pieces of 256 bytes; a card that hands out single bytes must not hold a person up. */
const MOST_RESPONSES = 8;

/**
 * Fetches what 61xx says to wait. Some cards go on saying so when nothing waits any more (OpenSC issue 1731): with all bytes here, what came is the
 * answer. Others announce 256 bytes, and then say how many there are (6Cxx).
 */
async function fetchRest(channel: JpkiChannel, first: Reply, wanted: number): Promise<Result<Reply, CardHostError>> {
  const parts = [first.data];
  let { sw } = first;
  let length = first.data.length;
  for (let turns = 0; (isWaiting(sw) || isOtherLength(sw)) && length < wanted && turns < MOST_RESPONSES; turns++) {
    const rest = await send(channel, getResponse(sw & 0xff));
    if (!rest.ok) return rest;
    ({ sw } = rest.value);
    const { data } = rest.value;
    length += data.length;
    parts.push(data);
    if (data.length === 0 && !isOtherLength(sw)) break;
  }
  return ok({ data: Buffer.concat(parts), sw: length >= wanted ? SW.done : sw });
}

/**
 * `send`, and where the transport shows through (T=0, some readers) what it asks for: 6Cxx the same READ BINARY with Le = xx, once;
 * 61xx a GET RESPONSE for the xx bytes that wait, until all are here.
 * @param wanted bytes of the whole answer, where the command's Le cannot say it
 */
export async function exchange(
  channel: JpkiChannel,
  apdu: Uint8Array,
  wanted = lengthWanted(apdu),
): Promise<Result<Reply, CardHostError>> {
  const first = await send(channel, apdu);
  if (!first.ok) return first;
  const { sw } = first.value;
  if (isOtherLength(sw) && apdu.length === 5) return send(channel, Uint8Array.of(...apdu.subarray(0, 4), sw & 0xff));
  return isWaiting(sw) ? fetchRest(channel, first.value, wanted) : first;
}

/** A status word that this step does not know. It stays as hex, for staff. */
export function unexpected(step: Step, sw: number): { readonly ok: false; readonly error: CardProblem } {
  return err({ code: 'unexpected-status', step, sw: swHex(sw) });
}
