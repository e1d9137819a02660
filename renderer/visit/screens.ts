import type { Screens } from '../journeys/screens.ts';
import { Attract } from './attract.tsx';
import { Closed } from './closed.tsx';
import { Goodbye } from './goodbye.tsx';
import { Menu } from './menu.tsx';
import { OutOfOrder } from './out-of-order.tsx';
import { TakeCard } from './take-card.tsx';

/** The screens of the visit itself. */
export const visitScreens = {
  attract: Attract,
  closed: Closed,
  menu: Menu,
  'take-card': TakeCard,
  goodbye: Goodbye,
  'out-of-order': OutOfOrder,
} satisfies Screens;
