import { z } from 'zod';
import { StatsKey } from './keys.ts';

/** Numbered steps of DATA/tally/tally.db (named before the counts were called usage stats; the name on the disk stays); `user_version` is the number of steps taken. Never edit an old step. */
export const statsMigrations: readonly string[] = [
  `
  -- How often, on a day in Japan. Sums only: there is no row for any single event.
  CREATE TABLE tally (
    day TEXT NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, key)
  ) STRICT, WITHOUT ROWID;
  -- One beat a minute while the core runs. Minutes of the day in Japan, 0 to 1439.
  CREATE TABLE opening (
    day TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    served INTEGER NOT NULL,
    console INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Cards newly issued in a month, as staff entered it.
  CREATE TABLE issued (month TEXT PRIMARY KEY, cards INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Where opening hours are set, ms of a day in Japan: promised by them; of those, served; of those, closed by staff by hand.
  CREATE TABLE service (
    day TEXT PRIMARY KEY,
    promised INTEGER NOT NULL,
    served INTEGER NOT NULL,
    by_staff INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Up to when that has been counted: one row. uptime: ms of that boot; wall: epoch ms.
  CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    boot TEXT NOT NULL,
    uptime INTEGER NOT NULL,
    wall INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What staff had said by hand at the mark, and since: JSON, see Mark. null: a mark of before this step.
  ALTER TABLE mark ADD COLUMN orders TEXT;
  `,
  `
  -- What a machine that was just switched on has not counted yet: JSON, see Mark. null: nothing.
  ALTER TABLE mark ADD COLUMN held TEXT;
  `,
  `
  -- The journey "pending" is called "receipt-lookup" since, and its screens after the receipt. Nothing was counted under the new names before.
  UPDATE tally SET key = 'outcome:receipt-lookup:' || substr(key, 17) WHERE key LIKE 'outcome:pending:%';
  UPDATE tally SET key = 'minutes:receipt-lookup:' || substr(key, 17) WHERE key LIKE 'minutes:pending:%';
  UPDATE tally SET key = 'abandoned:receipt-lookup:' || substr(key, 19) WHERE key LIKE 'abandoned:pending:%';
  UPDATE tally SET key = replace(key, ':pending-find:', ':receipt-find:') WHERE key LIKE 'abandoned:%:pending-find:%';
  UPDATE tally SET key = replace(key, ':pending-row:', ':receipt-state:') WHERE key LIKE 'abandoned:%:pending-row:%';
  UPDATE tally SET key = replace(key, ':pending-sure:', ':receipt-cancel:') WHERE key LIKE 'abandoned:%:pending-sure:%';
  UPDATE tally SET key = replace(key, ':pending-cancelled:', ':receipt-cancelled:') WHERE key LIKE 'abandoned:%:pending-cancelled:%';
  `,
];

const whole = z.number().int().min(0);
const minuteOfDay = z.number().int().min(0).max(1439);

export const StatsRow = z.object({ day: z.iso.date(), key: StatsKey, count: whole }).strict();
export type StatsRow = z.infer<typeof StatsRow>;

/** `served`: minutes in which somebody could have used the kiosk. `console`: minutes in which the staff's console was open. */
export const OpeningRow = z
  .object({ day: z.iso.date(), first: minuteOfDay, last: minuteOfDay, served: whole, console: whole })
  .strict();
export type OpeningRow = z.infer<typeof OpeningRow>;

export const IssuedRow = z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), cards: whole }).strict();
export type IssuedRow = z.infer<typeof IssuedRow>;

/** ms within the opening hours of a day. What is neither `served` nor `byStaff` counts against the kiosk. */
export const ServiceRow = z.object({ day: z.iso.date(), promised: whole, served: whole, byStaff: whole }).strict();
export type ServiceRow = z.infer<typeof ServiceRow>;

/** Orders of staff's that a mark keeps; nobody gives so many within two minutes. */
export const MOST_ORDERS = 50;
/** Changes of the service that a mark keeps of two minutes. */
export const MOST_SPANS = 200;

/** Up to when service has been counted: uptime in ms of that run of the machine, and what its wall clock said, epoch ms. */
export const Mark = z
  .object({
    boot: z.string().min(1).max(100),
    uptimeMs: whole,
    wall: z.number().int(),
    /** What staff had said by hand then, and what they have said since that is not counted yet. `closed` null: they had not closed. */
    orders: z
      .array(
        z.object({ at: z.number().int(), closed: z.object({ until: z.number().int().nullable() }).strict().nullable() }).strict(),
      )
      .max(MOST_ORDERS)
      .optional(),
    /**
     * What the run of the machine after the mark has not counted yet, because its clock may still have to be told the time; up to its uptime and
     * its wall clock, epoch ms. `not-running`: between two runs of the core.
     */
    held: z
      .object({
        boot: z.string().min(1).max(100),
        uptimeMs: whole,
        wall: z.number().int(),
        spans: z
          .array(z.object({ ms: whole, service: z.enum(['served', 'by-staff', 'lost', 'not-running']) }).strict())
          .max(MOST_SPANS),
      })
      .strict()
      .optional(),
  })
  .strict();
export type Mark = z.infer<typeof Mark>;
