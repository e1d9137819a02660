import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { exportName } from '../../contract/export-file.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { QueueFile } from '../../core/outbox/file-row.ts';
import { type UnsentRow, unsentRow } from '../../core/outbox/file-row.ts';
import { type OutboxStore, openOutbox } from '../../core/outbox/outbox.ts';
import { hasJournal, isInUse, openQueueFile } from '../../core/outbox/queue-file.ts';
import { reportOf } from '../../core/outbox/queue-file-report.ts';
import { salvageFile, settledIn } from '../../core/staff/queue/salvage-file.ts';
import { type ExportedQueue, writeExport } from '../../core/staff/queue/write-export.ts';
import { databasesIn, isJournalFolder, isLive, queueFiles, theQueueBeside } from './outbox-files.ts';
import { faultInWords, formatReceipts, lookLines, noJournal, notWritten, running, wrongLines } from './outbox-words.ts';
import { systemClock } from './system.ts';

/** What an order came to: lines for standard output, and one sentence for everything that is wrong. */
export interface Said {
  readonly out: readonly string[];
  readonly problems: readonly string[];
}

const refused = (sentence: string): Said => ({ out: [], problems: [sentence] });

/** Opens one file after the other for `work`; a file that cannot be read is a sentence. */
async function each(path: string, work: (file: QueueFile, name: string) => Said): Promise<Said> {
  const out: string[] = [];
  const problems: string[] = [];
  for (const name of queueFiles(path)) {
    const queue = theQueueBeside(name);
    if (queue !== null && isInUse(queue)) {
      problems.push(running(name));
      continue;
    }
    const opened = await openQueueFile(name);
    if (!opened.ok) {
      problems.push(faultInWords(name, opened.error));
      continue;
    }
    try {
      const said = work(opened.value, name);
      out.push(...said.out);
      problems.push(...said.problems);
    } finally {
      await opened.value.close();
    }
  }
  return { out, problems };
}

export const look = (path: string): Promise<Said> =>
  each(path, (file, name) => ({ out: lookLines(name, reportOf(file)), problems: [] }));

export const verify = (path: string): Promise<Said> =>
  each(path, (file, name) => {
    const report = reportOf(file);
    const problems = wrongLines(name, report, file.faults());
    return { out: problems.length === 0 ? [`${name}: ${report.rows} rows, nothing is wrong`] : [], problems };
  });

interface LiveQueue {
  readonly data: string;
  readonly journal: string | null;
}

