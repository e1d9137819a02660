import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authorityFor } from './x-authority.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mado-authority-'));
  path = join(folder, 'authority');
});
afterAll(() => rmSync(folder, { recursive: true }));

const field = (text: string) => Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]);
const entry = (number: string, data: string) =>
  Buffer.concat([Buffer.from([1, 0]), field('host'), field(number), field('MIT-MAGIC-COOKIE-1'), field(data)]);

it('keeps the entries of this display, and those of every display', () => {
  const [mine, other, every] = [entry('0', 'aaaa'), entry('7', 'bbbb'), entry('', 'cccc')];
  writeFileSync(path, Buffer.concat([mine, other, every]));
  expect(authorityFor(path, ':0.0')).toEqual(Buffer.concat([mine, every]));
  expect(authorityFor(path, 'unix:7')).toEqual(Buffer.concat([other, every]));
  expect(authorityFor(path, undefined)).toEqual(every);
});

it.each([
  ['a line of a shadow file', Buffer.from('root:$y$j9T$abcdefgh:19000:0:99999:7:::\n')],
  ['a key', Buffer.from('-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n')],
  ['an entry cut short', entry('0', 'aaaa').subarray(0, -1)],
  ['an entry and a rest', Buffer.concat([entry('0', 'aaaa'), Buffer.from([1])])],
  ['a file too long', Buffer.alloc(64 * 1024 + 1)],
])('gives nothing of %s', (_, bytes) => {
  writeFileSync(path, bytes);
  expect(authorityFor(path, ':0')).toBeNull();
});

it('neither waits at a pipe nor takes a folder or a name that is not there', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const none of [pipe, folder, join(folder, 'none')]) expect(authorityFor(none, ':0')).toBeNull();
});
