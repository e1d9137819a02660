import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describePlatform } from './openapi.ts';

/** Writes openapi.generated.json from the zod schemas; with `--check`, says whether the file is what would be written. */
const file = fileURLToPath(new URL('./openapi.generated.json', import.meta.url));
const text = `${JSON.stringify(await describePlatform(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  const there = await readFile(file, 'utf8').catch(() => null);
  if (there !== text) {
    console.error('openapi.generated.json is not fresh: run node test/sandbox/platform/write-openapi.ts');
    process.exitCode = 1;
  }
} else await writeFile(file, text);
