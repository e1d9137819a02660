import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Who runs the screen. Chromium's sandbox refuses root, and switching it off is not an answer. */
export interface ScreenUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * @returns null when this process is not root: the screen runs as ourselves. Else the user behind `sudo`, or `nobody`.
 */
export function findScreenUser(env: NodeJS.ProcessEnv): ScreenUser | null {
  if (process.getuid?.() !== 0) return null;
  const uid = Number(env.SUDO_UID);
  const gid = Number(env.SUDO_GID);
  if (Number.isInteger(uid) && uid > 0 && Number.isInteger(gid) && gid > 0) return { uid, gid };
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  return { uid: Number(nobody?.[2] ?? 65_534), gid: Number(nobody?.[3] ?? 65_534) };
}

/**
 * The environment of the screen's process: only what a program on the display needs, a home of its own below `folder`, and a copy of the X
 * authority file that the screen's user can read.
 */
export function screenEnvironment(env: NodeJS.ProcessEnv, folder: string, user: ScreenUser | null): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'LANG', 'LC_ALL', 'TZ', 'DISPLAY', 'WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XAUTHORITY']) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  const home = join(folder, 'screen');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  kept.HOME = home;
  if (user === null) return kept;
  delete kept.XDG_RUNTIME_DIR;
  chownSync(home, user.uid, user.gid);
  const authority = env.XAUTHORITY ?? join(homedir(), '.Xauthority');
  if (existsSync(authority)) {
    const copy = join(home, 'Xauthority');
    copyFileSync(authority, copy);
    chownSync(copy, user.uid, user.gid);
    kept.XAUTHORITY = copy;
  }
  return kept;
}
