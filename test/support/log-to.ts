import { openSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './test-folder.ts';

/** Where a launcher's standard error goes: a file that the search at the end reads, like everything else a kiosk writes. @returns a descriptor */
export const logTo = (name: string): number => openSync(join(testFolder('kiosk', name), 'stderr.log'), 'a');
