import type { Button } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';
import type { CardStateName } from '../sandbox/virtual-card/card.ts';

/**
 * Somebody at a kiosk: what a person sees and does there. One driver touches the page in a browser (test/e2e/counter.ts), the other speaks
 * over the Port and has no picture (person-at-port.ts); walks.ts is written once for both.
 */
export interface Person {
  /** Waits until one of these screens is up. @returns which of them */
  see(...names: ScreenName[]): Promise<ScreenName>;
  /** Presses a button, and waits for the step after it. */
  press(button: Button): Promise<void>;
  /** Presses a line of a list. */
  choose(id: string): Promise<void>;
  /** On the finder, without a slip: finds a service by its name, which chooses it. */
  findService(id: string): Promise<void>;
  /** Types what belongs into the field on the screen, says that it is all, and waits for the step after it. */
  typeField(text: string): Promise<void>;
  /** Types four digits on the pad that is up, wherever they stand on it, and says OK. */
  typePin(pin: string): Promise<void>;
  /** Holds a code before the hand scanner. */
  scan(text: string): Promise<void>;
  /** Reads the read-back to its last page, and confirms it. */
  confirm(): Promise<void>;
  /** Puts a card on the reader. The reader may still be coming up after a fault. */
  insertCard(card: CardStateName): Promise<void>;
  takeCard(): Promise<void>;
  /** The four digits that a person knows of their card. */
  pinOf(card: CardStateName): string;
  /** The receipt number on the screen, ten digits; empty: there is none. */
  readReceipt(): Promise<string>;
}
