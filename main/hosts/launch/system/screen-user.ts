import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  fchownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorityFor } from './x-authority.ts';

/** Who runs the screen. Chromium's sandbox refuses root, and switching it off is not an answer. */
export interface ScreenUser {
  readonly uid: number;
  readonly gid: number;
}

/** Of this process; undefined: the system has no such numbers. */
export const ownUserId = (): number | undefined => process.getuid?.();

/**
 * @returns null when this process is not root: the screen runs as ourselves. Else the user behind `sudo`, or `nobody`.
 */
export function findScreenUser(env: NodeJS.ProcessEnv): ScreenUser | null {
  if (ownUserId() !== 0) return null;
  const uid = Number(env.SUDO_UID);
  const gid = Number(env.SUDO_GID);
  if (Number.isInteger(uid) && uid > 0 && Number.isInteger(gid) && gid > 0) return { uid, gid };
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  return { uid: Number(nobody?.[2] ?? 65_534), gid: Number(nobody?.[3] ?? 65_534) };
}

/** The home of the screen's process, for one launch. */
export interface ScreenHome {
  readonly path: string;
  /** Only what a program on the display needs, with this home. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/**
 * Makes a home in a folder of root's own, with `files` (by name) in it and a copy of the X authority file, and hands it to the screen's user
 * as the last step. From then on nothing is written, changed or removed in it with root's rights: the user can put a link to any
 * file of root's wherever root would look next.
 */
export function makeScreenHome(
  env: NodeJS.ProcessEnv,
  user: ScreenUser | null,
  files: Readonly<Record<string, string>> = {},
): ScreenHome {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'LANG', 'LC_ALL', 'TZ', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XAUTHORITY']) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-screen-'));
  const path = join(folder, 'screen');
  mkdirSync(path, { mode: 0o700 });
  kept.HOME = path;
  const contents: Record<string, string | Buffer> = { ...files };
  if (user !== null) {
    delete kept.XDG_RUNTIME_DIR;
    delete kept.XAUTHORITY;
    const authority = authorityFor(env.XAUTHORITY ?? join(homedir(), '.Xauthority'), env.DISPLAY);
    if (authority !== null) {
      contents.Xauthority = authority;
      kept.XAUTHORITY = join(path, 'Xauthority');
    }
  }
  for (const [name, content] of Object.entries(contents)) writeNew(join(path, name), content, user);
  if (user !== null) {
    chownSync(path, user.uid, user.gid);
    // Only now can anybody but root get there.
    chmodSync(folder, 0o711);
  }
  return { path, env: kept, remove: () => removeHome(folder, path, user) };
}

/** A file that was not there before, and changes hands while it is open: a name could mean another file by then. */
function writeNew(path: string, content: string | Buffer, user: ScreenUser | null): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, content);
    if (user !== null) fchownSync(file, user.uid, user.gid);
  } finally {
    closeSync(file);
  }
}

/** The user's files go with the user's own rights. What that leaves (a process of the user's still writes) stays. */
function removeHome(folder: string, path: string, user: ScreenUser | null): void {
  if (user === null) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  spawnSync('/bin/rm', ['-rf', '--one-file-system', '--', path], { stdio: 'ignore', cwd: '/', env: {}, ...user });
  try {
    rmdirSync(path);
    rmdirSync(folder);
  } catch {}
}
