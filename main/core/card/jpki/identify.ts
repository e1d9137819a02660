import type { CardProblem } from '../../../contract/card.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { problemOf } from '../problem-of.ts';
import type { JpkiChannel } from './allow-list.ts';
import { queryTries, readFile } from './commands.ts';
import { exchange, unexpected } from './exchange.ts';
import { LABEL, LABEL_LENGTH, LATER_LABEL, NEXT_LABEL, SFI } from './files.ts';
import { SW, triesOf } from './status.ts';

/** PKCS#11 pads with spaces; some cards pad with FF, and after a zero byte anything may lie. */
const labelIn = (data: Uint8Array): string =>
  Buffer.from(data.subarray(0, LABEL_LENGTH))
    .toString('latin1')
    .replace(/\0.*$/s, '')
    .replace(/[ \xff]+$/, '');

/**
 * Tells a My Number Card from what answers to the same application: 1 APDU, the label in EF 0006 (SOURCES.md, Card: token
 * information).
 * @param provisional the next card is let through, as we take it to be
 */
export async function checkLabel(channel: JpkiChannel, provisional = false): Promise<Result<null, CardProblem>> {
  const reply = await exchange(channel, readFile(SFI.tokenInfo, LABEL_LENGTH));
  if (!reply.ok) return err(problemOf(reply.error));
  const { sw, data } = reply.value;
  if (sw !== SW.done) return unexpected('label', sw);
  const label = labelIn(data);
  switch (label) {
    case LABEL.myNumberCard:
      return ok(null);
    case LABEL.jukiCard:
      return err({ code: 'juki-card' });
    case LABEL.androidPhone:
    case LABEL.iPhone:
      return err({ code: 'phone' });
    default:
      if (provisional && label === NEXT_LABEL) return ok(null);
      return err({ code: LATER_LABEL.test(label) ? 'newer-card' : 'not-my-number-card' });
  }
}

/**
 * What the counter query of a card without a PIN may answer: blocked, or no such PIN (not established: SOURCES.md, Card: PIN
 * and VERIFY).
 */
const withoutPin: readonly number[] = [SW.referenceLocked, SW.blocked, SW.referenceNotFound, SW.notFound];

/** What a right PIN sets the counter of the authentication PIN back to. */
const ALL_TRIES = 3;

/**
 * Tries left of the authentication PIN: 1 APDU, costs no try. 0 is an answer, not an error. 9000: the PIN is verified already (a card stays so until it
 * loses power, and another program may have had it) and the card counts nothing (ISO/IEC 7816-4, VERIFY without data). The right PIN has set the
 * counter back then, so that all tries are left; the kiosk asks for the PIN all the same.
 */
export async function readTries(channel: JpkiChannel): Promise<Result<number, CardProblem>> {
  const reply = await exchange(channel, queryTries());
  if (!reply.ok) return err(problemOf(reply.error));
  const { sw } = reply.value;
  const tries = triesOf(sw);
  if (tries !== null) return ok(tries);
  if (sw === SW.done) return ok(ALL_TRIES);
  return withoutPin.includes(sw) ? err({ code: 'pin-less-card' }) : unexpected('tries', sw);
}
