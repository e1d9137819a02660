import type { Settings } from '../../contract/config.ts';
import type { LeftOut, Part } from '../../contract/left-out.ts';
import type { Journey } from '../../contract/screens.ts';

/**
 * What a journey cannot do without, beside the reader and the screen. The others need no part, and none needs a printer: a slip that cannot be
 * printed is on the screen, as number and code, and a receipt is looked up by its number.
 */
const NEEDS: { readonly [J in Journey]?: Part } = {
  'sign-up': 'catalogue-key',
  // A municipality's policies are in the same signed list.
  municipal: 'catalogue-key',
  'card-application': 'camera',
};

/** Which parts this terminal has. */
export type PartsHere = Readonly<Record<Part, boolean>>;

export interface Offers {
  /** In the settings' order. */
  readonly journeys: readonly Journey[];
  readonly leftOut: readonly LeftOut[];
}

/** Divides what the settings name into what can be offered here and what cannot, with the part that it lacks. */
export function offersOf(named: readonly Journey[], here: PartsHere): Offers {
  const lacking = (journey: Journey): Part | null => {
    const part = NEEDS[journey];
    return part === undefined || here[part] ? null : part;
  };
  return {
    journeys: named.filter((journey) => lacking(journey) === null),
    leftOut: named.flatMap((journey) => {
      const lacks = lacking(journey);
      return lacks === null ? [] : [{ journey, lacks }];
    }),
  };
}

/** Which parts the settings name. @param camera one is there, or nobody can tell */
export const partsOf = ({ platform }: Pick<Settings, 'platform'>, camera: boolean): PartsHere => ({
  'catalogue-key': platform.catalogueKeyFile !== undefined,
  camera,
});
