import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findForbidden } from '../sandbox/virtual-card/forbidden.ts';
import { parseLog } from '../sandbox/virtual-card/log.ts';
import type { Needle } from './secrets.ts';

export interface Hit {
  readonly file: string;
  readonly offset: number;
  readonly needle: Pick<Needle, 'whose' | 'what' | 'form'>;
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) return [];
  if (found.isFile()) return [path];
  if (!found.isDirectory()) return [];
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => filesBelow(join(path, name))))).flat();
}

/** Searches every file below the given folders, whatever its kind: database, WAL, log, browser profile. */
export async function searchFor(
  needles: readonly Needle[],
  folders: readonly string[],
): Promise<{ hits: Hit[]; files: number; bytes: number }> {
  const files = (await Promise.all(folders.map(filesBelow))).flat();
  const hits: Hit[] = [];
  let bytes = 0;
  for (const file of files) {
    const content = await readFile(file);
    bytes += content.length;
    for (const { whose, what, form, bytes: wanted } of needles) {
      const offset = content.indexOf(wanted);
      if (offset >= 0) hits.push({ file, offset, needle: { whose, what, form } });
    }
  }
  return { hits, files: files.length, bytes };
}

/** Reads every card log below the folders and returns the commands that no kiosk of ours may send (invariant 7). */
export async function forbiddenCommands(folders: readonly string[]): Promise<{ commands: number; forbidden: string[] }> {
  const files = (await Promise.all(folders.map(filesBelow))).flat().filter((file) => file.endsWith('.apdu.jsonl'));
  const forbidden: string[] = [];
  let commands = 0;
  for (const file of files) {
    const entries = parseLog(await readFile(file, 'utf8'));
    commands += entries.filter((entry) => entry.event === 'apdu').length;
    forbidden.push(...findForbidden(entries).map((found) => `${file}: ${JSON.stringify(found)}`));
  }
  return { commands, forbidden };
}
