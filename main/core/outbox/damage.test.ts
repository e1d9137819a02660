import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';

/** What damage does to one of the two copies (Q2, Q3, Q9, Q10, Q12: SOURCES.md, Cases: queue): nothing is lost, it is noticed, and it is told by receipt. */
const limits = { maxRows: 5000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const sealed = (n: number) => `sealed-${n}-`.padEnd(700, String(n % 10));
const ROWS = 30;
const all = { items: 1000, bytes: 100_000_000 };

let folder: string;
let clock: ManualClock;
let events: [string, unknown][];
const open = () => {
  const opened = openOutbox({
    folder: join(folder, 'queue'),
    journalFolder: join(folder, 'journal'),
    limits,
    clock,
    log: (event, fields) => events.push([event, fields]),
  });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const filled = (crash = false) => {
  const box = open();
  for (let n = 1; n <= ROWS; n++)
    expect(box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) }).ok).toBe(true);
  if (crash) {
    // As after kill -9: what the files hold now, before the WAL is folded in.
    cpSync(folder, `${folder}-crash`, { recursive: true });
    box.close();
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-crash`, folder);
  } else box.close();
};
/** Every row that waits, as delivery would send them; the loop ends by itself. */
const drain = (box: OutboxStore): Map<string, string> => {
  const sent = new Map<string, string>();
  for (let round = 0; round < 200; round++) {
    const rows = box.due(clock.now(), all);
    const marked = box.markSending(rows);
    const going = rows.filter((row) => marked?.has(row.id));
    for (const row of going) sent.set(row.id, row.sealed);
    box.settle(going.map((row) => ({ id: row.id, state: 'accepted', reference: 'REF-1' })));
    if (going.length === 0) {
      clock.advance(60_000);
      const { pending, sending } = box.counts();
      if (box.usable && pending + sending === 0) return sent;
    }
  }
  return sent;
};
const whole = (sent: Map<string, string>) => {
  const wanted = Array.from({ length: ROWS }, (_, at) => at + 1);
  expect(wanted.filter((n) => sent.get(id(n)) !== sealed(n))).toEqual([]);
  expect(sent.size).toBe(ROWS);
};
const dbFile = () => join(folder, 'queue', 'outbox.db');
const segments = () =>
  readdirSync(join(folder, 'journal'))
    .sort()
    .map((name) => join(folder, 'journal', name));
const flip = (file: string, at: number, bit: number) => {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  writeFileSync(file, bytes);
};
const folderAt = (path: string) => {
  rmSync(path);
  mkdirSync(path);
};
const pageOf = (file: Buffer, text: string): number => Math.floor(file.indexOf(text) / 4096) * 4096;
const indexOf = (file: string, text: string, from = 0) => readFileSync(file).indexOf(text, from);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-damage-'));
  clock = createManualClock();
  events = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}-crash`, { recursive: true, force: true });
});

