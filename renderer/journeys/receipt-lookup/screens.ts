import type { Screens } from '../screens.ts';
import { ApplicationStatus } from './application-status.tsx';
import { ReceiptCancel } from './receipt-cancel.tsx';
import { ReceiptCancelled } from './receipt-cancelled.tsx';
import { ReceiptFind } from './receipt-find.tsx';
import { ReceiptState } from './receipt-state.tsx';

/** The screens of this journey. */
export const receiptLookupScreens = {
  'receipt-cancelled': ReceiptCancelled,
  'receipt-find': ReceiptFind,
  'receipt-state': ReceiptState,
  'receipt-cancel': ReceiptCancel,
  'application-status': ApplicationStatus,
} satisfies Screens;
