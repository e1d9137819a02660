import { type Answer, type Command, status } from './apdu.ts';
import { SW } from './status-words.ts';

/**
 * The transport of a T=0 card, as an application sees it through a reader that hides nothing (ISO 7816-3 section 12.2):
 * - a command with data never carries its reply: 61xx, then GET RESPONSE `00 C0 00 00 xx`;
 * - a command that asks for another length than there is gets 6Cxx and must be repeated with xx;
 * - there is no extended length.
 */
export interface T0 {
  transmit(command: Command, execute: (command: Command) => Answer): Answer;
  reset(): void;
}

const low = (length: number): number => Math.min(length, 256) & 0xff;

export function createT0(): T0 {
  let waiting: Uint8Array = new Uint8Array();

  const hand = (le: number): Answer => {
    if (waiting.length === 0) return status(SW.conditions);
    if (le > Math.min(waiting.length, 256)) return status(0x6c00 | low(waiting.length));
    const data = waiting.slice(0, le);
    waiting = waiting.slice(le);
    return { data, sw: waiting.length === 0 ? SW.done : 0x6100 | low(waiting.length) };
  };

  return {
    reset: () => {
      waiting = new Uint8Array();
    },
    transmit: (command, execute) => {
      const getResponse = command.cla === 0 && command.ins === 0xc0 && !command.malformed && !command.extended;
      if (getResponse && command.le !== null) return hand(command.le);
      waiting = new Uint8Array();
      if (command.extended) return status(SW.wrongLength);
      // The reply of a command with data does not depend on an Le that T=0 never sends to the card.
      const answer = execute(command.data.length > 0 ? { ...command, le: 256 } : command);
      if (answer.data.length === 0) return answer;
      if (command.data.length > 0) {
        waiting = answer.data;
        return status(0x6100 | low(waiting.length));
      }
      return command.le !== null && command.le > answer.data.length ? status(0x6c00 | low(answer.data.length)) : answer;
    },
  };
}
