import { z } from 'zod';
import { Day, Purpose } from '../catalogue.ts';
import { Linked } from '../platform.ts';
import { ReceiptNumber } from '../submission.ts';
import { name, SlipState, screen } from './screen.ts';

/** Journey "municipal" (自治体マイナポイント). */
export const municipalScreens = [
  screen(
    'policies',
    {
      policies: z
        .array(
          z
            .object({
              id: z.string(),
              title: name,
              municipality: name,
              purpose: Purpose,
              amount: z.number().int(),
              open: z.boolean(),
            })
            .strict(),
        )
        .max(6),
      purpose: Purpose.nullable(),
      page: z.number().int().min(1),
      pages: z.number().int().min(0),
    },
    { step: [] },
  ),
  screen('policy', {
    title: name,
    municipality: name,
    purpose: Purpose,
    amount: z.number().int(),
    area: z.enum(['anywhere', 'municipality', 'shops']),
    from: Day,
    lastDay: Day,
    open: z.boolean(),
  }),
  screen('policy-question', { text: z.string(), index: z.number().int(), count: z.number().int() }),
  screen('policy-not-for-you', { title: name }),
  screen(
    'municipal-granted',
    {
      receipt: ReceiptNumber,
      policy: name,
      amount: z.number().int(),
      linked: Linked,
      service: name,
      slip: SlipState,
    },
    { outcome: 'granted' },
  ),
] as const;
