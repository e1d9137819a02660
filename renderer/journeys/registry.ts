import type { Journey } from '../../main/contract/screens.ts';
import { cardApplication } from './card-application/screens.ts';
import { check } from './check/screens.ts';
import { municipal } from './municipal/screens.ts';
import { receiptLookup } from './receipt-lookup/screens.ts';
import type { JourneyPage } from './screens.ts';
import { setUp } from './set-up/screens.ts';
import { signUp } from './sign-up/screens.ts';
import { status } from './status/screens.ts';

/** All journeys, as the page knows them: attract screen and menu read this, and what draws a screen. */
export const journeyPages = {
  check,
  'set-up': setUp,
  'sign-up': signUp,
  status,
  municipal,
  'receipt-lookup': receiptLookup,
  'card-application': cardApplication,
} as const satisfies Record<Journey, JourneyPage>;
