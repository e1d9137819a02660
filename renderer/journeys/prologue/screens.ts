import type { Screens } from '../screens.ts';
import { NoCatalogue } from './no-catalogue.tsx';
import { Terms } from './terms.tsx';
import { WhoTypes } from './who-types.tsx';
import { WhoseCard } from './whose-card.tsx';
import { WhoseStop } from './whose-stop.tsx';

/** What journeys ask before a card is needed. */
export const prologueScreens = {
  'whose-card': WhoseCard,
  'whose-stop': WhoseStop,
  terms: Terms,
  'no-catalogue': NoCatalogue,
  'who-types': WhoTypes,
} satisfies Screens;
