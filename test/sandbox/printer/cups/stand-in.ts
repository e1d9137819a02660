import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSpool, type Spool, writeSpool } from './spool.ts';

/** CUPS' programs on a PATH of their own, and what they know. */
export interface CupsStandIn {
  /** To be the first of PATH. */
  readonly bin: string;
  readonly spool: Spool;
  set(change: Partial<Spool>): void;
}

/** @param folder empty, for it alone */
export function makeCups(folder: string, queue: string): CupsStandIn {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const programs = join(import.meta.dirname, 'programs.ts');
  for (const name of ['lp', 'lpstat', 'cancel'])
    writeFileSync(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${programs}' '${folder}' ${name} "$@"\n`, {
      mode: 0o755,
    });
  writeSpool(folder, { queue, enabled: true, accepting: true, running: true, alerts: [], looks: 1, aborts: false, jobs: [] });
  return {
    bin,
    get spool() {
      return readSpool(folder);
    },
    set(change) {
      writeSpool(folder, { ...readSpool(folder), ...change });
    },
  };
}
