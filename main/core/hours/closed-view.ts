import type { ScreenOf } from '../../contract/screens.ts';
import { japanDay } from '../time.ts';
import type { OpeningState } from './opening.ts';

const DAY_MS = 86_400_000;

/** What the closed screen says of the next opening. @param now epoch ms @returns null: open */
export function closedView({ open, until }: OpeningState, now: number): Pick<ScreenOf<'closed'>, 'opens'> | null {
  if (open) return null;
  if (until === null) return { opens: null };
  const day = japanDay(until);
  const on = day === japanDay(now) ? 'today' : day === japanDay(now + DAY_MS) ? 'tomorrow' : 'later';
  return { opens: { at: new Date(until).toISOString(), on } };
}
