import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Result } from '../../contract/result.ts';
import { ok } from '../../contract/result.ts';
import type { Clock } from '../ports.ts';
import { syncFolder } from '../system/sync-folder.ts';
import { asideName, type Connect, codeOf, moveAside, type OpenFailure, openDatabase } from './database.ts';
import { Journal } from './journal.ts';
import { type JournalContent, readJournal } from './journal-content.ts';
import { JournalFailure, type QueueFiles, segmentName, segmentNumbers } from './journal-files.ts';
import { mergeCopies } from './merge.ts';
import type { Noticed } from './merge-plan.ts';
import { migrations } from './migrations.ts';
import { readDamaged, readingFolder, type SalvagedFile } from './salvage.ts';
import { type StaffStatements, staffStatementsFor } from './staff-statements.ts';
import { type Statements, statementsFor } from './statements.ts';
import type { WorkMark } from './work-mark.ts';

/** The two copies, open and in agreement. */
export interface Copies {
  readonly db: Database.Database;
  readonly sql: Statements;
  readonly staffSql: StaffStatements;
  readonly journal: Journal;
}

export interface CopiesDeps {
  /** The database's file. */
  readonly path: string;
  readonly journalFolder: string;
  readonly files: QueueFiles;
  readonly connect: Connect | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** UUID of a journal that is begun. */
  readonly newJournal: () => string;
  /** Whether the platform settled a row, as the register of receipts knows (register.ts). */
  readonly hasEnded: (id: string | null, receipt: string) => boolean;
  readonly work: Pick<WorkMark, 'within'>;
}

/** Why the copies are opened: at the start, or because a write failed or damage was met. */
export interface Opening {
  /** Why the database's file must not be used again; null: nothing is known against it. (The journal always goes on in a new file.) */
  readonly against: 'damaged' | 'suspect' | null;
  /** Acts that were refused to their person, receipt by id: they must not come back from the copy that took them. */
  readonly refused: ReadonlyMap<string, string>;
  /** The core stood still while it read this copy: it is set aside unread, and made anew from the other. */
  readonly unread: UnreadCopy | null;
}

/** Also the stages of the work mark while the copies are opened. */
export type UnreadCopy = 'database' | 'journal';

const JournalNote = z.object({ journal: z.string(), segment: z.number().int() });
const NOTE = 'journal';

