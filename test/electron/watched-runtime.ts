import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronRuntime } from '../../main/hosts/launch/electron-runtime.ts';

/**
 * A folder that the launcher takes for an Electron runtime (ELECTRON_OVERRIDE_DIST_PATH): the real one, with a debugger's port open, so
 * that a test can look at the window which the launcher opened. Only a run from the sources allows that switch.
 */
export function watchedRuntime(real: ElectronRuntime): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'mado-runtime-'));
  chmodSync(folder, 0o755);
  copyFileSync(join(real.folder, 'version'), join(folder, 'version'));
  const script = `#!/bin/sh\nexec '${real.executable}' --remote-debugging-port=0 "$@"\n`;
  writeFileSync(join(folder, 'electron'), script, { mode: 0o755 });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
