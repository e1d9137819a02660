import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programFile } from './system/programs.ts';

/** The packaged Electron. Its name also tells Electron that it is packaged. */
export const SCREEN_PROGRAM = 'madoguchi-screen';

/** @param root folder that holds `main/` @returns the packaged Electron beside it, or null when these are the sources */
export function packagedScreen(root: string): string | null {
  const name = programFile(SCREEN_PROGRAM);
  const program = join(root, '../..', name);
  return existsSync(join(root, '../app.asar')) && existsSync(program) ? program : null;
}
