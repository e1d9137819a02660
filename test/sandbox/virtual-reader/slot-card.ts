import type { VirtualCard } from '../virtual-card/card.ts';

/** A card as a reader without PC/SC sees it: contacts, power and bytes. */
export interface SlotCard {
  /** The card answers to reset. */
  readonly answersToReset: boolean;
  power(event: 'on' | 'off' | 'reset'): void;
  /** @returns what came back, or null when the card left meanwhile */
  transmit(apdu: Uint8Array): Promise<Uint8Array | null>;
}

/** A virtual card of this process, laid into the slot by hand. @param left called when the card leaves by itself */
export function localCard(card: VirtualCard, left: () => void): SlotCard & { takeOff(): void } {
  const off = Promise.withResolvers<null>();
  let there = true;
  return {
    answersToReset: card.atr.length > 0,
    power: (event) => {
      if (there) card.power(event);
    },
    async transmit(apdu) {
      if (!there) return null;
      const reply = await Promise.race([card.transmit(apdu), off.promise]);
      if (reply !== 'leave') return there ? reply : null;
      left();
      return null;
    },
    takeOff() {
      if (!there) return;
      there = false;
      card.power('off');
      off.resolve(null);
    },
  };
}
