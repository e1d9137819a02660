import { z } from 'zod';
import { TermsRef } from '../submission.ts';
import { Journey, screen } from './screen.ts';

export const TermsDocument = z
  .object({
    ref: TermsRef,
    title: z.string(),
    /** Three to six plain sentences; shown first. */
    summary: z.array(z.string()),
    /** The whole text, in paragraphs. */
    paragraphs: z.array(z.string()),
  })
  .strict();
export type TermsDocument = z.infer<typeof TermsDocument>;

/** What journeys ask before a card is needed: whose it is, who types, which terms. */
export const prologueScreens = [
  screen('whose-card', {}),
  /** "Other": politely no. */
  screen('whose-stop', {}),
  /** Who touches the screen: the card's holder, or somebody for them (`helper`). */
  screen('who-types', {}),
  /** All documents with their main points; each is agreed to by a press of its own, in order. `index`: the one that comes next. `full`: its whole text is open. */
  screen('terms', { documents: z.array(TermsDocument).min(1).max(4), index: z.number().int(), full: z.boolean() }),
  /** There is no catalogue yet: nothing can be chosen. */
  screen('no-catalogue', { journey: Journey }, { outcome: 'cannot' }),
] as const;
