import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../settings/replace-file.ts';
import { Override, type OverrideStore } from './opening.ts';

/** `DATA/opening.json`. `null` in it: staff have taken back what they had said. */
const FILE = 'opening.json';

export function openOverrideStore(data: string): OverrideStore {
  const file = join(data, FILE);
  return {
    read() {
      try {
        return Override.nullable()
          .catch(null)
          .parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        return null;
      }
    },
    write: (override) => replaceFile(file, `${JSON.stringify(override)}\n`),
  };
}

/** As long as the process runs. */
export function overrideInMemory(): OverrideStore {
  let kept: Override | null = null;
  return {
    read: () => kept,
    write(override) {
      kept = override;
      return true;
    },
  };
}
