import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../settings/replace-file.ts';

/**
 * What staff said by hand, until when it holds (epoch ms; null: until they say something else), and since when. It is kept after its end: the
 * uptime needs to know that a kiosk that was then switched off had been closed.
 */
export const Override = z
  .object({
    v: z.literal(1),
    set: z.enum(['open', 'closed']),
    at: z.number().int(),
    until: z.number().int().nullable(),
  })
  .strict();
export type Override = z.infer<typeof Override>;

/** Keeps the override over restarts. */
export interface OverrideStore {
  read(): Override | null;
  /** @param override null: the hours decide @returns whether it is on the disk */
  write(override: Override | null): boolean;
}

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
