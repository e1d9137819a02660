import { z } from 'zod';
import { Day } from '../catalogue.ts';
import { PrintFailure } from '../slip.ts';

/** What the person can do at this kiosk. */
export const Journey = z.enum(['check', 'set-up', 'sign-up', 'status', 'municipal', 'receipt-lookup', 'card-application']);
export type Journey = z.infer<typeof Journey>;

/** What came of a journey. */
export type Outcome =
  | 'issued'
  | 'signed-up'
  | 'granted'
  | 'accepted'
  | 'received'
  | 'already'
  | 'parked'
  | 'refused'
  | 'cannot'
  | 'shown'
  | 'saved'
  | 'cancelled'
  | 'no-form'
  | 'other-form';

/** What is said of a screen beside its data. */
export interface ScreenTraits<Data> {
  /**
   * What this screen says came of its journey, for the counts; default: nothing (yet). `open`: what was said before holds no longer (a 受付 that
   * was answered after all, and the person is asked once more).
   */
  readonly outcome?: Outcome | 'open' | ((screen: Data) => Outcome | 'open');
  /**
   * Fields of which a change makes a new step: presses on the step before do not count any more. Default: all but the slip. Typing, printing
   * and counting are none.
   */
  readonly step?: readonly (keyof Data)[];
}

/** Traits by schema; `Screen` looks them up by name. */
export const screenTraits = new WeakMap<z.ZodType, ScreenTraits<never>>();

/** One screen: its name, and all the data that it needs. The page draws it and holds nothing back. */
export function screen<N extends string, S extends z.core.$ZodLooseShape>(
  name: N,
  shape: S,
  traits: ScreenTraits<z.infer<z.ZodObject<S>>> = {},
) {
  const schema = z.object({ name: z.literal(name), ...shape }).strict();
  screenTraits.set(schema, traits);
  return schema;
}

/** What is printed, or not, of the slip that belongs to a screen. */
export const SlipState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }).strict(),
  z.object({ state: z.literal('printing') }).strict(),
  z.object({ state: z.literal('printed') }).strict(),
  z.object({ state: z.literal('failed'), reason: PrintFailure }).strict(),
]);
export type SlipState = z.infer<typeof SlipState>;

/** Names in a snapshot are already in the language that is up. */
export const name = z.string().min(1).max(120);

/** No card belongs to it (card application): nothing lies on the reader, and no PIN was asked. */
export const cardless = { cardless: z.literal(true).optional() };

/** What will happen, from the catalogue that the content names. */
export const Prospect = z
  .object({
    percent: z.number(),
    /** Most points, and what must be charged or bought for them, yen. */
    cap: z.number().int(),
    spend: z.number().int(),
    /** First day that counts, and the last. */
    from: Day,
    to: Day,
    maxChargePerTime: z.number().int().nullable(),
  })
  .strict();
export type Prospect = z.infer<typeof Prospect>;

/** How old the catalogue is. `issuedAt`: ISO instant. `old`: it could not be refreshed for a day or more. */
export const CatalogueAge = z.object({ issuedAt: z.string(), old: z.boolean() }).strict();
export type CatalogueAge = z.infer<typeof CatalogueAge>;

/** What can lie in the outbox, as a slip's holder sees it. */
export const QueuedKind = z.enum(['set-up', 'sign-up', 'municipal', 'card-application']);
export type QueuedKind = z.infer<typeof QueuedKind>;

/** What is wrong with a code, where there is no more to say of it. */
export const ScanProblem = z.enum(['scan-garbage', 'scan-several']);
export type ScanProblem = z.infer<typeof ScanProblem>;