describe('one copy is damaged', () => {
  it.each<[string, boolean, () => void]>([
    ['the database is gone', false, () => rmSync(dbFile())],
    ['the database is empty', false, () => truncateSync(dbFile(), 0)],
    ['the database is cut', false, () => truncateSync(dbFile(), 9000)],
    ['the database is a folder', false, () => folderAt(dbFile())],
    ['the WAL is gone', true, () => rmSync(`${dbFile()}-wal`)],
    ['the WAL is empty', true, () => truncateSync(`${dbFile()}-wal`, 0)],
    ['the WAL is cut', true, () => truncateSync(`${dbFile()}-wal`, Math.floor(statSync(`${dbFile()}-wal`).size / 2))],
    ['a bit of the WAL', true, () => flip(`${dbFile()}-wal`, Math.floor(statSync(`${dbFile()}-wal`).size / 2), 3)],
    ['the WAL is a folder', true, () => folderAt(`${dbFile()}-wal`)],
    ['the journal is gone', false, () => rmSync(join(folder, 'journal'), { recursive: true })],
    [
      'the journal is a file',
      false,
      () => {
        rmSync(join(folder, 'journal'), { recursive: true });
        writeFileSync(join(folder, 'journal'), 'x');
      },
    ],
    ['a journal file is gone', false, () => rmSync(segments()[0] ?? '')],
    ['a journal file is empty', false, () => truncateSync(segments()[0] ?? '', 0)],
    ['a journal file is cut', false, () => truncateSync(segments()[0] ?? '', 5000)],
    ['a journal file is a folder', false, () => folderAt(segments()[0] ?? '')],
    ['a row of the journal', false, () => flip(segments()[0] ?? '', indexOf(segments()[0] ?? '', receipt(7)), 1)],
  ])('%s: every row is delivered, once and as it was; staff are told', (_name, crash, damage) => {
    filled(crash);
    damage();
    const box = open();
    const found = box.staff.findings();
    whole(drain(box));
    expect(found.length).toBeGreaterThan(0);
    expect(events.some(([event]) => event === 'outbox.finding')).toBe(true);
    box.close();
  });

  it.each([
    ['payload', () => `sealed-9-`],
    ['receipt', () => receipt(9)],
    ['id', () => id(9)],
  ])('a bit of a row’s %s in the database: found by the row’s own hash, taken from the journal', (_name, text) => {
    filled();
    // The newest place of it in the file: the table, not a page that was freed.
    let at = -1;
    for (let next = indexOf(dbFile(), text()); next !== -1; next = indexOf(dbFile(), text(), next + 1)) at = next;
    flip(dbFile(), at + 5, 0);
    const box = open();
    whole(drain(box));
    expect(box.staff.findings().map(({ what }) => what)).not.toEqual([]);
    box.close();
  });

  it('a stale backup of the database: the journal knows what came after it, and what was taken back', () => {
    const box = open();
    for (let n = 1; n <= 10; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    box.close();
    copyFileSync(dbFile(), `${folder}-backup`);
    const later = open();
    for (let n = 11; n <= ROWS; n++) later.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    expect(later.cancel(receipt(3))).toEqual({ ok: true, value: true });
    later.tidy();
    later.finishChores();
    later.close();
    copyFileSync(`${folder}-backup`, dbFile());
    rmSync(`${folder}-backup`);
    const after = open();
    expect(after.look(receipt(3))).toMatchObject({ state: 'cancelled' });
    const sent = drain(after);
    expect(sent.has(id(3))).toBe(false);
    expect(sent.size).toBe(ROWS - 1);
    expect(after.staff.findings()[0]).toMatchObject({ what: 'database-stale' });
    after.close();
  });

  it('a stale backup of the journal: rows that came after it are written again, settled ones stay settled', () => {
    const box = open();
    for (let n = 1; n <= 10; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    box.close();
    cpSync(join(folder, 'journal'), `${folder}-crash`, { recursive: true });
    const later = open();
    for (let n = 11; n <= 20; n++) later.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    later.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }]);
    later.close();
    rmSync(join(folder, 'journal'), { recursive: true });
    renameSync(`${folder}-crash`, join(folder, 'journal'));
    const after = open();
    expect(after.staff.findings()[0]).toMatchObject({ what: 'journal-stale' });
    expect(drain(after).size).toBe(19);
    after.close();
  });
});

describe('both copies are damaged', () => {
  it('what is gone is named by its receipt, and whoever asks for it is told', () => {
    filled();
    flip(segments()[0] ?? '', indexOf(segments()[0] ?? '', 'sealed-9-') + 20, 2);
    const db = new Database(dbFile());
    db.prepare(`UPDATE payload SET sealed = 'something else' WHERE seq = (SELECT seq FROM outbox WHERE id = ?)`).run(id(9));
    db.close();
    const box = open();
    const sent = drain(box);
    expect(sent.size).toBe(ROWS - 1);
    expect(box.look(receipt(9))).toMatchObject({ state: 'lost' });
    expect(box.staff.findings().filter(({ what }) => what === 'row-lost')).toMatchObject([{ receipts: [receipt(9)] }]);
    box.close();
  });
});

describe('one bit of what the database says of itself: every row is delivered', () => {
  const spots: readonly [string, string, number, number][] = [
    ['a column renamed', 'expires_at INTEGER', 0, 0],
    ['a table renamed', 'reservation (id', 3, 0],
    ['an index that holds other rows', "'sending')", 2, 0],
    ['a version to come', 'SQLite format 3', 63, 6],
    ['an older version', 'SQLite format 3', 63, 2],
    ['a format that may not be written', 'SQLite format 3', 18, 2],
  ];
  it.each(spots)('%s', (_, text, after, bit) => {
    filled();
    flip(dbFile(), indexOf(dbFile(), text) + after, bit);
    const box = open();
    whole(drain(box));
    expect(box.staff.findings().map(({ what }) => what)).toContain('database-damaged');
    box.close();
  });
});

describe('the journal is gone and the database damaged: what can be read of its file is delivered', () => {
  it.each<[string, (file: Buffer) => void, number]>([
    ['its first page', (file) => void file.fill(0x55, 0, 4096), 0],
    ['the page of a row', (file) => void file.fill(0x55, pageOf(file, 'sealed-9-'), pageOf(file, 'sealed-9-') + 4096), 10],
  ])('%s', (_, damage, most) => {
    filled();
    rmSync(join(folder, 'journal'), { recursive: true });
    const bytes = readFileSync(dbFile());
    damage(bytes);
    writeFileSync(dbFile(), bytes);
    const box = open();
    const sent = drain(box);
    for (const [key, payload] of sent) expect(payload).toBe(sealed(Number(key.slice(-4))));
    const lost = box.staff.findings().flatMap(({ what, receipts }) => (what === 'row-lost' ? receipts : []));
    expect(new Set(lost).size + sent.size).toBe(ROWS);
    expect(lost.length).toBeLessThanOrEqual(most);
    expect(readdirSync(join(folder, 'queue')).filter((name) => name.endsWith('.reading'))).toEqual([]);
    box.close();
  });
});

