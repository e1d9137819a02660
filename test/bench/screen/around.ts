import { join } from 'node:path';
import { displayCommand } from '../../electron/display.ts';

/** A pcscd with an empty reader, and a display of 1080x1920 with a window manager: what a whole kiosk stands in. */
export const aroundKiosk = (): readonly string[] => [
  process.execPath,
  join(import.meta.dirname, '../../sandbox/pcscd/run.ts'),
  '--',
  ...displayCommand(),
];
