import { z } from 'zod';
import { CAMERA_USES } from '../camera.ts';
import { Journey, screen } from './screen.ts';

/** Screens of the visit itself: nobody is here, a journey is chosen, a card is taken, the kiosk does not work. */
export const visitScreens = [
  /** `can`: journeys that this terminal offers, in the order of its settings; each begins by a press of its own. */
  screen('attract', { can: z.array(Journey) }),
  /**
   * Outside the opening hours, or closed by staff: no journey begins, no card is spoken to. `opens`: when next, and how far that day in Japan is
   * from today; null: nobody knows. `ask`: where to ask, in the language that is up, as the settings say it; null: they say nothing. `card`: one
   * lies on the reader.
   */
  screen('closed', {
    opens: z.object({ at: z.iso.datetime(), on: z.enum(['today', 'tomorrow', 'later']) }).nullable(),
    ask: z.string().max(200).nullable(),
    card: z.boolean(),
  }),
  /** `cardPresent`: the menu of a running card session. `can`: journeys that this terminal offers. */
  screen('menu', { can: z.array(Journey), cardPresent: z.boolean() }),
  /** The session is over; the card still lies on the reader. Nothing personal. */
  screen('take-card', { alarm: z.boolean() }, { step: [] }),
  screen('goodbye', { reason: z.enum(['done', 'removed', 'timeout', 'staff', 'reader', 'home']) }),
  /** `staff`: the staff console is open. `trial`: staff try that camera (for `codes` also the hand scanner); only with `staff`. */
  screen('out-of-order', {
    reason: z.enum(['reader-missing', 'reader-service', 'reader-not-allowed', 'reader-stuck', 'storage', 'starting', 'staff']),
    trial: z.enum(CAMERA_USES).optional(),
  }),
] as const;