it('both copies are gone altogether: each receipt is known all the same', () => {
  filled();
  rmSync(dbFile());
  rmSync(join(folder, 'journal'), { recursive: true });
  const box = open();
  expect(box.look(receipt(4))).toMatchObject({ state: 'lost', kind: 'set-up' });
  expect(box.counts()).toMatchObject({ lost: ROWS, pending: 0 });
  expect(box.staff.findings()[0]).toMatchObject({ what: 'row-lost' });
  expect(box.staff.findings()[0]?.receipts).toHaveLength(ROWS);
  box.close();
});

describe('no call waits for a bad row', () => {
  it.each(['id', 'kind', 'receipt', 'state'])('a %s that no schema knows is set apart and mended; the others go on', (column) => {
    const box = open();
    for (let n = 1; n <= ROWS; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    box.close();
    const db = new Database(dbFile());
    db.pragma('ignore_check_constraints = ON');
    db.exec(`UPDATE outbox SET ${column} = 'x' || substr(${column}, 2) WHERE seq = 5`);
    db.close();
    const again = open();
    whole(drain(again));
    again.close();
  });

  it('found while it runs: the rest is delivered at once, the row follows from the journal', () => {
    const box = open();
    for (let n = 1; n <= ROWS; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    box.setApart(5);
    expect(box.due(clock.now(), all)).toHaveLength(ROWS - 1);
    box.finishChores();
    whole(drain(box));
    box.close();
  });
});

/** Numbers of the rows whose payload can be read in any file below the folder. */
const payloadsLeft = (): number[] => {
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const all = Array.from({ length: ROWS }, (_, at) => at + 1);
  return all.filter((n) => bytes.some((content) => content.includes(`sealed-${n}-`)));
};

describe('a row that ends without being settled does not keep the payloads beside it', () => {
  it('taken back just before the power went: only the journal knew', () => {
    filled();
    copyFileSync(dbFile(), `${folder}-backup`);
    const before = open();
    before.cancel(receipt(3));
    before.close();
    copyFileSync(`${folder}-backup`, dbFile());
    rmSync(`${folder}-backup`);
    const box = open();
    expect(drain(box).size).toBe(ROWS - 1);
    box.tidy();
    box.finishChores();
    expect(payloadsLeft()).toEqual([]);
    box.close();
  });

  it('lost to damage of both copies', () => {
    const box = open();
    for (let n = 1; n <= ROWS; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
    box.settle([{ id: id(9), state: 'parked', code: 'conflict' }]);
    drain(box);
    const file = segments()[0] ?? '';
    flip(file, indexOf(file, 'sealed-9-') + 20, 2);
    // Its own line is damaged as well: what it says of its payload is not to be believed.
    box.close();
    const db = new Database(dbFile());
    db.prepare('UPDATE outbox SET row_hash = zeroblob(32) WHERE id = ?').run(id(9));
    db.close();
    const after = open();
    // Written anew while nothing waited: that is no damage.
    expect(readdirSync(join(folder, 'queue')).filter((name) => name.includes('.damaged-'))).toEqual([]);
    after.tidy();
    after.finishChores();
    expect(after.staff.stateOf(id(9))).toBe('lost');
    expect(payloadsLeft()).toEqual([]);
    after.close();
  });
});

it('payloads that are settled leave no trace in either place once idle', () => {
  const box = open();
  for (let n = 1; n <= ROWS; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
  box.settle([{ id: id(2), state: 'parked', code: 'conflict' }]);
  drain(box);
  box.tidy();
  box.finishChores();
  expect(payloadsLeft()).toEqual([2]);
  expect(box.staff.exportRow(id(2))?.sealed).toBe(sealed(2));
  expect(existsSync(join(folder, 'journal'))).toBe(true);
  box.close();
});

it('after a loss of everything: what was taken back is not called lost, what is parked is', () => {
  const box = open();
  for (const n of [1, 2, 3]) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) });
  box.cancel(receipt(1));
  box.settle([{ id: id(2), state: 'parked', code: 'conflict' }]);
  box.settle([{ id: id(3), state: 'accepted', reference: 'REF-1' }]);
  box.close();
  rmSync(dbFile());
  rmSync(join(folder, 'journal'), { recursive: true });
  const after = open();
  expect(after.staff.findings()).toMatchObject([{ what: 'row-lost', receipts: [receipt(2)] }]);
  expect([1, 2, 3].map((n) => after.look(receipt(n))?.state ?? null)).toEqual([null, 'lost', null]);
  after.close();
});

describe('an index that leads elsewhere, in a file too large to be read whole', () => {
  const BIG = 'x'.repeat(20_000);
  const many = () => {
    const box = open();
    for (let n = 1; n <= 250; n++) box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: `sealed-${n}-${BIG}` });
    box.close();
    expect(statSync(dbFile()).size).toBeGreaterThan(4 * 1024 * 1024);
  };
  /** Puts a wrong row number into one entry of an index: one bit of its b-tree page. */
  const mislead = (index: string) => {
    const db = new Database(dbFile());
    const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(index) as number;
    const size = Number(db.pragma('page_size', { simple: true }));
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(dbFile());
    const base = (page - 1) * size;
    // The first entry of a leaf page (0x0a) with room: its last byte is the row's number.
    let leaf = base;
    while (bytes[leaf] !== 0x0a) leaf = (bytes.readUInt32BE(leaf + bytes.readUInt16BE(leaf + 12)) - 1) * size;
    const cell = leaf + bytes.readUInt16BE(leaf + 8);
    const last = cell + (bytes[cell] ?? 0);
    bytes[last] = (bytes[last] ?? 0) ^ 0x40;
    writeFileSync(dbFile(), bytes);
  };
  it.each([1, 3])('bit %i of the number of rows on a page: what the index knows and the table does not is no end', (bit) => {
    many();
    const db = new Database(dbFile());
    const root = db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'outbox'`).pluck().get() as number;
    db.close();
    const bytes = readFileSync(dbFile());
    const base = (root - 1) * 4096;
    const leaf = (bytes.readUInt32BE(base + bytes.readUInt16BE(base + 12 + 2)) - 1) * 4096;
    expect((bytes[leaf + 4] ?? 0) & (1 << bit)).not.toBe(0);
    flip(dbFile(), leaf + 4, bit);
    const box = open();
    expect(box.usable).toBe(true);
    expect(drain(box).size).toBe(250);
    expect(box.staff.findings().map(({ what }) => what)).toContain('database-damaged');
    box.close();
  });

  it.each(['outbox_due', 'outbox_id', 'outbox_receipt', 'outbox_state'])(
    '%s: every row is delivered, and it is noticed',
    (index) => {
      many();
      mislead(index);
      const box = open();
      box.staff.startCheck();
      box.finishChores();
      clock.advance(2000);
      const sent = drain(box);
      expect(sent.size).toBe(250);
      expect(box.counts()).toMatchObject({ pending: 0, sending: 0, accepted: 250 });
      expect(box.staff.findings().map(({ what }) => what)).toContain('database-damaged');
      box.close();
    },
  );
});

describe('the power goes while a new database takes the place of the old one', () => {
  const isAside = (name: string) => name.startsWith('outbox.db.damaged-');
  const inQueue = (name: string) => join(folder, 'queue', name);
  it.each(['nothing', 'the WAL', 'the file'])(
    '%s of the old one was moved: the new one takes its place, and no WAL but its own',
    (moved) => {
      filled(true);
      const before = open();
      drain(before);
      before.cancel(receipt(1));
      cpSync(folder, `${folder}-crash`, { recursive: true });
      before.close();
      rmSync(folder, { recursive: true });
      renameSync(`${folder}-crash`, folder);
      flip(dbFile(), 101, 3);
      open().close();
      const aside = readdirSync(inQueue('')).find((name) => isAside(name) && !/-(wal|shm)$/.test(name)) ?? '';
      expect(existsSync(inQueue(`${aside}-wal`))).toBe(true);
      // Back to what stood there before the names changed, as far as the power let them.
      renameSync(dbFile(), inQueue(aside.replace('outbox.db', 'outbox.db.ready')));
      if (moved !== 'the file') renameSync(inQueue(aside), dbFile());
      if (moved === 'nothing') renameSync(inQueue(`${aside}-wal`), `${dbFile()}-wal`);
      const box = open();
      expect(box.counts()).toMatchObject({ accepted: ROWS, pending: 0, sending: 0, lost: 0 });
      expect(
        readdirSync(inQueue(''))
          .filter((name) => isAside(name) && !name.endsWith('-shm'))
          .sort(),
      ).toEqual([aside, `${aside}-wal`]);
      expect(readdirSync(inQueue('')).filter((name) => /\.(ready|new)/.test(name))).toEqual([]);
      box.close();
    },
  );
});

it('two files that are set aside at one time are both kept', () => {
  filled();
  const aside = () =>
    readdirSync(join(folder, 'queue')).filter((name) => /^outbox\.db\.damaged-/.test(name) && !/-(wal|shm)$/.test(name));
  for (const kept of [1, 2]) {
    flip(dbFile(), 101, 3);
    open().close();
    expect(aside()).toHaveLength(kept);
  }
});
