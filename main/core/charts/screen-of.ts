import type { AnyMachineSnapshot } from 'xstate';
import type { PublicLanguage } from '../../contract/languages.ts';
import type { Screen } from '../../contract/screens.ts';

/**
 * What a state shows; stands in its `meta`, where the state is declared. A state that shows nothing shows what the state around it shows.
 * @template Context of the chart; what else a screen needs, the chart got when it was made
 */
export interface Shows<Context> {
  /** `null`: nothing now, for example because the catalogue went. In the language that is up. */
  readonly screen?: (context: Context, language: PublicLanguage) => Screen | null;
  /** The chart that runs in this state and shows for it, by its id. */
  readonly child?: string;
}

/** `(machine).before.list` is deeper than `(machine).before`. */
const depth = (id: string) => id.split('.').length;

/** The screen of the deepest state that shows one. `null`: none does. */
export function screenOf(snapshot: AnyMachineSnapshot, language: PublicLanguage): Screen | null {
  const active = Object.entries<Shows<unknown>>(snapshot.getMeta()).toSorted(([a], [b]) => depth(b) - depth(a));
  for (const [, { child, screen }] of active) {
    const inner = child === undefined ? undefined : snapshot.children[child]?.getSnapshot();
    const shown = (inner === undefined ? null : screenOf(inner, language)) ?? screen?.(snapshot.context, language) ?? null;
    if (shown !== null) return shown;
  }
  return null;
}