/** The queue in a core's folder, opened as the core does. @returns one sentence when it cannot be had */
function openLive(folder: string, journal: string | null): Result<OutboxStore, string> {
  const path = join(folder, 'outbox.db');
  if (!existsSync(path)) return err(`${path}: there is no such queue`);
  if (isInUse(path)) return err(running(path));
  const journalFolder = journal ?? join(dirname(folder), 'journal');
  // Opened with another folder the queue would begin a new journal there.
  if (hasJournal(path) && !isJournalFolder(journalFolder)) return err(noJournal(journalFolder));
  // Room is the core's affair: what is put back was promised before.
  const limits = { maxRows: 1_000_000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
  const opened = openOutbox({ folder, journalFolder, limits, clock: systemClock, log: () => {} });
  return opened.ok ? opened : err(notWritten(path, opened.error));
}

export async function salvage({ file, data, journal }: { readonly file: string } & LiveQueue): Promise<Said> {
  const folder = join(data, 'queue');
  const files = queueFiles(file).filter((name) => name !== join(folder, 'outbox.db'));
  if (files.length === 0) return refused(`${file}: this is the queue itself; there is nothing to put back`);
  // Before anything is opened for writing.
  for (const name of files) {
    const opened = await openQueueFile(name);
    if (!opened.ok) return refused(faultInWords(name, opened.error));
    await opened.value.close();
  }
  const live = openLive(folder, journal);
  if (!live.ok) return refused(live.error);
  const out: string[] = [];
  const problems: string[] = [];
  try {
    for (const path of files) {
      const others = [...databasesIn(folder), ...files].filter((name) => name !== path && !isLive(name));
      const done = await salvageFile(live.value.staff, { path, others, scratch: tmpdir() });
      if (!done.ok) {
        problems.push(done.error === 'storage' ? notWritten(folder, 'storage') : faultInWords(path, done.error));
        continue;
      }
      const { restored, known, unreadable } = done.value;
      out.push(`${path}: ${restored} put back, ${known} known or settled already`);
      if (unreadable.length > 0) problems.push(`${path}: ${unreadable.length} cannot be saved: ${formatReceipts(unreadable)}`);
    }
  } finally {
    live.value.close();
  }
  return { out, problems };
}

interface ExportOrder {
  readonly file: string;
  readonly out: string;
  readonly terminal: string;
  readonly data: string | null;
  readonly journal: string | null;
  readonly now: number;
}

/** The unsent rows of one file or folder, as a kiosk exports them itself. Those of a live queue are marked first: nobody can cancel them then. */
export async function exportFiles({ file, out, terminal, data, journal, now }: ExportOrder): Promise<Said> {
  const target = existsSync(out) && statSync(out).isDirectory() ? join(out, exportName(terminal, now)) : out;
  if (existsSync(target)) return refused(`${target}: is there already, and nothing is written over`);
  const files = queueFiles(file);
  const liveFile = files.find(isLive);
  const live = liveFile === undefined ? null : openLive(dirname(liveFile), journal);
  if (live !== null && !live.ok) return refused(live.error);
  try {
    const aside = files.filter((name) => !isLive(name));
    const around = [...new Set(aside.flatMap((name) => databasesIn(dirname(name))))];
    const others = [...around, ...(data === null ? [] : databasesIn(join(data, 'queue')))].filter(
      (name) => !aside.includes(name),
    );
    const used = others.find((name) => isLive(name) && live === null && isInUse(name));
    if (used !== undefined) return refused(running(used));
    const rows = await unsentRows(aside, await settledIn(others, tmpdir()));
    if (!rows.ok) return refused(rows.error);
    const queue = together(live === null ? null : live.value, rows.value);
    const medium = dirname(target);
    const done = await writeExport({ outbox: queue, medium, terminal, now, name: basename(target) });
    if (!done.ok) return refused(notWritten(target, done.error));
    if (done.value.rows === 0) return { out: [`${file}: nothing waits, so nothing is written`], problems: [] };
    return { out: [`${target}: ${done.value.rows} rows`], problems: [] };
  } finally {
    if (live?.ok === true) live.value.close();
  }
}

/** By id, so that a row in two files leaves once. */
async function unsentRows(
  files: readonly string[],
  settled: ReadonlySet<string>,
): Promise<Result<ReadonlyMap<string, UnsentRow>, string>> {
  const found = new Map<string, UnsentRow>();
  const done = new Set(settled);
  for (const name of files) {
    const opened = await openQueueFile(name);
    if (!opened.ok) return err(faultInWords(name, opened.error));
    try {
      for (const row of opened.value.rows()) {
        const unsent = unsentRow(row);
        if (unsent !== null) found.set(unsent.id, unsent);
        else if (row.id !== null && row.good) done.add(row.id);
      }
    } finally {
      await opened.value.close();
    }
  }
  for (const id of done) found.delete(id);
  return ok(found);
}

/** Behind every place of a live queue. */
const BEHIND = 2 ** 40;

/** A live queue and the rows of files beside it as one; what the live one knows is its own affair. */
function together(live: OutboxStore | null, rows: ReadonlyMap<string, UnsentRow>): ExportedQueue {
  const missing = (id: string): boolean => {
    const state = live === null ? null : live.staff.stateOf(id);
    return state === null || state === 'lost';
  };
  const more = [...rows.keys()].filter(missing);
  const beside = new Set(more);
  return {
    markSending(places) {
      const own = places.filter(({ id }) => !beside.has(id));
      const marked = live === null || own.length === 0 ? new Set<string>() : live.markSending(own);
      return marked === null ? null : new Set([...marked, ...places.flatMap(({ id }) => (beside.has(id) ? [id] : []))]);
    },
    staff: {
      places(after, most, which) {
        const own = live === null || after >= BEHIND ? [] : live.staff.places(after, most, which);
        if (own.length > 0) return own;
        const from = Math.max(0, after - BEHIND);
        return more.slice(from, from + most).map((id, index) => ({ seq: BEHIND + from + index + 1, id }));
      },
      stateOf: (id) => (beside.has(id) ? null : (live?.staff.stateOf(id) ?? null)),
      exportRow: (id) => (beside.has(id) ? (rows.get(id) ?? null) : (live?.staff.exportRow(id) ?? null)),
    },
  };
}
