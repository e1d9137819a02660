import type { ComponentType } from 'react';
import type { Screen, ScreenName } from '../../main/contract/screens.ts';
import { submissionScreens } from '../submission/screens.ts';
import { visitScreens } from '../visit/screens.ts';
import { cardApplicationScreens } from './card-application/screens.ts';
import { checkScreens } from './check/screens.ts';
import { municipalScreens } from './municipal/screens.ts';
import { prologueScreens } from './prologue/screens.ts';
import { receiptLookupScreens } from './receipt-lookup/screens.ts';
import type { Drawing } from './screens.ts';
import { setUpScreens } from './set-up/screens.ts';
import { signUpScreens } from './sign-up/screens.ts';
import { statusScreens } from './status/screens.ts';

/** Every screen of the contract has a drawing: a missing one does not compile. */
const drawings: { readonly [N in ScreenName]: Drawing<N> } = {
  ...cardApplicationScreens,
  ...checkScreens,
  ...municipalScreens,
  ...prologueScreens,
  ...receiptLookupScreens,
  ...setUpScreens,
  ...signUpScreens,
  ...statusScreens,
  ...submissionScreens,
  ...visitScreens,
};

/** The one drawing that belongs to a screen of the contract. */
export function ScreenView({ screen }: { readonly screen: Screen }) {
  // The drawing of this very name takes this very screen.
  const Drawn = drawings[screen.name] as ComponentType<{ readonly screen: Screen }>;
  return <Drawn screen={screen} />;
}
