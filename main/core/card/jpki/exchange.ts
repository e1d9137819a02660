import type { CardProblem } from '../../../contract/card.ts';
import type { CardHostError } from '../../../contract/card-host.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { JpkiChannel } from './allow-list.ts';
import { getResponse } from './commands.ts';
import { parseReply, type Reply, swHex } from './status.ts';

/** The command a status word belongs to, as the contract names them. */
export type Step = Extract<CardProblem, { code: 'unexpected-status' }>['step'];

/** One command, one answer. What VERIFY uses: it must never be sent again by itself. */
export async function send(channel: JpkiChannel, apdu: Uint8Array): Promise<Result<Reply, CardHostError>> {
  const answer = await channel.transmit(apdu);
  if (!answer.ok) return answer;
  const reply = parseReply(answer.value);
  return reply === null ? err({ code: 'removed' }) : ok(reply);
}

/**
 * `send`, and where the transport shows through (T=0, some readers) one more command and no further:
 * 6Cxx asks for the same READ BINARY with Le = xx, 61xx says that xx bytes wait for GET RESPONSE.
 */
export async function exchange(channel: JpkiChannel, apdu: Uint8Array): Promise<Result<Reply, CardHostError>> {
  const first = await send(channel, apdu);
  if (!first.ok) return first;
  const { sw, data } = first.value;
  if (sw >> 8 === 0x6c && apdu.length === 5) return send(channel, Uint8Array.of(...apdu.subarray(0, 4), sw & 0xff));
  if (sw >> 8 !== 0x61) return first;
  const rest = await send(channel, getResponse(sw & 0xff));
  if (!rest.ok) return rest;
  return ok({ data: Uint8Array.of(...data, ...rest.value.data), sw: rest.value.sw });
}

/** A status word that this step does not know. It stays as hex, for staff. */
export function unexpected(step: Step, sw: number): { readonly ok: false; readonly error: CardProblem } {
  return err({ code: 'unexpected-status', step, sw: swHex(sw) });
}
