import { spawnSync } from 'node:child_process';

/** Root has namespaces by right; anybody else is root in a user namespace of their own, where files stay theirs (user_namespaces(7)). */
export const ownRoot: readonly string[] = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

/** Whether this machine gives such namespaces. @param kinds for `unshare`, for example `--net` */
export function givesNamespaces(kinds: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync('unshare', [...ownRoot, ...kinds, 'true']).status === 0;
}
