import type { CardSessionNumber, ReaderEvent } from '../../main/contract/card-host.ts';
import { State } from '../pcsc/index.ts';

/** What lies on one reader, as far as we told. */
type PresentCard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'card'; readonly session: CardSessionNumber };

interface ReaderEntry {
  present: PresentCard;
  /** The event counter (upper 16 bits of the state) when it was last looked at. */
  counter: number;
}

const COUNTER_SHIFT = 16;
const counterOf = (state: number) => state >>> COUNTER_SHIFT;
const nothing: PresentCard = { kind: 'nothing' };

/** Which card lies where, and under which number. Turns states of readers into events, each exactly once. */
export class Cards {
  private readonly readers = new Map<string, ReaderEntry>();
  private next: CardSessionNumber;

  /** @param firstSession the number that the first card gets; it only grows */
  constructor(firstSession: CardSessionNumber) {
    this.next = firstSession;
  }

  /** The readers there are now. Cards of those that went are removed. */
  setReaders(names: readonly string[]): ReaderEvent[] {
    const { readers } = this;
    const events: ReaderEvent[] = [];
    for (const [name, entry] of readers) {
      if (names.includes(name)) continue;
      events.push(...gone(name, entry));
      readers.delete(name);
    }
    for (const name of names) if (!readers.has(name)) readers.set(name, { present: nothing, counter: -1 });
    return events;
  }

  /** @param state bits of `State` with the counter, as PC/SC gave them */
  look(reader: string, state: number): ReaderEvent[] {
    const entry = this.readers.get(reader);
    if (entry === undefined) return [];
    const counter = counterOf(state);
    const firstLook = entry.counter === -1;
    const moved = !firstLook && entry.counter !== counter;
    entry.counter = counter;
    const present = (state & State.present) !== 0;
    const mute = (state & State.mute) !== 0;
    if (!present) {
      const events = gone(reader, entry);
      entry.present = nothing;
      return events;
    }
    if (entry.present.kind === 'nothing') return [this.put(reader, entry, mute, firstLook)];
    // A card that went and came between two looks: another person's, for all we know.
    const swapped = moved || (entry.present.kind === 'mute') !== mute;
    if (!swapped) return [];
    const events = gone(reader, entry);
    return [...events, this.put(reader, entry, mute, false)];
  }

  /** The service went, and every reader with it. */
  clear(): ReaderEvent[] {
    const events = [...this.readers].flatMap(([name, entry]) => gone(name, entry));
    this.readers.clear();
    return events;
  }

  /** Where the card of this session lies, and the counter it came with. */
  find(session: CardSessionNumber): { readonly reader: string; readonly counter: number } | null {
    for (const [reader, { present, counter }] of this.readers) {
      if (present.kind === 'card' && present.session === session) return { reader, counter };
    }
    return null;
  }

  private put(reader: string, entry: ReaderEntry, mute: boolean, found: boolean): ReaderEvent {
    if (mute) {
      entry.present = { kind: 'mute' };
      return { type: 'mute', reader, found };
    }
    const session = this.next++;
    entry.present = { kind: 'card', session };
    return { type: 'inserted', session, reader, found };
  }
}

function gone(reader: string, { present }: ReaderEntry): ReaderEvent[] {
  switch (present.kind) {
    case 'nothing':
      return [];
    case 'mute':
      return [{ type: 'mute-removed', reader }];
    case 'card':
      return [{ type: 'removed', session: present.session, reader }];
  }
}
