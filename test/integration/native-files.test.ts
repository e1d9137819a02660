import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BESIDE } from '../../main/hosts/launch/stage.ts';

/** Debian 12's C library: the oldest system that a kiosk runs on. */
const NEWEST_GLIBC = [2, 36] as const;
const root = resolve(import.meta.dirname, '../..');
/** Every native file that is named, or lies in a folder that is. */
const shipped = BESIDE.flatMap((path) => {
  if (path.endsWith('.node')) return [path];
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return [];
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.node'))
    .map((name) => join(path, name));
});

test('the package ships native files', () => {
  expect(shipped.length).toBeGreaterThan(1);
});

/**
 * DESIGN.md, Decisions: one binary for every Node and Electron imports Node-API, PC/SC and the system, and nothing of V8, Node
 * or libuv.
 */
describe.each(shipped)('%s', (path) => {
  const binary = join(root, path);
  // Where the addon cannot be built the run says so when it sets up.
  const missing = !existsSync(binary);

  test.skipIf(missing)('imports Node-API, PC/SC and system symbols only', () => {
    const names = execFileSync('nm', ['-D', '--undefined-only', binary], { encoding: 'utf8' })
      .split('\n')
      // A weak symbol (w) may be missing: nothing is loaded for it.
      .filter((line) => / U /.test(line))
      .map((line) => line.trim().split(' ').at(-1) ?? '')
      .filter((name) => name !== '');
    expect(names.filter((name) => name.startsWith('napi_')).length).toBeGreaterThan(4);
    const strange = names.filter(
      (name) => !/^(?:napi_|node_api_|SCard|__|_ITM)/.test(name) && !/@(?:GLIBC|CXXABI|GCC|GLIBCXX)_[\d.]+$/.test(name),
    );
    expect(strange).toEqual([]);
  });

  test.skipIf(missing)('asks for no newer C library than Debian 12 has', () => {
    const text = execFileSync('objdump', ['-T', binary], { encoding: 'utf8' });
    const wanted = [...text.matchAll(/GLIBC_(\d+)\.(\d+)/g)].map(([, major, minor]) => [Number(major), Number(minor)] as const);
    expect(wanted.length).toBeGreaterThan(0);
    const newer = wanted.filter(
      ([major, minor]) => major > NEWEST_GLIBC[0] || (major === NEWEST_GLIBC[0] && minor > NEWEST_GLIBC[1]),
    );
    expect(newer).toEqual([]);
  });
});
