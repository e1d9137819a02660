import type { Screens } from '../screens.ts';
import { ApplicationStatus } from './application-status.tsx';
import { PendingCancelled } from './pending-cancelled.tsx';
import { PendingFind } from './pending-find.tsx';
import { PendingRow } from './pending-row.tsx';
import { PendingSure } from './pending-sure.tsx';

/** The screens of this journey. */
export const receiptLookupScreens = {
  'pending-cancelled': PendingCancelled,
  'pending-find': PendingFind,
  'pending-row': PendingRow,
  'pending-sure': PendingSure,
  'application-status': ApplicationStatus,
} satisfies Screens;
