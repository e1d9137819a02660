import type { ComponentType } from 'react';
import type { Screen } from '../../main/contract/screens.ts';
import { submissionScreens } from '../submission/screens.ts';
import { visitScreens } from '../visit/screens.ts';
import { prologueScreens } from './prologue/screens.ts';
import { journeyPages } from './registry.ts';

type NamesOf<Screens> = Screens extends unknown ? keyof Screens : never;
type Pages = typeof journeyPages;
type Drawn = NamesOf<typeof prologueScreens | typeof submissionScreens | typeof visitScreens | Pages[keyof Pages]['screens']>;

const drawings: Readonly<Record<Drawn, unknown>> = Object.assign(
  {},
  prologueScreens,
  submissionScreens,
  visitScreens,
  ...Object.values(journeyPages).map(({ screens }) => screens),
);

/** The one drawing that belongs to a screen of the contract. One without a drawing does not compile. */
export function ScreenView({ screen }: { readonly screen: Screen }) {
  // The drawing of this very name takes this very screen: each folder's list says so (`Screens`).
  const Drawing = drawings[screen.name] as ComponentType<{ readonly screen: Screen }>;
  return <Drawing screen={screen} />;
}
