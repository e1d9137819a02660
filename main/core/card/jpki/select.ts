import type { CardProblem } from '../../../contract/card.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { problemOf } from '../problem-of.ts';
import type { JpkiChannel } from './allow-list.ts';
import { selectJpki } from './commands.ts';
import { send, unexpected } from './exchange.ts';
import { isSelected, SW } from './status.ts';

/**
 * What a card answers that does not have the application: 6A82 from an ISO card with other applications; the others
 * from cards that do not know SELECT at all, such as transport cards.
 */
const foreign: readonly number[] = [SW.notFound, SW.functionNotSupported, SW.unknownInstruction, SW.unknownClass];

/**
 * Makes the JPKI application current: 1 APDU, or 2 on a card whose first answer after power-up is 6F00 (SOURCES.md, Card: PIN
 * and VERIFY).
 */
export async function selectApplication(channel: JpkiChannel): Promise<Result<null, CardProblem>> {
  let reply = await send(channel, selectJpki());
  if (reply.ok && reply.value.sw === SW.noDiagnosis) reply = await send(channel, selectJpki());
  if (!reply.ok) return err(problemOf(reply.error));
  const { sw } = reply.value;
  if (isSelected(sw)) return ok(null);
  return foreign.includes(sw) ? err({ code: 'not-my-number-card' }) : unexpected('select', sw);
}
