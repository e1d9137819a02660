import { z } from 'zod';
import { cardApplicationScreens } from './screens/card-application.ts';
import { checkScreens } from './screens/check.ts';
import { municipalScreens } from './screens/municipal.ts';
import { prologueScreens } from './screens/prologue.ts';
import { receiptLookupScreens } from './screens/receipt-lookup.ts';
import { type Journey, type ScreenTraits, screenTraits } from './screens/screen.ts';
import { setUpScreens } from './screens/set-up.ts';
import { signUpScreens } from './screens/sign-up.ts';
import { statusScreens } from './screens/status.ts';
import { submissionScreens } from './screens/submission.ts';
import { visitScreens } from './screens/visit.ts';

export * from './screens/card-application.ts';
export * from './screens/check.ts';
export * from './screens/prologue.ts';
export * from './screens/screen.ts';
export * from './screens/sign-up.ts';
export * from './screens/status.ts';
export * from './screens/submission.ts';

/** Every screen the core can put up. A journey's screens stand in its own file; this is the only place that lists the files. */
export const Screen = z.discriminatedUnion('name', [
  ...visitScreens,
  ...prologueScreens,
  ...submissionScreens,
  ...checkScreens,
  ...setUpScreens,
  ...signUpScreens,
  ...statusScreens,
  ...municipalScreens,
  ...receiptLookupScreens,
  ...cardApplicationScreens,
]);
export type Screen = z.infer<typeof Screen>;
export type ScreenName = Screen['name'];
export type ScreenOf<N extends ScreenName> = Extract<Screen, { name: N }>;

const lists = {
  visit: visitScreens,
  prologue: prologueScreens,
  submission: submissionScreens,
  check: checkScreens,
  'set-up': setUpScreens,
  'sign-up': signUpScreens,
  status: statusScreens,
  municipal: municipalScreens,
  'receipt-lookup': receiptLookupScreens,
  'card-application': cardApplicationScreens,
} as const satisfies Record<Journey | 'visit' | 'prologue' | 'submission', readonly z.ZodObject[]>;
type ScreenOwner = keyof typeof lists;

const known = new Map(
  Object.entries(lists).flatMap(([owner, schemas]) =>
    schemas.map((schema) => [schema.shape.name.value, { owner: owner as ScreenOwner, schema }] as const),
  ),
);

/** Which journey's file a screen stands in; `prologue` and `submission` are parts of several journeys. */
export const ownerOf = (name: ScreenName): ScreenOwner => known.get(name)?.owner ?? 'visit';

/** What is said of a screen beside its data (`screen.ts`). */
export function traitsOf(screen: Screen): ScreenTraits<Screen> {
  const found = known.get(screen.name);
  // The traits were given with this very schema.
  return ((found && screenTraits.get(found.schema)) ?? {}) as ScreenTraits<Screen>;
}

/** What makes two screens the same step: typing, printing and counting do not make a new one. */
export function stepOf(screen: Screen): string {
  const { step } = traitsOf(screen);
  const { slip: _, ...rest } = screen as Screen & { slip?: unknown };
  return JSON.stringify(step === undefined ? rest : [screen.name, ...step.map((field) => screen[field])]);
}
