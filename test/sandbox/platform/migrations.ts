/** Numbered steps from an empty file to the newest shape; `user_version` is the number of steps taken. Never edit an old step. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE people (
    person INTEGER PRIMARY KEY AUTOINCREMENT,
    my_key_id TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
  ) STRICT;
  -- One row for each certificate a person has come with: SHA-256 over issuer and serial, in hex.
  CREATE TABLE certificates (
    certificate TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (person),
    first_seen INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE challenges (
    challenge TEXT PRIMARY KEY,
    kiosk TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by TEXT
  ) STRICT;
  CREATE INDEX challenges_expiry ON challenges (expires_at);
  -- The first outcome of every id, kept for good: a repeat gets it again.
  CREATE TABLE submissions (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    receipt TEXT NOT NULL,
    terminal TEXT NOT NULL,
    sealed_sha256 BLOB NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused')),
    code TEXT,
    reference TEXT NOT NULL UNIQUE,
    reply TEXT,
    person INTEGER REFERENCES people (person),
    received_at INTEGER NOT NULL,
    CHECK ((outcome = 'refused') = (code IS NOT NULL)),
    CHECK ((outcome = 'accepted') = (person IS NOT NULL))
  ) STRICT;
  -- What was answered each time an item came, in order. A second 'accepted' for one id would be a bug, and would show here.
  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    kiosk TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'duplicate', 'conflict')),
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_id ON deliveries (id);
  -- Sandbox only: what was signed, so that tests can compare it with what was on the screen. No certificate, no signature.
  CREATE TABLE witness (id TEXT PRIMARY KEY REFERENCES submissions (id), content TEXT NOT NULL) STRICT;
  `,
];
