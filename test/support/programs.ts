import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * @param entry from the root
 * @returns what Node is started with: the bundle below MADOGUCHI_PROGRAMS where somebody has made it (test/e2e/programs.setup.ts), else the source
 */
export const programOf = (entry: string): string =>
  process.env.MADOGUCHI_PROGRAMS === undefined
    ? join(root, entry)
    : join(process.env.MADOGUCHI_PROGRAMS, dirname(entry), 'bundle.js');
