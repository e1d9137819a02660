import { z } from 'zod';
import { ApplicationState } from '../application.ts';
import { RefusalCode } from '../platform.ts';
import { ReceiptNumber } from '../submission.ts';
import { QueuedKind, ScanProblem, SlipState, screen } from './screen.ts';

/** Journey "receipt lookup": what became of a receipt, and taking it back. */
export const receiptLookupScreens = [
  /** `camera`: the viewfinder is up. */
  screen(
    'receipt-find',
    {
      text: z.string().max(10),
      problem: z.enum(['unknown', 'check-digit', ...ScanProblem.options]).nullable(),
      camera: z.boolean(),
    },
    { step: [] },
  ),
  /**
   * `waiting`: not sent, can be cancelled. `sent`: on its way or at the platform: final. `lost`: the kiosk's storage was damaged, and what
   * was entered is gone. `at` null: nothing but the receipt is left of it, and its kind is not known either. `code`: why it was refused, else null.
   */
  screen(
    'receipt-state',
    {
      receipt: ReceiptNumber,
      kind: QueuedKind,
      at: z.string().nullable(),
      state: z.enum(['waiting', 'sent', 'accepted', 'refused', 'parked', 'cancelled', 'lost']),
      code: RefusalCode.nullable(),
    },
    { outcome: 'shown' },
  ),
  screen('receipt-cancel', { receipt: ReceiptNumber, kind: QueuedKind }),
  /** How the race with the sender ended. */
  screen(
    'receipt-cancelled',
    { receipt: ReceiptNumber, cancelled: z.boolean(), slip: SlipState },
    { outcome: ({ cancelled }) => (cancelled ? 'cancelled' : 'shown') },
  ),
  /** From the slip's number. `null`: the line is down, or the platform does not know it. */
  screen(
    'application-status',
    { receipt: ReceiptNumber, application: ApplicationState.nullable(), slip: SlipState },
    { outcome: 'shown' },
  ),
] as const;
