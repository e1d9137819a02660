import { homedir } from 'node:os';
import { basename, join } from 'node:path';

export interface DataFolderSource {
  /** Folder that holds `main/`. */
  readonly root: string;
  readonly packaged: boolean;
  /** A profile's name, or the path of its file. */
  readonly profile: string;
  readonly env: NodeJS.ProcessEnv;
  readonly uid: number | undefined;
}

/**
 * Where the core writes when nobody said where. From the sources: `.data/PROFILE` beside them. From a package, whose own folder is
 * read-only: what systemd gives (STATE_DIRECTORY), `/var/lib/madoguchi` for root, else the user's own state folder.
 */
export function dataFolder({ root, packaged, profile, env, uid }: DataFolderSource): string {
  const name = basename(profile).replace(/\.json$/, '');
  if (!packaged) return join(root, '.data', name);
  if (env.STATE_DIRECTORY !== undefined && env.STATE_DIRECTORY !== '') return join(env.STATE_DIRECTORY, name);
  if (uid === 0) return join('/var/lib/madoguchi', name);
  return join(env.XDG_STATE_HOME ?? join(homedir(), '.local/state'), 'madoguchi', name);
}
