import * as nodeFiles from 'node:fs';

/** A rename, a new file or a removal is on the disk when its folder is. Windows has no such call, and needs none. */
export const FOLDERS_ARE_SYNCED: boolean = process.platform !== 'win32';

/** Forces a folder to the disk, where the system has that. @param files Node's own, or a test's */
export function syncFolder(
  folder: string,
  files: Pick<typeof nodeFiles, 'openSync' | 'fsyncSync' | 'closeSync'> = nodeFiles,
): void {
  if (!FOLDERS_ARE_SYNCED) return;
  const handle = files.openSync(folder, 'r');
  try {
    files.fsyncSync(handle);
  } finally {
    files.closeSync(handle);
  }
}
