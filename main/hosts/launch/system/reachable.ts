import { chmodSync, cpSync, existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ScreenUser } from './screen-user.ts';

const EXECUTE = 0o1;
const READ = 0o4;

/** Whether this user may read a folder, looking at mode bits only, from the root down. @param user null: ourselves */
export function isReachable(path: string, user: ScreenUser | null): boolean {
  if (user === null || process.platform === 'win32') return true;
  for (let at = path; ; at = dirname(at)) {
    if (!existsSync(at)) return false;
    const { uid, gid, mode } = statSync(at);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    const wanted = at === path ? EXECUTE | READ : EXECUTE;
    if ((bits & wanted) !== wanted) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * The folder itself, or a copy below `into` when the screen's user cannot get to it: a checkout in root's home, for example.
 * `into` must be reachable.
 */
export function reachableCopy(folder: string, into: string, user: ScreenUser | null): string {
  if (isReachable(folder, user)) return folder;
  const copy = join(into, basename(folder));
  cpSync(folder, copy, { recursive: true });
  chmodSync(copy, 0o755);
  return copy;
}
