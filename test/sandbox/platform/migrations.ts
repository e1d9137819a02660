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
  `
  -- Names of what only this platform knows.
  CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  CREATE TABLE catalogues (version INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  -- One person, one service; one account, one person. The account itself is nowhere: a keyed hash, and what its owner may see of it.
  CREATE TABLE links (
    person INTEGER NOT NULL REFERENCES people (person),
    measure TEXT NOT NULL,
    service TEXT NOT NULL,
    account BLOB NOT NULL,
    masked TEXT NOT NULL,
    grant_on TEXT NOT NULL CHECK (grant_on IN ('charge', 'purchase')),
    catalogue INTEGER NOT NULL REFERENCES catalogues (version),
    since INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    PRIMARY KEY (person, measure),
    UNIQUE (measure, service, account)
  ) STRICT;
  CREATE TABLE budgets (policy TEXT PRIMARY KEY, yen INTEGER NOT NULL) STRICT;
  CREATE TABLE municipal_grants (
    person INTEGER NOT NULL REFERENCES people (person),
    policy TEXT NOT NULL,
    yen INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person, policy)
  ) STRICT;
  -- What providers report, once each. A reversal may come before what it reverses.
  CREATE TABLE reports (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    report TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'purchase', 'reversal')),
    account BLOB,
    yen INTEGER,
    reverses TEXT,
    at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    UNIQUE (service, report)
  ) STRICT;
  CREATE INDEX reports_reversed ON reports (service, reverses) WHERE reverses IS NOT NULL;
  CREATE INDEX reports_account ON reports (service, account);
  -- Points granted (or taken back, below zero). The sum of a person's entries is what they have.
  CREATE TABLE grants (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL,
    measure TEXT NOT NULL,
    service TEXT NOT NULL,
    points INTEGER NOT NULL,
    at INTEGER NOT NULL,
    FOREIGN KEY (person, measure) REFERENCES links (person, measure)
  ) STRICT;
  CREATE INDEX grants_person ON grants (person, measure);
  -- A provider's claim for one month, and the subsidy that pays it.
  CREATE TABLE claims (
    service TEXT NOT NULL,
    month TEXT NOT NULL,
    points INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    paid_at INTEGER,
    PRIMARY KEY (service, month)
  ) STRICT;
  `,
  `
  -- The newest numbers of every measure there has been: a late report is settled by the measure that it belongs to.
  CREATE TABLE measures (measure TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  INSERT OR REPLACE INTO measures
    SELECT json_extract(body, '$.measure.id'), json_extract(body, '$.measure') FROM catalogues ORDER BY version;
  -- Step 1 of the scheme: what a person may be granted under one measure. No link without it.
  CREATE TABLE rights (
    person INTEGER NOT NULL REFERENCES people (person),
    measure TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (person, measure)
  ) STRICT;
  INSERT INTO rights SELECT person, measure, since FROM links;
  CREATE TRIGGER link_needs_right BEFORE INSERT ON links
    WHEN NOT EXISTS (SELECT 1 FROM rights AS r WHERE r.person = NEW.person AND r.measure = NEW.measure)
    BEGIN SELECT RAISE(ABORT, 'a link without a right'); END;
  -- Two that turned out to be one: the later of two links earns no more, and its person stands for the other one.
  ALTER TABLE links ADD COLUMN frozen_at INTEGER;
  ALTER TABLE people ADD COLUMN same_as INTEGER REFERENCES people (person);
  -- The month of the claim that holds an entry; NULL: none yet. An entry may be dated before one that has been claimed.
  ALTER TABLE grants ADD COLUMN claimed TEXT;
  UPDATE grants SET claimed =
    (SELECT c.month FROM claims AS c WHERE c.service = grants.service AND c.upto >= grants.seq ORDER BY c.upto, c.month LIMIT 1);
  ALTER TABLE claims DROP COLUMN upto;
  -- Municipal points go to a service as well, and are the municipality's to pay.
  ALTER TABLE claims ADD COLUMN municipal INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE municipal_grants ADD COLUMN service TEXT NOT NULL DEFAULT '';
  UPDATE municipal_grants SET service =
    coalesce((SELECT l.service FROM links AS l WHERE l.person = municipal_grants.person ORDER BY l.since DESC LIMIT 1), '');
  ALTER TABLE municipal_grants ADD COLUMN area TEXT NOT NULL DEFAULT 'anywhere'
    CHECK (area IN ('anywhere', 'municipality', 'shops'));
  ALTER TABLE municipal_grants ADD COLUMN claimed TEXT;
  `,
  `
  -- An application for a card is accepted of nobody: a person is known here by a certificate only. SQLite cannot change a CHECK, so both
  -- tables are written anew, the child first.
  CREATE TABLE submissions_4 (
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
    CHECK ((outcome = 'accepted' AND kind <> 'card-application') = (person IS NOT NULL))
  ) STRICT;
  INSERT INTO submissions_4 SELECT * FROM submissions ORDER BY rowid;
  CREATE TABLE witness_4 (id TEXT PRIMARY KEY REFERENCES submissions_4 (id), content TEXT NOT NULL) STRICT;
  INSERT INTO witness_4 SELECT * FROM witness;
  DROP TABLE witness;
  DROP TABLE submissions;
  ALTER TABLE submissions_4 RENAME TO submissions;
  ALTER TABLE witness_4 RENAME TO witness;
  -- Every form that was printed. One form, one application.
  CREATE TABLE forms (form TEXT PRIMARY KEY, printed_at INTEGER NOT NULL) STRICT;
  CREATE TABLE applications (
    id TEXT PRIMARY KEY REFERENCES submissions (id),
    form TEXT NOT NULL UNIQUE REFERENCES forms (form),
    receipt TEXT NOT NULL,
    terminal TEXT NOT NULL,
    -- As the contract has it (ApplicationState), JSON.
    state TEXT NOT NULL
  ) STRICT;
  CREATE INDEX applications_receipt ON applications (terminal, receipt);
  `,
  `
  -- An id is made by a kiosk, so it is only that kiosk's: another that comes with the same one has a row of its own, and spoils none.
  CREATE TABLE submissions_5 (
    id TEXT NOT NULL,
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
    PRIMARY KEY (terminal, id),
    CHECK ((outcome = 'refused') = (code IS NOT NULL)),
    CHECK ((outcome = 'accepted' AND kind <> 'card-application') = (person IS NOT NULL))
  ) STRICT;
  INSERT INTO submissions_5 SELECT * FROM submissions ORDER BY rowid;
  CREATE TABLE witness_5 (
    terminal TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (terminal, id),
    FOREIGN KEY (terminal, id) REFERENCES submissions_5 (terminal, id)
  ) STRICT;
  INSERT INTO witness_5 SELECT s.terminal, w.id, w.content FROM witness AS w JOIN submissions AS s ON s.id = w.id ORDER BY w.rowid;
  CREATE TABLE applications_5 (
    id TEXT NOT NULL,
    form TEXT NOT NULL UNIQUE REFERENCES forms (form),
    receipt TEXT NOT NULL,
    terminal TEXT NOT NULL,
    -- As the contract has it (ApplicationState), JSON.
    state TEXT NOT NULL,
    PRIMARY KEY (terminal, id),
    FOREIGN KEY (terminal, id) REFERENCES submissions_5 (terminal, id)
  ) STRICT;
  INSERT INTO applications_5 SELECT * FROM applications ORDER BY rowid;
  DROP TABLE applications;
  DROP TABLE witness;
  DROP TABLE submissions;
  ALTER TABLE submissions_5 RENAME TO submissions;
  ALTER TABLE witness_5 RENAME TO witness;
  ALTER TABLE applications_5 RENAME TO applications;
  CREATE INDEX applications_receipt ON applications (terminal, receipt);
  `,
];
