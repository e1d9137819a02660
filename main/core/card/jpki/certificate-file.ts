import type { CardProblem } from '../../../contract/card.ts';
import type { CardHostError } from '../../../contract/card-host.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { problemOf } from '../problem-of.ts';
import type { JpkiChannel } from './allow-list.ts';
import { certificateLength, MAX_FILE_BYTES } from './certificate-length.ts';
import { readFile, readOn, readWholeFile } from './commands.ts';
import { exchange, unexpected } from './exchange.ts';
import { PRESENT, SFI } from './files.ts';
import { selectApplication } from './select.ts';
import { type Reply, SW } from './status.ts';

/** `auto`: one trial read with extended length, which falls back to short reads. */
export type ExtendedLength = 'auto' | 'never';

const BLOCK = 256;
const none: CardProblem = { code: 'no-auth-certificate' };

/** A reader that cannot pass an extended APDU reports a failure; after any other error there is nobody to talk to. */
const mayStillAnswer = ({ code }: CardHostError): boolean => code === 'reader-failed' || code === 'mute';

/**
 * The trial with extended length. Only the beginning of a certificate counts as an answer: whatever else card or reader say to a form that they may
 * not know, in whatever words, says nothing about the file.
 * @returns null: read it with short APDUs
 */
async function tryWholeFile(channel: JpkiChannel, onHang: () => void): Promise<Result<Reply | null, CardProblem>> {
  const trial = await exchange(channel, readWholeFile(SFI.authCertificate));
  if (trial.ok) {
    const { sw, data } = trial.value;
    return ok(sw === SW.done && certificateLength(data) !== null ? trial.value : null);
  }
  if (trial.error.code === 'timeout') onHang();
  if (!mayStillAnswer(trial.error)) return err(problemOf(trial.error));
  // The reader may have reset the card, which ends the selection.
  const again = await selectApplication(channel);
  return again.ok ? ok(null) : again;
}

async function readStart(
  channel: JpkiChannel,
  extended: ExtendedLength,
  onHang: () => void,
): Promise<Result<Reply, CardProblem>> {
  const whole = extended === 'auto' ? await tryWholeFile(channel, onHang) : ok(null);
  if (!whole.ok) return whole;
  if (whole.value !== null) return ok(whole.value);
  const block = await exchange(channel, readFile(SFI.authCertificate, BLOCK));
  return block.ok ? block : err(problemOf(block.error));
}

/** The file refuses to be read. EF 0008 knows whether there is a certificate at all. */
async function whyNot(channel: JpkiChannel, sw: number): Promise<Result<never, CardProblem>> {
  if (sw === SW.notFound) return err(none);
  const presence = await exchange(channel, readFile(SFI.presence, 3));
  if (!presence.ok) return err(problemOf(presence.error));
  const answered = presence.value.sw === SW.done && presence.value.data.length >= 2;
  return answered && presence.value.data[1] !== PRESENT ? err(none) : unexpected('certificate', sw);
}

/**
 * The user-authentication certificate (EF 000A), exactly its DER bytes, in the fewest APDUs: 1 with extended length,
 * else one for each 256 bytes, the last with the exact Le. The application must be selected.
 * @param onHang the trial with extended length had no answer before its deadline
 */
export async function readAuthCertificate(
  channel: JpkiChannel,
  extended: ExtendedLength,
  onHang: () => void = () => {},
): Promise<Result<Uint8Array, CardProblem>> {
  const start = await readStart(channel, extended, onHang);
  if (!start.ok) return start;
  if (start.value.sw !== SW.done) return whyNot(channel, start.value.sw);
  const length = certificateLength(start.value.data);
  if (length === null) return err(none);
  if (length > MAX_FILE_BYTES) return err({ code: 'certificate-unreadable' });

  const certificate = new Uint8Array(length);
  let filled = 0;
  const take = (data: Uint8Array): void => {
    const part = data.subarray(0, length - filled);
    certificate.set(part, filled);
    filled += part.length;
  };
  take(start.value.data);
  while (filled < length) {
    const next = await exchange(channel, readOn(filled, Math.min(BLOCK, length - filled)));
    if (!next.ok) return err(problemOf(next.error));
    const { sw, data } = next.value;
    // The file ends before the certificate does.
    if (sw === SW.badOffset || (sw === SW.done && data.length === 0)) return err({ code: 'certificate-unreadable' });
    if (sw !== SW.done) return unexpected('certificate', sw);
    take(data);
  }
  return ok(certificate);
}
