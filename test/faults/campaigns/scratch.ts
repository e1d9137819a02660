import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one campaign, in memory where that can be had: what a disk does is the campaign's own business. The caller removes it. */
export const scratch = (name: string): string =>
  mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), `mado-${name}-`));
