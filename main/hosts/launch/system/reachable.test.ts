import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isReachable, reachableCopy } from './reachable.ts';

const stranger = { uid: 64_999, gid: 64_999 };
let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'mado-reach-'));
  chmodSync(base, 0o755);
  mkdirSync(join(base, 'home/page'), { recursive: true });
  writeFileSync(join(base, 'home/page/index.html'), 'x');
});
afterEach(() => rmSync(base, { recursive: true }));

test('open folders are reachable, and are not copied', () => {
  for (const folder of ['home', 'home/page']) chmodSync(join(base, folder), 0o755);
  expect(isReachable(join(base, 'home/page'), stranger)).toBe(true);
  expect(reachableCopy(join(base, 'home/page'), base, stranger)).toBe(join(base, 'home/page'));
});

test('a closed folder on the way, or at the end, makes a copy that can be read', () => {
  for (const closed of ['home', 'home/page']) {
    chmodSync(join(base, closed), 0o700);
    expect(isReachable(join(base, 'home/page'), stranger)).toBe(false);
    const copy = reachableCopy(join(base, 'home/page'), base, stranger);
    expect(copy).toBe(join(base, 'page'));
    expect(isReachable(copy, stranger)).toBe(true);
    expect(readFileSync(join(copy, 'index.html'), 'utf8')).toBe('x');
    chmodSync(join(base, closed), 0o755);
  }
});

test('a folder of the user, and of ourselves, is reachable whatever others may do; one that is not there is not', () => {
  chmodSync(join(base, 'home'), 0o700);
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  chmodSync(join(base, 'home/page'), 0o700);
  expect(isReachable(join(base, 'home/page'), owner)).toBe(true);
  expect(isReachable(join(base, 'home/page'), null)).toBe(true);
  expect(isReachable(join(base, 'none'), stranger)).toBe(false);
});
