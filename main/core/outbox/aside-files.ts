import { existsSync, readdirSync } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const names = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/**
 * What was set aside of a queue, database and journal: damaged, or another kiosk's. (A database that was given up, `.suspect-`, goes by itself
 * when nothing waits: all of it was taken over.)
 * @param path of the live database @returns paths, each of a file or folder; what belongs to one (`-wal`, `-shm`) is not among them
 */
export function asideFiles(path: string, journalFolder: string): string[] {
  const own = names(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.damaged-`) && !/-(wal|shm)$/.test(name));
  const whole = names(dirname(journalFolder)).filter((name) => name.startsWith(`${basename(journalFolder)}.damaged-`));
  const inside = names(journalFolder).filter((name) => /^journal-\d{8}\.log\.(damaged|foreign)-/.test(name));
  return [
    ...own.map((name) => join(dirname(path), name)),
    ...whole.map((name) => join(dirname(journalFolder), name)),
    ...inside.map((name) => join(journalFolder, name)),
  ].sort();
}

const ZEROS = Buffer.alloc(1024 * 1024);

/** Zeros over every byte, on the disk, before the name goes. */
async function wipeOne(path: string): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, 'r+');
  try {
    for (let at = 0; at < size; at += ZEROS.length) await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
    await file.sync();
  } finally {
    await file.close();
  }
  await rm(path);
}

/** Wipes a file, or every file of a folder, and what belongs to it. Off the core's thread, block by block. @throws the system's error */
export async function wipeAside(path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) {
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) await wipeOne(join(entry.parentPath, entry.name));
    await rm(path, { recursive: true });
    return;
  }
  // The file itself last: as long as it is there the rest is looked for.
  for (const end of ['-wal', '-shm']) if (existsSync(path + end)) await wipeOne(path + end);
  await wipeOne(path);
}
