import type { Journey } from '../../contract/screens.ts';
import { createCardApplication } from './card-application/machine.ts';
import { createCheck } from './check/machine.ts';
import type { JourneyDeps } from './deps.ts';
import type { JourneyLogic } from './journey.ts';
import { createMunicipal } from './municipal/machine.ts';
import { createReceiptLookupJourney } from './receipt-lookup/machine.ts';
import { createSetUp } from './set-up/machine.ts';
import { createSignUp } from './sign-up/machine.ts';
import { createStatus } from './status/machine.ts';

export interface JourneyModule {
  /** `create` makes its chart, once for all visits. */
  create(deps: JourneyDeps): JourneyLogic;
  /**
   * It is for a person without a card, and has a session of its own: a card that lies there, or is laid there, is nobody's. It opens no session,
   * ends nothing, and must be taken before the next visit.
   */
  readonly setsCardAside?: true;
  /** Before its first state, and after its last: the session of its own. */
  begin?(deps: JourneyDeps): void;
  end?(deps: JourneyDeps): void;
}

/** All journeys, as the core runs them. The visit, the menu, the counts and the drawings read this; the page has a list of its own of how they are drawn. */
export const journeys: Readonly<Record<Journey, JourneyModule>> = {
  check: { create: createCheck },
  'set-up': { create: createSetUp },
  'sign-up': { create: createSignUp },
  status: { create: createStatus },
  municipal: { create: createMunicipal },
  'receipt-lookup': { create: createReceiptLookupJourney },
  'card-application': {
    create: createCardApplication,
    setsCardAside: true,
    begin: ({ applications }) => applications.begin(),
    end: ({ applications }) => applications.end(),
  },
};
