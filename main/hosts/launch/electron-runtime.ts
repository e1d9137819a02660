import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFile } from './system/programs.ts';

/** An Electron that can be started. */
export interface ElectronRuntime {
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
}

/**
 * Looks where an Electron may be: `ELECTRON_OVERRIDE_DIST_PATH`, the electron package's own download, the folder of the test runtime.
 * Never downloads. @returns null when there is none
 */
export function findElectron(root: string, env: NodeJS.ProcessEnv): ElectronRuntime | null {
  const folders = [env.ELECTRON_OVERRIDE_DIST_PATH, join(root, 'node_modules/electron/dist'), '/opt/electron-runtime'];
  const name = programFile('electron');
  for (const folder of folders) {
    if (folder === undefined || folder === '') continue;
    const executable = join(folder, name);
    const version = join(folder, 'version');
    if (existsSync(executable) && existsSync(version)) {
      return { folder, executable, version: readFileSync(version, 'utf8').trim().replace(/^v/, '') };
    }
  }
  return null;
}
