import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cardStateNames } from '../sandbox/virtual-card/card.ts';

const root = resolve(import.meta.dirname, '../..');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const run = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', timeout: 60_000 });

test.each(Object.entries(scripts))('npm run %s -- --help explains and ends with 0, and installs nothing', (name, script) => {
  const [program = '', command = ''] = script.split(' ').slice(1);
  const done = run(program, command, '--help');
  expect([done.status, done.stderr]).toEqual([0, '']);
  expect(done.stdout).toMatch(new RegExp(`^npm (?:run )?${name}\\b`));
  expect(done.stdout.trim().split('\n').length).toBeGreaterThan(1);
});

test.each([
  'main/hosts/launch/launch.ts',
  'main/hosts/launch/staff-page.ts',
  'main/hosts/core/staff-key.ts',
  'main/hosts/core/outbox-tool.ts',
])('%s by itself, as it is on a kiosk', (program) => {
  const done = run(program, '--help');
  expect([done.status, done.stdout.startsWith('usage: ')]).toEqual([0, true]);
});

test.each([
  ['start', 'test/sandbox/start/main.ts', '--screen=elektron'],
  ['campaign', 'test/run/campaign.ts', '--step=nosuch'],
  ['campaign:people', 'test/run/people.ts', '--runs=-1'],
  ['campaign:scans', 'test/run/scans.ts', 'many'],
  ['campaign:screens', 'test/screens/check.ts', '--layout=square'],
  ['screens', 'test/screens/shoot.ts', '--language=fr'],
  ['simulation', 'test/simulation/main.ts', '--seeds=x'],
  ['faults', 'test/run/faults.ts', '--nosuch'],
  ['bench', 'test/bench/main.ts', '--nosuch'],
  ['package', 'main/hosts/launch/package.ts', '--nosuch'],
  ['platform', 'test/sandbox/platform/main.ts', '--nosuch'],
  ['kiosk', 'main/hosts/launch/launch.ts', '--nosuch'],
  ['staff-key', 'main/hosts/core/staff-key.ts', '--nosuch'],
  ['staff-page', 'main/hosts/launch/staff-page.ts', '--nosuch'],
  ['outbox', 'main/hosts/core/outbox-tool.ts', '--nosuch'],
  ['virtual-card', 'test/sandbox/virtual-card/main.ts', '--nosuch'],
])('npm run %s with what it does not know: told how it is called, nothing runs, and it ends with 2', (name, program, wrong) => {
  const done = run(program, wrong);
  expect([done.status, done.stdout]).toEqual([2, '']);
  expect(done.stderr).toMatch(new RegExp(`(?:usage: |npm (?:run )?)${name}\\b`));
  expect(done.stderr).not.toContain('    at ');
});

test('a command that there is not: those that there are', () => {
  const done = run('native/node/run.mjs', 'kios');
  expect(done.status).toBe(2);
  for (const name of Object.keys(scripts)) expect(done.stderr).toContain(name);
});

test('an unknown card: those that there are', () => {
  const done = run('test/sandbox/virtual-card/main.ts', '--card', 'frish');
  expect(done.status).not.toBe(0);
  for (const name of cardStateNames) expect(done.stderr).toContain(name);
});
