import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './test-folder.ts';

/**
 * Copies what a screen's user wrote (a browser's profile, a home) to where the search at the end looks, before it is deleted. Sockets and
 * links stay, and so does what a browser that still runs took away meanwhile.
 */
export function keepForSearch(folder: string, name: string): void {
  const kept = testFolder('kiosk', name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  files.forEach(({ parentPath, name: file }, n) => {
    try {
      copyFileSync(join(parentPath, file), join(kept, `${n}-${file}`));
    } catch {}
  });
}
