import type { JourneyPage } from '../screens.ts';
import { ApplicationStatus } from './application-status.tsx';
import { ReceiptCancel } from './receipt-cancel.tsx';
import { ReceiptCancelled } from './receipt-cancelled.tsx';
import { ReceiptFind } from './receipt-find.tsx';
import { ReceiptState } from './receipt-state.tsx';

export const receiptLookup = {
  icon: 'paper',
  title: 'menu.receiptLookup',
  text: 'menu.receiptLookupText',
  short: 'attract.receiptLookup',
  screens: {
    'receipt-cancelled': ReceiptCancelled,
    'receipt-find': ReceiptFind,
    'receipt-state': ReceiptState,
    'receipt-cancel': ReceiptCancel,
    'application-status': ApplicationStatus,
  },
} as const satisfies JourneyPage;
