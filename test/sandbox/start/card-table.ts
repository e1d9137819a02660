import type { TestPki } from '../pki/index.ts';
import { type CardStateName, cardStateNames, createVirtualCard, type VirtualCard } from '../virtual-card/card.ts';
import { type InsertedCard, insertCard } from '../virtual-card/insert.ts';
import { fileLog } from '../virtual-card/log.ts';

/** The cards on the operator's table: each keeps its counters while the sandbox runs, like real ones. */
export interface CardTable {
  readonly names: readonly CardStateName[];
  readonly onReader: CardStateName | null;
  pinOf(name: CardStateName): string;
  /** The person's next card, with this PIN. */
  renew(name: CardStateName, pin: string): void;
  /** Takes off what lies there and lays this one on. @returns false when no reader listens */
  lay(name: CardStateName): Promise<boolean>;
  takeOff(): Promise<void>;
}

export interface CardTableOptions {
  readonly pki: TestPki;
  /** Port of the virtual reader on 127.0.0.1. */
  readonly port: number;
  /** Every command the cards see goes here; the name ends in `.apdu.jsonl`. */
  readonly log: string;
}

export function createCardTable({ pki, port, log }: CardTableOptions): CardTable {
  const cards = new Map<CardStateName, VirtualCard>();
  let inserted: { name: CardStateName; card: InsertedCard } | null = null;
  const cardOf = (name: CardStateName): VirtualCard => {
    const card = cards.get(name) ?? createVirtualCard(name, pki);
    cards.set(name, card);
    return card;
  };
  const takeOff = async () => {
    const old = inserted;
    inserted = null;
    await old?.card.remove();
  };
  return {
    names: cardStateNames,
    get onReader() {
      return inserted === null || inserted.card.removedBy !== null ? null : inserted.name;
    },
    pinOf: (name) => cardOf(name).pin,
    renew: (name, pin) => void cards.set(name, createVirtualCard(name, pki, { pin })),
    async lay(name) {
      await takeOff();
      try {
        inserted = { name, card: await insertCard(cardOf(name), { port, log: fileLog(log) }) };
        return true;
      } catch {
        return false;
      }
    },
    takeOff,
  };
}
