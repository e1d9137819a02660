import { z } from 'zod';
import { MyKeyId } from '../platform.ts';
import { ReceiptNumber } from '../submission.ts';
import { SlipState, screen } from './screen.ts';

/** Journey "set-up" (マイナポイントの予約): a My Key ID. */
export const setUpScreens = [
  screen('about-set-up', {}),
  /** `goesOn`: what the same card can go on with here. */
  screen(
    'issued',
    {
      myKeyId: MyKeyId,
      alreadySet: z.boolean(),
      goesOn: z.enum(['sign-up', 'status']).nullable(),
      receipt: ReceiptNumber,
      slip: SlipState,
    },
    { outcome: ({ alreadySet }) => (alreadySet ? 'already' : 'issued') },
  ),
] as const;
