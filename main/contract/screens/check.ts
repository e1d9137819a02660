import { z } from 'zod';
import { CardFacts } from '../card.ts';
import { SlipState, screen } from './screen.ts';

/** What this card can do today (check journey). */
export const CheckItem = z.enum([
  'set-up-possible',
  'set-up-not-possible',
  'renew-possible',
  'renew-needed',
  'pin-reset-needed',
  'pin-one-try',
  'wait-after-renewal',
  'moved-hint',
]);
export type CheckItem = z.infer<typeof CheckItem>;

/** Journey "check": what the card can do today. */
export const checkScreens = [
  /** A person put the card on without having chosen anything. */
  screen('check-result', { facts: CardFacts, items: z.array(CheckItem), slip: SlipState }, { outcome: 'shown' }),
] as const;
