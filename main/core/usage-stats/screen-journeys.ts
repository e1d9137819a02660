import { type Journey, ownerOf, type Screen } from '../../contract/screens.ts';

export type Place = { readonly in: 'nothing' } | { readonly in: 'visit'; readonly journey: Journey | null };

/** @param before the journey that was up until now; null: none */
export function placeOf(screen: Screen, before: Journey | null): Place {
  const owner = ownerOf(screen.name);
  switch (owner) {
    case 'visit':
      // In a visit, and no journey is up; the others are nobody's visit.
      return screen.name === 'menu' ? { in: 'visit', journey: null } : { in: 'nothing' };
    case 'prologue':
    case 'submission':
      // Shared by several: the screen says it itself, or the one that was up goes on.
      return {
        in: 'visit',
        journey: 'journey' in screen ? screen.journey : screen.name === 'read-back' ? screen.content.kind : before,
      };
    default:
      return { in: 'visit', journey: owner };
  }
}
