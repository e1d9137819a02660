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
  -- Drawn while online, spent one by one (DESIGN.md, Queue and delivery).
  CREATE TABLE challenge (challenge TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT;
  -- Order within a receipt: an earlier row of the same receipt is looked for.
  CREATE INDEX outbox_receipt ON outbox (receipt, seq) WHERE state IN ('pending', 'sending');
  `,
  `
  -- Small columns first: what is asked of every row must not walk through its payload's pages.
  -- head: 1 on the first row of its receipt that waits; only heads are looked for when a batch is made, however many stand behind them.
  -- alone: the platform fails at this very row, which is tried by itself and rarely. segment: the journal's file that holds the second copy.
  -- hash: SHA-256 of the payload. row_hash: of what names the row and of that (row-hash.ts).
  CREATE TABLE outbox_3 (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    receipt TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'refused', 'parked', 'cancelled', 'lost')),
    head INTEGER NOT NULL,
    alone INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    reference TEXT,
    code TEXT,
    segment INTEGER,
    hash BLOB NOT NULL,
    row_hash BLOB NOT NULL,
    sealed TEXT
  ) STRICT;
  INSERT INTO outbox_3
    SELECT seq, id, kind, receipt, state, 0, 0, attempts, next_attempt, created_at, settled_at, reference, code, NULL,
           CASE WHEN sealed IS NULL THEN hash ELSE sha256(sealed) END,
           row_hash(seq, id, kind, receipt, created_at, CASE WHEN sealed IS NULL THEN hash ELSE sha256(sealed) END), sealed
      FROM outbox;
  DROP TABLE outbox;
  ALTER TABLE outbox_3 RENAME TO outbox;
  CREATE UNIQUE INDEX outbox_id ON outbox (id);
  CREATE INDEX outbox_receipt ON outbox (receipt, state, seq);
  CREATE INDEX outbox_state ON outbox (state, seq);
  UPDATE outbox SET head = 1 WHERE state IN ('pending', 'sending')
     AND seq = (SELECT min(e.seq) FROM outbox AS e WHERE e.receipt = outbox.receipt AND e.state IN ('pending', 'sending'));
  CREATE INDEX outbox_due ON outbox (next_attempt, seq) WHERE head = 1 AND alone = 0 AND state IN ('pending', 'sending');
  CREATE INDEX outbox_alone ON outbox (next_attempt, seq) WHERE head = 1 AND alone = 1 AND state IN ('pending', 'sending');
  CREATE INDEX outbox_settled ON outbox (settled_at, seq) WHERE state IN ('accepted', 'refused');
  CREATE INDEX outbox_code ON outbox (code, seq) WHERE state = 'parked';
  CREATE INDEX challenge_end ON challenge (expires_at);
  -- Counters, kept by the same transaction as the rows: nothing counts the rows themselves.
  CREATE TABLE state_count (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
  INSERT INTO state_count (state, n)
    VALUES ('pending', 0), ('sending', 0), ('accepted', 0), ('refused', 0), ('parked', 0), ('cancelled', 0), ('lost', 0);
  UPDATE state_count SET n = (SELECT count(*) FROM outbox WHERE outbox.state = state_count.state);
  CREATE TRIGGER outbox_in AFTER INSERT ON outbox BEGIN UPDATE state_count SET n = n + 1 WHERE state = NEW.state; END;
  CREATE TRIGGER outbox_out AFTER DELETE ON outbox BEGIN UPDATE state_count SET n = n - 1 WHERE state = OLD.state; END;
  CREATE TRIGGER outbox_moved AFTER UPDATE OF state ON outbox WHEN OLD.state <> NEW.state BEGIN
    UPDATE state_count SET n = n - 1 WHERE state = OLD.state;
    UPDATE state_count SET n = n + 1 WHERE state = NEW.state;
  END;
  -- Receipts whose rows are being taken back, a slice at a time.
  CREATE TABLE cancelling (receipt TEXT PRIMARY KEY) STRICT;
  -- What was noticed about the two copies, for staff. receipts: a JSON list.
  CREATE TABLE finding (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, receipts TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0) STRICT;
  -- Which journal belongs to this file, and the platform's time as it was last heard; JSON.
  CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `,
  `
  -- Payloads stand by themselves: a row that changes its state does not write its payload again, and goes without leaving its place.
  CREATE TABLE payload (seq INTEGER PRIMARY KEY, sealed TEXT NOT NULL) STRICT;
  INSERT INTO payload (seq, sealed) SELECT seq, sealed FROM outbox WHERE sealed IS NOT NULL;
  ALTER TABLE outbox DROP COLUMN sealed;
  -- The numbers of rows in each state are kept in memory (row-changes.ts).
  DROP TRIGGER outbox_in;
  DROP TRIGGER outbox_out;
  DROP TRIGGER outbox_moved;
  DROP TABLE state_count;
  `,
];
