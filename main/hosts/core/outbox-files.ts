import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const DATABASE = /^outbox\.db(?:\.[A-Za-z]+-.*)?$/;
const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The queue that a core opens, as against one that was set aside or carried here under another name. */
export const isLive = (path: string): boolean => basename(path) === 'outbox.db';

/** The databases in a queue's folder, live and set aside, without what SQLite keeps beside them. */
export function databasesIn(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .filter((name) => DATABASE.test(name) && !/-(?:wal|shm)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** At least one file of a journal lies there. */
export const isJournalFolder = (path: string): boolean =>
  isFolder(path) && readdirSync(path).some((name) => /^journal-\d+\.log$/.test(name));

/** What a person means by a path: a file, a journal's folder, a queue's folder, or the folder that a core was given. */
export function queueFiles(path: string): string[] {
  if (!isFolder(path)) return [path];
  const inside = databasesIn(path);
  if (inside.length > 0) return inside;
  const queue = databasesIn(join(path, 'queue'));
  const journal = join(path, 'journal');
  if (queue.length > 0) return isFolder(journal) ? [...queue, journal] : queue;
  return [path];
}

/** The live database whose core writes this file too; null: nobody writes it. */
export function theQueueBeside(path: string): string | null {
  if (isLive(path)) return path;
  if (DATABASE.test(basename(path))) return null;
  const folder = isFolder(path) ? path : dirname(path);
  const queue = join(dirname(folder), 'queue', 'outbox.db');
  return existsSync(queue) ? queue : null;
}
