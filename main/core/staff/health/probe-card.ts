import type { CardProblem } from '../../../contract/card.ts';
import type { CardSessionNumber } from '../../../contract/card-host.ts';
import type { Log } from '../../../contract/log-events.ts';
import type { Result } from '../../../contract/result.ts';
import { err } from '../../../contract/result.ts';
import { guarded } from '../../card/jpki/allow-list.ts';
import { readTries } from '../../card/jpki/identify.ts';
import { selectApplication } from '../../card/jpki/select.ts';
import { problemOf } from '../../card/problem-of.ts';
import type { CardReader } from '../../ports.ts';

/**
 * Talks to the card that lies there: SELECT of the JPKI application and the tries left, through the gate that every command passes. No
 * PIN, no file, and the card is powered off again. @returns tries left
 */
export async function probeCard(reader: CardReader, session: CardSessionNumber, log: Log): Promise<Result<number, CardProblem>> {
  const opened = await reader.open(session);
  if (!opened.ok) return err(problemOf(opened.error));
  const channel = opened.value;
  try {
    const gate = guarded(channel, log);
    const selected = await selectApplication(gate);
    return selected.ok ? await readTries(gate) : selected;
  } finally {
    await channel.close('unpower');
  }
}
