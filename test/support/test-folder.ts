import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything that tests leave behind for the searches at the end lies below it; `npm test` empties it first. */
export const testData = resolve(import.meta.dirname, '../../.cache/test-data');

/**
 * A folder of its own for one test. `kiosk`: what a kiosk wrote, searched for secrets afterwards. `cards`: logs of virtual cards,
 * searched for forbidden commands. `world`: what others know (the platform's database): not searched.
 */
export function testFolder(part: 'kiosk' | 'cards' | 'world', name: string): string {
  const parent = join(testData, part);
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${name}-`));
}
