import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the core's local socket lives for one launch. */
export interface SocketPlace {
  readonly path: string;
  /** Lets another user's screen reach the socket; `gid`: that user's group. The socket file must exist. */
  share(gid: number): void;
  remove(): void;
}

/**
 * A private folder below the temporary folder (a Unix socket's path is short, a data folder's need not be), or a named pipe with an
 * unguessable name on Windows.
 */
export function makeSocketPlace(): SocketPlace {
  if (process.platform === 'win32') {
    return { path: `\\\\.\\pipe\\madoguchi-${randomBytes(16).toString('hex')}`, share: () => {}, remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-'));
  const path = join(folder, 'core.sock');
  return {
    path,
    share(gid) {
      chmodSync(folder, 0o750);
      chownSync(folder, 0, gid);
      // A core that is started again makes a new socket file: the set-group-id bit hands it to the same group.
      chmodSync(folder, 0o2750);
      chownSync(path, 0, gid);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
