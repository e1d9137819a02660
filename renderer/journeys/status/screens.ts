import type { Screens } from '../screens.ts';
import { Status } from './status.tsx';
import { StatusOffline } from './status-offline.tsx';

/** The screens of this journey. */
export const statusScreens = {
  status: Status,
  'status-offline': StatusOffline,
} satisfies Screens;
