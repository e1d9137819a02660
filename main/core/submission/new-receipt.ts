import { receiptNumber } from '../../contract/receipt.ts';
import type { Outbox, RandomBytes } from '../ports.ts';
import { randomDigits } from './random-digits.ts';

/** With a million rows in the queue one draw in a thousand is taken: ten in a row say that randomness is broken. */
const MOST_DRAWS = 10;

/**
 * A receipt number that no row of this kiosk has: a slip must find its own act, and nobody else's.
 * @returns null when every draw was taken
 */
export function newReceipt({ random, outbox }: { random: RandomBytes; outbox: Pick<Outbox, 'look'> }): string | null {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const receipt = receiptNumber(randomDigits(random, 9));
    if (outbox.look(receipt) === null) return receipt;
  }
  return null;
}
