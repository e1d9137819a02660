import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What the core and its tools keep below a data folder. Other things may lie there that are not ours to change. */
const OURS = ['queue', 'journal', 'staff', 'device', 'catalogue', 'tally', 'log'];

/**
 * From now on this process makes files 0600 and folders 0700, and what an earlier one left with wider rights below `data` loses them:
 * queue, keys, audit and log are nobody's business but the core's. Links are neither followed nor changed.
 */
export function closeToOthers(data: string): void {
  process.umask(0o077);
  for (const name of OURS) narrow(join(data, name));
}

function narrow(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  const isFolder = found.isDirectory();
  if (!isFolder && !found.isFile()) return;
  try {
    if ((found.mode & 0o077) !== 0) chmodSync(path, found.mode & 0o700);
    if (isFolder) for (const name of readdirSync(path)) narrow(join(path, name));
  } catch {
    // Somebody else's in our folder: the part that wants it says what is wrong.
  }
}
