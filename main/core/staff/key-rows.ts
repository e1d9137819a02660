import { z } from 'zod';
import { StaffRole } from '../../contract/staff.ts';
import { PasscodeHash } from './passcode.ts';

/** Numbered steps of DATA/staff/keys.db. Never edit an old step. */
export const keyMigrations: readonly string[] = [
  `
  CREATE TABLE key (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('clerk', 'engineer')),
    passcode TEXT,
    -- Wrong passcodes since the last right one or the last lock; a restart must not forget them.
    wrong INTEGER NOT NULL DEFAULT 0,
    wrong_at INTEGER NOT NULL DEFAULT 0,
    locks INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    made_at INTEGER NOT NULL
  ) STRICT;
  -- What the command line did, until the core has written it into its audit log.
  CREATE TABLE news (seq INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, name TEXT NOT NULL) STRICT;
  `,
  `
  -- How long the key was held (locked, or waiting after a wrong passcode), and since which moment of which run of the machine.
  ALTER TABLE key ADD COLUMN hold_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE key ADD COLUMN hold_boot TEXT NOT NULL DEFAULT '';
  ALTER TABLE key ADD COLUMN hold_at INTEGER NOT NULL DEFAULT 0;
  UPDATE key SET hold_ms = MIN(locked_until - unixepoch() * 1000, 86400000) WHERE locked_until > unixepoch() * 1000;
  ALTER TABLE key DROP COLUMN wrong_at;
  ALTER TABLE key DROP COLUMN locked_until;
  `,
];

/** "window 1", 窓口1. Given by the engineer; not a person's. */
export const KeyName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u);

/** One key as the kiosk knows it. Times: epoch ms; 0: never. */
export const KeyRow = z
  .object({
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    name: KeyName,
    role: StaffRole,
    passcode: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(PasscodeHash)
      .nullable(),
    wrong: z.number().int().min(0),
    locks: z.number().int().min(0),
    /** ms, from `hold_at` on: uptime in ms of the run `hold_boot` of the machine. */
    hold_ms: z.number().int().min(0),
    hold_boot: z.string().max(64),
    hold_at: z.number().int().min(0),
    made_at: z.number().int().min(0),
  })
  .strict();
export type KeyRow = z.infer<typeof KeyRow>;

export const KeyNews = z.object({ seq: z.number().int(), action: z.enum(['key.made', 'key.removed']), name: KeyName }).strict();
export type KeyNews = z.infer<typeof KeyNews>;
