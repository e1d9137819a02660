import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A small addon of our own, built by the same script as the real ones. */
const folder = mkdtempSync(join(tmpdir(), 'addon-'));
const source = join(folder, 'src/tiny.c');
const release = join(folder, 'build/Release');
const binary = join(release, 'tiny.node');
const script = pathToFileURL(join(import.meta.dirname, 'build-addon.mjs')).href;

const write = (word: string) =>
  writeFileSync(
    source,
    `#include <node_api.h>
static napi_value Init(napi_env env, napi_value exports) {
  napi_value word;
  napi_create_string_utf8(env, "${word}", NAPI_AUTO_LENGTH, &word);
  napi_set_named_property(env, exports, "word", word);
  return exports;
}
NAPI_MODULE(NODE_GYP_MODULE_NAME, Init)
`,
  );

function build(env: NodeJS.ProcessEnv = {}) {
  const call = `(await import(${JSON.stringify(script)})).buildAddon(${JSON.stringify(folder)}, 'tiny')`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', call], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: done.status, text: done.stderr };
}

/** What the addon says that is there now. */
const word = () =>
  spawnSync(process.execPath, ['-p', `require(${JSON.stringify(binary)}).word`], { encoding: 'utf8' }).stdout.trim();

beforeAll(() => {
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'binding.gyp'), JSON.stringify({ targets: [{ target_name: 'tiny', sources: ['src/tiny.c'] }] }));
  write('first');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the working addon stays whatever happens to a build, and is replaced in one step', { timeout: 300_000 }, () => {
  expect(build()).toMatchObject({ code: 0 });
  expect(word()).toBe('first');
  const { ino } = statSync(binary);

  // Freshness is the content's: what was only touched, or copied with another time, is not built again.
  const later = new Date(Date.now() + 60_000);
  utimesSync(source, later, later);
  expect(build({ CXX: '/no/compiler', CC: '/no/compiler' })).toEqual({ code: 0, text: '' });
  expect(statSync(binary).ino).toBe(ino);

  write('second');
  const without = build({ PATH: '/nothing', CXX: '/no/compiler', CC: '/no/compiler', PYTHON: '/no/python' });
  expect(without).toMatchObject({ code: 0 });
  expect(without.text).toContain('the addon of older sources stays');
  expect(word()).toBe('first');

  // A compiler that refuses the sources is another matter: the build has failed, and what worked is still there.
  writeFileSync(source, 'this is no C');
  expect(build()).toMatchObject({ code: 1 });
  expect(word()).toBe('first');

  write('third');
  expect(build()).toMatchObject({ code: 0 });
  expect(word()).toBe('third');
  expect(statSync(binary).ino).not.toBe(ino);
  expect(readdirSync(join(folder, 'build'))).toEqual(['Release']);
  expect(readFileSync(join(release, 'tiny.made-of'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
});

test('where there is none yet, nothing to build with is a failure', { timeout: 60_000 }, () => {
  rmSync(join(folder, 'build'), { recursive: true });
  expect(build({ PATH: '/nothing', CXX: '/no/compiler', CC: '/no/compiler', PYTHON: '/no/python' })).toMatchObject({ code: 1 });
});
