import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a stand-in for CUPS knows: one queue, its jobs. Kept in a folder, because every call of `lp` is a process of its own. */
export const Spool = z
  .object({
    queue: z.string(),
    enabled: z.boolean(),
    accepting: z.boolean(),
    running: z.boolean(),
    /** Keywords of the printer, as CUPS shows them. */
    alerts: z.array(z.string()),
    /** How often a job is looked at before it has come out; null: it never does. */
    looks: z.number().int().nullable(),
    /** Ends a job as one that the filter gave up. */
    aborts: z.boolean(),
    jobs: z.array(
      z
        .object({
          id: z.string(),
          state: z.enum(['pending', 'completed', 'aborted', 'canceled']),
          looked: z.number().int(),
          options: z.array(z.string()),
          title: z.string(),
          /** Of the document, base64. */
          document: z.string(),
        })
        .strict(),
    ),
  })
  .strict();
export type Spool = z.infer<typeof Spool>;

export const readSpool = (folder: string): Spool => Spool.parse(JSON.parse(readFileSync(join(folder, 'spool.json'), 'utf8')));

export function writeSpool(folder: string, spool: Spool): void {
  const file = join(folder, 'spool.json');
  writeFileSync(`${file}.new`, JSON.stringify(spool));
  renameSync(`${file}.new`, file);
}
