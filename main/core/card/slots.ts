import type { CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import { unreachable } from '../../contract/result.ts';

/** What lies in a slot. `session: null`: it does not answer. `found`: nobody was seen putting it there. */
export interface PresentCard {
  readonly reader: string;
  readonly session: CardSessionNumber | null;
  readonly found: boolean;
}

/**
 * The slots of all readers, each by its own name: a reader may have one that no person can reach (a SAM in its case), with something in
 * it that never answers, or that answers and is no person's card.
 */
export interface Slots {
  /** `null`: not heard of yet. */
  readonly names: readonly string[] | null;
  /** The settings name the readers that are used. */
  readonly named: boolean;
  /** Slots that have shown a person's card since the start. */
  readonly proven: readonly string[];
  readonly present: readonly PresentCard[];
}

export const noSlots = (named: boolean): Slots => ({ names: null, named, proven: [], present: [] });

/** What is known after this news. The cards of a service that went are gone with it. */
export function slotsAfter(slots: Slots, event: ReaderEvent): Slots {
  const without = (gone: (one: PresentCard) => boolean) => slots.present.filter((one) => !gone(one));
  switch (event.type) {
    case 'service':
      return event.up ? slots : { ...slots, present: [] };
    case 'readers':
      return { ...slots, names: event.names, present: without(({ reader }) => !event.names.includes(reader)) };
    case 'inserted': {
      const { reader, session, found } = event;
      return { ...slots, present: [...slots.present, { reader, session, found }] };
    }
    case 'mute': {
      const { reader, found } = event;
      return { ...slots, present: [...slots.present, { reader, session: null, found }] };
    }
    case 'removed':
      return { ...slots, present: without(({ session }) => session === event.session) };
    case 'mute-removed':
      return { ...slots, present: without(({ reader, session }) => reader === event.reader && session === null) };
    default:
      return unreachable(event);
  }
}

/** Nobody doubts that persons use this slot: it is named, the only one, or has shown a person's card. */
const counts = ({ names, named, proven }: Slots, reader: string): boolean =>
  named || proven.includes(reader) || names === null || names.length < 2;

/** pcsc-lite ends a name with the reader's number and the slot's, two hex digits each. */
const SECOND_SLOT = /\s[0-9A-F]{2} (?!00)[0-9A-F]{2}$/i;

/**
 * Whether what lies here may be a person's. A card that answers in a reader's first slot may have been left behind by whoever was here before a
 * restart: nobody knows whose it is, so it counts although the slot has shown nothing yet.
 */
const mayBeAPersons = (slots: Slots, { reader, session }: PresentCard): boolean =>
  counts(slots, reader) || (session !== null && !SECOND_SLOT.test(reader));

/** Something lies there that must be taken before the next visit. */
export const occupied = (slots: Slots): boolean => slots.present.some((one) => mayBeAPersons(slots, one));

export const readerOf = ({ present }: Slots, session: CardSessionNumber | null): string | null =>
  (session === null ? undefined : present.find((one) => one.session === session))?.reader ?? null;

/** A card that was found lying there, where persons put theirs. */
export function foundInUse(slots: Slots, session: CardSessionNumber): boolean {
  const card = slots.present.find((one) => one.session === session);
  return card?.found === true && mayBeAPersons(slots, card);
}

/** A card was put on, and no other lies where persons put theirs. */
export function onlyCard(slots: Slots, session: CardSessionNumber): boolean {
  const card = slots.present.find((one) => one.session === session);
  return card !== undefined && !card.found && !slots.present.some((one) => one !== card && mayBeAPersons(slots, one));
}

/** Whether a person is told about something that does not answer. In a slot that nobody was seen to use it is most likely a SAM. */
export const speaksOfMute = (slots: Slots, { reader, found }: Pick<PresentCard, 'reader' | 'found'>): boolean =>
  counts(slots, reader) || (!found && !SECOND_SLOT.test(reader));

/** Nothing that persons are told of lies mute. */
export const noMuteLeft = (slots: Slots): boolean =>
  !slots.present.some((one) => one.session === null && speaksOfMute(slots, one));

/** For staff: slots with something in them that is nobody's card, as far as is known. */
export const strangeSlots = (slots: Slots): readonly string[] => [
  ...new Set(
    slots.present.filter((one) => (one.found || one.session === null) && !mayBeAPersons(slots, one)).map(({ reader }) => reader),
  ),
];

const SHOWS_NO_PERSON: ReadonlySet<CardProblem['code']> = new Set([
  'not-my-number-card',
  'juki-card',
  'phone',
  'mute',
  'removed',
  'reader-failed',
  'reader-busy',
  'unexpected-status',
]);

/** After a reading: the slot of a person's card has proven itself, whatever was wrong with the card. @param problem null: none */
export function slotsProven(slots: Slots, session: CardSessionNumber | null, problem: CardProblem | null): Slots {
  if (problem !== null && SHOWS_NO_PERSON.has(problem.code)) return slots;
  const reader = readerOf(slots, session);
  return reader === null || slots.proven.includes(reader) ? slots : { ...slots, proven: [...slots.proven, reader] };
}

/** For staff: what lies where persons put their cards. */
export function presentInUse(slots: Slots): { readonly present: CardSessionNumber | null; readonly mute: boolean } {
  const strange = strangeSlots(slots);
  const inUse = slots.present.filter(({ reader }) => !strange.includes(reader));
  return {
    present: inUse.findLast(({ session }) => session !== null)?.session ?? null,
    mute: inUse.some(({ session }) => session === null),
  };
}
