import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canMount, mountTmpfs } from '../../../../test/support/tmpfs.ts';
import { fileLines } from './file-lines.ts';
import { listMedia, mediumFolder } from './media.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-media-'));
  mkdirSync(join(folder, 'STICK'));
  mkdirSync(join(folder, 'left-over'));
  mkdirSync(join(folder, '.hidden'));
  writeFileSync(join(folder, 'file'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('in the sandbox any folder is a medium; a name that was made up is none', () => {
  expect(listMedia(folder, true)).toEqual(['STICK', 'left-over']);
  expect(mediumFolder(folder, true, 'STICK')).toBe(join(folder, 'STICK'));
  for (const name of ['..', '.', '../STICK', '.hidden', 'file', '', '/']) expect(mediumFolder(folder, true, name)).toBeNull();
  expect(listMedia(join(folder, 'nowhere'), true)).toEqual([]);
});

test('on a counter nothing is a medium that lies on the kiosk’s own disk', () => {
  expect(listMedia(folder, false)).toEqual([]);
});

// Needs root for a file system of its own.
test.skipIf(!canMount)('on a counter what is mounted is a medium', () => {
  const tmpfs = mountTmpfs(join(folder, 'STICK'), 65_536);
  try {
    expect(listMedia(folder, false)).toEqual(['STICK']);
  } finally {
    tmpfs.unmount();
  }
});

test('lines, over the edges of what is read at once; never a longer one, never a cut one', async () => {
  const lines = async (text: string, most = 200_000) => {
    const file = join(folder, 'lines');
    writeFileSync(file, text);
    const found: string[] = [];
    for await (const line of fileLines(file, most)) found.push(line.toString());
    return found;
  };
  const long = 'x'.repeat(150_000);
  expect(await lines(`a\n${long}\n\nb\n`)).toEqual(['a', long, '', 'b']);
  expect(await lines('')).toEqual([]);
  await expect(lines('a\nb')).rejects.toThrow('cut');
  await expect(lines(`${long}\n`, 149_999)).rejects.toThrow('too long');
  await expect(lines(long, 1000)).rejects.toThrow('too long');
});