/** Which journal belongs to the database; null: none was ever begun. */
function notedJournal(sql: Statements): z.infer<typeof JournalNote> | null {
  const text: unknown = sql.noted.get(NOTE);
  if (typeof text !== 'string') return null;
  try {
    return JournalNote.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Notes the journal's newest file in the database: an older folder that is put back shows by it. */
export const noteJournal = ({ sql, journal }: Pick<Copies, 'sql' | 'journal'>): void =>
  void sql.note.run(NOTE, JSON.stringify({ journal: journal.id, segment: journal.segment }));

function stampOf(clock: Pick<Clock, 'now'>): string {
  const time = new Date(clock.now());
  return Number.isNaN(time.getTime()) ? 'no-time' : time.toISOString().replaceAll(/[:.]/g, '-');
}

/** Moves out of the way what stands in a journal's place and is none of its files. @param why also its files: they are another kiosk's, or the core stood still over them */
function clearJournal({ journalFolder, files, clock }: CopiesDeps, why: 'foreign' | 'damaged' | null): void {
  const stamp = stampOf(clock);
  if (existsSync(journalFolder) && !statSync(journalFolder).isDirectory())
    renameSync(journalFolder, `${journalFolder}.damaged-${stamp}`);
  for (const number of segmentNumbers(files, journalFolder)) {
    const path = join(journalFolder, segmentName(number));
    if (!files.statSync(path).isFile()) files.renameSync(path, `${path}.damaged-${stamp}`);
    else if (why !== null) files.renameSync(path, `${path}.${why}-${stamp}`);
  }
}

type Known = ReturnType<typeof notedJournal>;

function journalNoticed(content: JournalContent, known: Known): Noticed['journal'] {
  if (known === null) return content.damaged ? 'damaged' : 'good';
  if (content.journal === null) return content.segments.length > 0 ? 'damaged' : 'gone';
  if (content.journal !== known.journal || (content.segments.at(-1) ?? 0) < known.segment) return 'stale';
  return content.damaged ? 'damaged' : 'good';
}

interface Replaced {
  readonly why: 'damaged' | 'suspect';
  readonly from: SalvagedFile | null;
}

/** Compares and mends what is open. @param replaced the database is new, and takes the place of this file */
function agree(options: CopiesDeps, db: Database.Database, { refused, unread }: Opening, replaced: Replaced | null): Copies {
  const { journalFolder, files, clock, newJournal, work, hasEnded } = options;
  clearJournal(options, unread === 'journal' ? 'damaged' : null);
  const sql = statementsFor(db);
  const known = notedJournal(sql);
  const read = () => work.within('journal', null, () => readJournal(files, journalFolder));
  const found = read();
  const noticed: Noticed = {
    database: replaced?.why ?? (known === null && found.journal !== null ? 'gone' : 'good'),
    journal: journalNoticed(found, known),
    first: known === null && found.journal === null,
  };
  // Somebody else's journal in the place of ours: its rows are not this kiosk's to send.
  const foreign = known !== null && found.journal !== null && found.journal !== known.journal;
  if (foreign) clearJournal(options, 'foreign');
  const content = foreign ? read() : found;
  const aside = replaced?.from === undefined || replaced.from === null ? [] : [replaced.from];
  const merged = mergeCopies({ db, sql, content, noticed, files, journalFolder, clock, aside, refused, hasEnded });
  const journal = new Journal({
    files,
    folder: journalFolder,
    journal: content.journal ?? newJournal(),
    content,
    live: merged.live,
  });
  try {
    merged.finish(journal);
  } catch (error) {
    journal.close();
    throw error;
  }
  return { db, sql, staffSql: staffStatementsFor(db), journal };
}

/**
 * Makes the database anew from the journal and from what can be read of the old file, under another name; only when all of it is on the disk do
 * the names change. Whatever fails or dies on the way leaves the old file where it was.
 */
function replace(options: CopiesDeps, opening: Opening, why: 'damaged' | 'suspect'): Result<null, OpenFailure> {
  const { path, connect, files, clock } = options;
  const made = `${path}.new`;
  for (const end of ['', '-wal', '-shm']) rmSync(made + end, { recursive: true, force: true });
  const readable = opening.unread !== 'database' && existsSync(path) && statSync(path).isFile();
  const from = readable ? readDamaged(path) : null;
  const opened = openDatabase(made, migrations, { connect, check: false, exact: true });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const copies = agree(options, db, opening, { why, from });
    copies.journal.close();
    noteJournal(copies);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  const aside = asideName(path, why, stampOf(clock));
  // From this name on it is complete, and takes the place of the old file whatever happens.
  const ready = readyName(path, aside);
  renameSync(made, ready);
  syncFolder(dirname(path), files);
  moveAside(path, aside);
  renameSync(ready, path);
  syncFolder(dirname(path), files);
  return ok(null);
}

const READY = '.ready';
/** A database that is complete, before it has its name; it says where the old one goes. @param aside path that begins with that of the database */
const readyName = (path: string, aside: string): string => path + READY + aside.slice(path.length);

/** Checkpoints are made beside the service (maintenance.ts), so that no person's commit pays for one; this is for a core that never rests. */
const CHECKPOINT_PAGES = 20_000;

/** A file of this size is read whole in a few milliseconds: then every page of it is looked at as well. */
export const SMALL_BYTES = 4 * 1024 * 1024;
const isSmall = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) <= SMALL_BYTES;

/**
 * Says to the next process that the file must not be used again, should this one die before it is made anew. Not forced to the disk: a power
 * cut takes the cache, and with it what the file only seemed to hold.
 */
const markOf = (path: string): string => `${path}.given-up`;

const Mark = z.object({ database: z.boolean(), refused: z.array(z.tuple([z.string(), z.string()])) });

/** @param database its file must not be used again @param refused acts that were refused to their person, receipt by id */
export function markGivenUp(
  { path, files }: Pick<CopiesDeps, 'path' | 'files'>,
  database: boolean,
  refused: ReadonlyMap<string, string>,
): void {
  try {
    const file = files.openSync(markOf(path), 'w', 0o600);
    files.writeSync(file, JSON.stringify({ database, refused: [...refused] }));
    files.closeSync(file);
  } catch {}
}

/** What the process before this one left marked, beside what is known already. */
function withMark(opening: Opening, { path, files }: CopiesDeps): Opening {
  if (!files.existsSync(markOf(path))) return opening;
  try {
    const mark = Mark.parse(JSON.parse(files.readFileSync(markOf(path), 'utf8')));
    const against = opening.against ?? (mark.database ? 'suspect' : null);
    return { ...opening, against, refused: new Map([...mark.refused, ...opening.refused]) };
  } catch {
    return { ...opening, against: opening.against ?? 'suspect' };
  }
}

function takeMark(path: string, files: QueueFiles): void {
  if (files.existsSync(markOf(path))) files.unlinkSync(markOf(path));
}

/** Ends a change of names that was cut off in the middle; what was not complete is begun anew. */
function endReplacing(path: string): void {
  rmSync(readingFolder(path), { recursive: true, force: true });
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}.new${end}`, { recursive: true, force: true });
  const start = `${basename(path)}${READY}`;
  const ready = existsSync(dirname(path)) ? readdirSync(dirname(path)).filter((name) => name.startsWith(start)) : [];
  for (const name of ready) {
    moveAside(path, path + name.slice(start.length));
    renameSync(join(dirname(path), name), path);
  }
}

/** Neither the disk nor another process: what is left is that the database holds what no statement of ours was written for. */
function blamesDatabase(error: unknown): boolean {
  if (error instanceof JournalFailure) return false;
  const code = codeOf(error);
  return !/^SQLITE_(IOERR|FULL|CANTOPEN|BUSY|LOCKED|READONLY|NOMEM|PERM|PROTOCOL)|^E(?!RR_)[A-Z0-9]+$/.test(code);
}

/**
 * Opens both copies, compares them row by row, and mends each from the other (merge.ts). A database that is damaged or suspect is made anew
 * and the old file set aside. The journal always goes on in a new file, which proves that new bytes reach the disk.
 * @throws JournalFailure, or SQLite's or the system's error, where a copy cannot be written
 */
export function openCopies(options: CopiesDeps, given: Opening): Result<Copies, OpenFailure> {
  const { path, connect, files, journalFolder } = options;
  const marked = withMark(given, options);
  // Without a journal there is nothing to make it from.
  const leave = marked.unread === 'database' && segmentNumbers(files, journalFolder).length > 0;
  const opening: Opening = leave ? { ...marked, against: marked.against ?? 'damaged' } : marked;
  /** What was refused is told, and kept out, by the first comparison. */
  const again: Opening = { against: null, refused: new Map(), unread: null };
  const open = () =>
    openDatabase(path, migrations, { connect, check: isSmall(path), checkpointPages: CHECKPOINT_PAGES, exact: true });
  endReplacing(path);
  let next = opening;
  if (opening.against !== null) {
    const replaced = replace(options, opening, opening.against);
    if (!replaced.ok) return replaced;
    next = again;
  }
  let opened = open();
  if (!opened.ok && opened.error === 'damaged') {
    const replaced = replace(options, next, 'damaged');
    if (!replaced.ok) return replaced;
    next = again;
    opened = open();
  }
  if (!opened.ok) return opened;
  try {
    return ok(noted(agree(options, opened.value, next, null), options));
  } catch (error) {
    opened.value.close();
    if (!blamesDatabase(error)) throw error;
  }
  // A damaged page that nothing had read until now, or an index that holds what its table does not show.
  const replaced = replace(options, next, 'damaged');
  if (!replaced.ok) return replaced;
  const anew = open();
  if (!anew.ok) return anew;
  try {
    return ok(noted(agree(options, anew.value, again, null), options));
  } catch (error) {
    anew.value.close();
    throw error;
  }
}

/** Both copies agree and are on the disk: what was marked has been done. */
function noted(copies: Copies, { path, files }: CopiesDeps): Copies {
  noteJournal(copies);
  takeMark(path, files);
  return copies;
}
