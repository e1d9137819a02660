import { join } from 'node:path';
import type { VirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CardLog, fileLog, type LogEntry, maskCommand } from '../sandbox/virtual-card/log.ts';
import { testFolder } from './test-folder.ts';

/** The card, with every command in a file that the search at the end reads (invariant 7). */
export function loggedCard(card: VirtualCard, name: string): VirtualCard {
  return cardWithLog(card, fileLog(join(testFolder('cards', name), 'card.apdu.jsonl')));
}

/** The card, with every command told to `log`. */
export function cardWithLog(card: VirtualCard, log: CardLog): VirtualCard {
  const stamp = () => ({ at: new Date().toISOString(), card: card.name });
  let n = 0;
  // A command is written down with its answer. Power that goes meanwhile comes after it in the log, as the command came before it.
  let underWay = 0;
  const meanwhile: LogEntry[] = [];
  return {
    name: card.name,
    pin: card.pin,
    atr: card.atr,
    power(event) {
      const entry: LogEntry = { event: 'power', ...stamp(), power: event };
      if (underWay > 0) meanwhile.push(entry);
      else log(entry);
      card.power(event);
    },
    async transmit(apdu) {
      n += 1;
      const command = maskCommand(apdu);
      underWay += 1;
      const reply = await card.transmit(apdu);
      underWay -= 1;
      const answered = reply !== 'leave' && reply.length >= 2;
      const sw = answered ? Buffer.from(reply.subarray(-2)).toString('hex').toUpperCase() : null;
      log({ event: 'apdu', ...stamp(), n, command, sw, bytes: answered ? reply.length - 2 : 0 });
      if (underWay === 0) for (const entry of meanwhile.splice(0)) log(entry);
      return reply;
    },
  };
}
