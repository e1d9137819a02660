import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFolder } from '../../simulation/memory-folder.ts';

/** A folder for one campaign, in memory where that can be had: what a disk does is the campaign's own business. The caller removes it. */
export const scratch = (name: string): string => mkdtempSync(join(memoryFolder(tmpdir()), `mado-${name}-`));
