import type { CardProblem } from '../../../contract/card.ts';
import type { Log } from '../../../contract/log-events.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { CardChannel, CardReading } from '../../ports.ts';
import { guarded } from './allow-list.ts';
import { cardFacts } from './card-facts.ts';
import { type ExtendedLength, readAuthCertificate } from './certificate-file.ts';
import { checkLabel, readTries } from './identify.ts';
import { selectApplication } from './select.ts';

export interface ReadOptions {
  /** `settings.reader.extendedLength` */
  readonly extended: ExtendedLength;
  /** `settings.reader.nextCard` */
  readonly provisional?: boolean;
  /** The trial with extended length had no answer before its deadline. */
  readonly onHang?: () => void;
  readonly log?: Log;
}

/**
 * Everything the kiosk wants to know of a card before a PIN is asked for. SELECT, label, tries left, certificate:
 * for a certificate of 1,583 bytes 10 APDUs short or 4 extended (the label is the one more than the fewest possible).
 * Locked (0 tries) and expired cards are read like any other; the journeys say what they cannot do.
 * @param options.now epoch ms of this reading
 */
export async function readCard(
  channel: CardChannel,
  { extended, now, log, provisional = false, onHang }: ReadOptions & { readonly now: number },
): Promise<Result<CardReading, CardProblem>> {
  const gate = guarded(channel, log);
  const selected = await selectApplication(gate);
  if (!selected.ok) return selected;
  const label = await checkLabel(gate, provisional);
  if (!label.ok) return label;
  const tries = await readTries(gate);
  if (!tries.ok) return tries;
  const certificate = await readAuthCertificate(gate, extended, onHang);
  if (!certificate.ok) return certificate;
  const known = cardFacts(certificate.value, tries.value, now, provisional);
  return known.ok ? ok({ ...known.value, certificate: certificate.value }) : known;
}
