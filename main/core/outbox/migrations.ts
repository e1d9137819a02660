/** Numbered steps from an empty file to the newest shape; `user_version` is the number of steps taken. Never edit an old step. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    receipt TEXT NOT NULL,
    sealed TEXT,
    hash BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'refused', 'parked', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL,
    reference TEXT,
    code TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (next_attempt, seq) WHERE state IN ('pending', 'sending');
  CREATE TABLE reservation (id TEXT PRIMARY KEY, room BLOB NOT NULL) STRICT;
  `,
  `
  -- Drawn while online, spent one by one (DESIGN section 6).
  CREATE TABLE challenge (challenge TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
  -- Order within a receipt: an earlier row of the same receipt is looked for.
  CREATE INDEX outbox_receipt ON outbox (receipt, seq) WHERE state IN ('pending', 'sending');
  `,
];
