import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the core's local socket lives for one launch. */
export interface SocketPlace {
  readonly path: string;
  /** The staff's own socket, in a folder of its own that is never shared with the screen's user. */
  readonly staffPath: string;
  /** Lets another user's screen reach the socket, also one that is made later; `gid`: that user's group. */
  share(gid: number): void;
  remove(): void;
}

/**
 * A private folder below the temporary folder (a Unix socket's path is short, a data folder's need not be), or a named pipe with an
 * unguessable name on Windows.
 */
export function makeSocketPlace(): SocketPlace {
  if (process.platform === 'win32') {
    const pipe = () => `\\\\.\\pipe\\madoguchi-${randomBytes(16).toString('hex')}`;
    return { path: pipe(), staffPath: pipe(), share: () => {}, remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-'));
  const staffFolder = mkdtempSync(join(tmpdir(), 'madoguchi-staff-'));
  const path = join(folder, 'core.sock');
  return {
    path,
    staffPath: join(staffFolder, 'core.sock'),
    share(gid) {
      chmodSync(folder, 0o750);
      chownSync(folder, 0, gid);
      // Whatever socket file a core makes in it, first or again: the set-group-id bit hands it to the same group.
      chmodSync(folder, 0o2750);
      if (existsSync(path)) chownSync(path, 0, gid);
    },
    remove() {
      for (const made of [folder, staffFolder]) rmSync(made, { recursive: true, force: true });
    },
  };
}
