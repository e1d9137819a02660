import { join } from 'node:path';
import type { CardSessionNumber } from '../../../main/contract/card-host.ts';
import { createCardReader } from '../../../main/core/card/card-reader.ts';
import { forkCardHost } from '../../../main/core/card/fork-card-host.ts';
import type { CardChannel, CardReader } from '../../../main/core/ports.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';

/** The reader as the core has it, with a card host of its own. */
export function coreReader(): CardReader {
  return createCardReader({
    spawn: forkCardHost({ entry: join(import.meta.dirname, '../../../native/card-host/main.ts') }),
    clock: systemClock,
    log: () => {},
    settings: { names: ['Virtual PCD 00 00'], commandTimeoutSeconds: 10 },
  });
}

/** The card that is put on next, or lies there, opened. */
export async function openNext(reader: CardReader): Promise<CardChannel> {
  const session = await new Promise<CardSessionNumber>((found) => {
    const stop = reader.onEvent((event) => {
      if (event.type !== 'inserted') return;
      stop();
      found(event.session);
    });
    reader.start();
  });
  const opened = await reader.open(session);
  if (!opened.ok) throw new Error(`the card cannot be opened: ${opened.error.code}`);
  return opened.value;
}
