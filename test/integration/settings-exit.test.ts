import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../support/test-folder.ts';

/** The programs themselves with settings that cannot be used: one readable line, exit code 2, and nothing was begun. */
const root = resolve(import.meta.dirname, '../..');
const programs = {
  core: (data: string) => ['main/hosts/core/index.ts', '--socket', join(data, 'socket'), '--data', join(data, 'data')],
  launcher: (data: string) => ['main/hosts/launch/launch.ts', '--data', join(data, 'data')],
};

describe.each(['core', 'launcher'] as const)('%s', (name) => {
  const run = (args: readonly string[]) => {
    const data = testFolder('kiosk', 'settings');
    const site = join(data, 'site.json');
    writeFileSync(site, JSON.stringify({ reader: { driver: 'virtual' }, timeouts: { idleSecs: 3 } }));
    const given = args.map((arg) => arg.replace('SITE', site));
    const done = spawnSync(process.execPath, [...programs[name](data), ...given], {
      cwd: root,
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { ...done, begun: existsSync(join(data, 'data')) };
  };

  test.each([
    [['--profile', 'city-hall', '--site', 'SITE'], /site\.json.*timeouts\.idleSecs/],
    [['--profile', 'no-such-town'], /no-such-town\.json/],
    [['--profile', 'city-hall', '--set', 'reader.driver=virtual'], /city-hall\.json.*terminal/],
    [[], /--profile/],
    [['--profile', 'demo', '--no-such-option'], /no-such-option/],
  ])('%j', (args, says) => {
    const { status, stderr, begun } = run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
    expect(begun).toBe(false);
  });
});
