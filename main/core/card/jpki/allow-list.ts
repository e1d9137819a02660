import type { Log } from '../../../contract/log-events.ts';
import type { CardChannel } from '../../ports.ts';
import { DIGEST_BYTES, getResponse, isPin, queryTries, selectJpki, signDigest, verifyPin } from './commands.ts';
import { READABLE } from './files.ts';
import { isSelected, parseReply, SW } from './status.ts';

/**
 * Invariant 7 at its one place: what may be said to a card. Everything the JPKI code sends passes here, and the type
 * `JpkiChannel` can be had nowhere else. Whatever is not on the list never reaches the channel: it is logged and thrown,
 * because only a bug can ask for it.
 */
export interface JpkiChannel extends CardChannel {
  readonly gate: 'jpki';
}

/** What the gate remembers of the card, so that a relative command cannot land in a file it does not know. */
interface Place {
  selected: boolean;
  /** The current EF was made current by an allowed READ BINARY. */
  inFile: boolean;
  /** xx of the 61xx that was answered last, or of the 6Cxx that a GET RESPONSE was answered; else null. */
  waiting: number | null;
}

type Kind = 'select' | 'read-file' | 'read-on' | 'tries' | 'verify' | 'sign' | 'get-response';
type Verdict = { readonly pass: Kind } | { readonly refuse: string };

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
const startsLike = (apdu: Uint8Array, model: Uint8Array, length: number): boolean =>
  same(apdu.subarray(0, length), model.subarray(0, length));

function judgeRead(apdu: Uint8Array, { inFile }: Place): Verdict {
  const p1 = apdu[2] ?? 0;
  if (p1 < 0x80) return apdu.length === 5 && inFile ? { pass: 'read-on' } : { refuse: 'read-of-no-file' };
  const short = apdu.length === 5;
  const extended = apdu.length === 7 && apdu[4] === 0;
  const listed = READABLE.some((sfi) => p1 === (0x80 | sfi));
  if (!listed) return { refuse: 'read-of-other-file' };
  return short || extended ? { pass: 'read-file' } : { refuse: 'read-with-other-form' };
}

function judgeVerify(apdu: Uint8Array): Verdict {
  if (same(apdu, queryTries())) return { pass: 'tries' };
  const pin = apdu.subarray(5);
  // The model holds a PIN of zeros; only its five header bytes are compared.
  const form = startsLike(apdu, verifyPin(new Uint8Array(4)), 5) && isPin(pin);
  return form ? { pass: 'verify' } : { refuse: 'verify-with-other-form' };
}

function judgeSign(apdu: Uint8Array): Verdict {
  const form = DIGEST_BYTES.some((bytes) => {
    const model = signDigest(new Uint8Array(bytes));
    return apdu.length === model.length && startsLike(apdu, model, model.length - bytes - 1) && apdu[apdu.length - 1] === 0;
  });
  return form ? { pass: 'sign' } : { refuse: 'sign-with-other-form' };
}

function judge(apdu: Uint8Array, place: Place): Verdict {
  if (same(apdu, selectJpki())) return { pass: 'select' };
  if (!place.selected) return { refuse: 'jpki-not-selected' };
  switch ((apdu[0] ?? 0) * 256 + (apdu[1] ?? 0)) {
    case 0x00b0:
      return judgeRead(apdu, place);
    case 0x0020:
      return judgeVerify(apdu);
    case 0x802a:
      return judgeSign(apdu);
    case 0x00c0:
      return place.waiting !== null && same(apdu, getResponse(place.waiting))
        ? { pass: 'get-response' }
        : { refuse: 'get-response-without-61' };
    default:
      return { refuse: 'not-listed' };
  }
}

/** @param sw null when the link broke: the card may have been reset, so nothing counts as selected any more */
function move(place: Place, kind: Kind, sw: number | null): void {
  const waits = sw !== null && ((sw >> 8 === 0x61 && kind !== 'verify') || (sw >> 8 === 0x6c && kind === 'get-response'));
  place.waiting = waits ? sw & 0xff : null;
  if (sw === null || kind === 'select') Object.assign(place, { selected: sw !== null && isSelected(sw), inFile: false });
  else if (kind === 'read-file') place.inFile = sw === SW.done || place.waiting !== null;
}

const gates = new WeakMap<CardChannel, JpkiChannel>();

/**
 * The gate in front of a channel; the same one for the same channel, so that what it remembers holds for the whole
 * connection. Its `transmit` throws on a command outside the list; the error text holds no byte of the command.
 */
export function guarded(channel: CardChannel, log: Log = () => {}): JpkiChannel {
  const known = gates.get(channel);
  if (known !== undefined) return known;
  const place: Place = { selected: false, inFile: false, waiting: null };
  const gate: JpkiChannel = {
    gate: 'jpki',
    session: channel.session,
    async transmit(apdu) {
      const verdict = judge(apdu, place);
      if ('refuse' in verdict) {
        log('card.command-refused', { reason: verdict.refuse });
        throw new Error(`card command refused: ${verdict.refuse}`);
      }
      const answer = await channel.transmit(apdu);
      move(place, verdict.pass, answer.ok ? (parseReply(answer.value)?.sw ?? null) : null);
      return answer;
    },
    close: (disposition) => channel.close(disposition),
  };
  gates.set(channel, gate);
  gates.set(gate, gate);
  return gate;
}
