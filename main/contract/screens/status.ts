import { z } from 'zod';
import { RefusalCode, StatusReply } from '../platform.ts';
import { ReceiptNumber } from '../submission.ts';
import { name, SlipState, screen } from './screen.ts';

/** Most of a person's rows that a status screen names. */
export const MOST_PENDING_HERE = 3;

/**
 * What this card has at this kiosk that is not done. `sent`: on its way. `parked`: staff must look at it. `refused`: the platform said no
 * when nobody stood here to be told; `code`: why, null in every other state. `lost`: damage of the kiosk's storage has taken it.
 */
export const PendingHere = z
  .array(
    z
      .object({
        receipt: ReceiptNumber,
        kind: z.enum(['set-up', 'sign-up', 'municipal']),
        at: z.string().nullable(),
        state: z.enum(['waiting', 'sent', 'parked', 'refused', 'lost']),
        code: RefusalCode.nullable(),
      })
      .strict(),
  )
  .max(MOST_PENDING_HERE);
export type PendingHere = z.infer<typeof PendingHere>;

/** Journey "status": what is set up, granted and still to come. */
export const statusScreens = [
  screen(
    'status',
    {
      status: StatusReply,
      service: name.nullable(),
      pending: PendingHere,
      page: z.number().int().min(1),
      pages: z.number().int().min(1),
      slip: SlipState,
    },
    { outcome: 'shown' },
  ),
  /** Without a line there is no status; what waits here is known all the same. */
  screen('status-offline', { pending: PendingHere }, { outcome: 'cannot' }),
] as const;
