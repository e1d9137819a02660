import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron } from '../../../main/hosts/launch/electron-runtime.ts';

export interface ScreenChoice {
  /** Arguments of the launcher. */
  readonly args: readonly string[];
  readonly words: string;
}

const hasDisplay = (env: NodeJS.ProcessEnv): boolean =>
  process.platform === 'win32' || process.platform === 'darwin' || env.DISPLAY !== undefined || env.WAYLAND_DISPLAY !== undefined;

/** The product is an Electron kiosk: where it could be shown and is only missing, it is worth fetching. */
export const wantsElectron = (root: string, env: NodeJS.ProcessEnv, wish?: string): boolean =>
  hasDisplay(env) && wish !== 'none' && wish !== 'chromium' && findElectron(root, env) === null;

/** Electron where a runtime and a display are found, else Chromium in app mode, else the address alone. */
export function chooseScreen(root: string, env: NodeJS.ProcessEnv, wish?: string): ScreenChoice {
  const url: ScreenChoice = { args: ['--host', 'node'], words: 'none here: open the address below in a browser' };
  if (wish === 'none' || !hasDisplay(env)) return url;
  const electron = findElectron(root, env);
  if (wish !== 'chromium' && electron !== null && existsSync(join(root, 'dist/electron/main.cjs'))) {
    return { args: ['--host', 'electron'], words: `Electron ${electron.version}` };
  }
  if (existsSync('/usr/bin/chromium')) return { args: ['--host', 'node', '--open'], words: 'Chromium, full screen' };
  return url;
}
