import { join } from 'node:path';
import type { VirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CardLog, fileLog, maskCommand } from '../sandbox/virtual-card/log.ts';
import { testFolder } from './test-folder.ts';

/** The card, with every command in a file that the search at the end reads (invariant 7). */
export function loggedCard(card: VirtualCard, name: string): VirtualCard {
  return cardWithLog(card, fileLog(join(testFolder('cards', name), 'card.apdu.jsonl')));
}

/** The card, with every command told to `log`. */
export function cardWithLog(card: VirtualCard, log: CardLog): VirtualCard {
  const stamp = () => ({ at: new Date().toISOString(), card: card.name });
  let n = 0;
  return {
    name: card.name,
    pin: card.pin,
    atr: card.atr,
    power(event) {
      log({ event: 'power', ...stamp(), power: event });
      card.power(event);
    },
    async transmit(apdu) {
      n += 1;
      const command = maskCommand(apdu);
      const reply = await card.transmit(apdu);
      const answered = reply !== 'leave' && reply.length >= 2;
      const sw = answered ? Buffer.from(reply.subarray(-2)).toString('hex').toUpperCase() : null;
      log({ event: 'apdu', ...stamp(), n, command, sw, bytes: answered ? reply.length - 2 : 0 });
      return reply;
    },
  };
}
