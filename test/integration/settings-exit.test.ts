import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
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

/** The point is on the curve; nobody has its other half. */
const SEALING_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

describe.each(['core', 'launcher'] as const)('%s', (name) => {
  /** A site file that is right, but for what is given. */
  const run = (given: object, args: readonly string[]) => {
    const data = testFolder('kiosk', 'settings');
    const file = (name: string, content: string) => {
      writeFileSync(join(data, name), content);
      return name;
    };
    file('key.jwk.json', JSON.stringify(SEALING_KEY));
    file('not-pem.txt', 'no certificate');
    file('not-json.txt', 'no terms');
    const site = {
      terminal: { id: 'TOWN-01', name: { ja: '1番窓口', en: 'Counter 1' } },
      platform: { url: 'https://platform.example.jp', sealingKeyFile: 'key.jwk.json' },
      ...given,
    };
    file('site.json', JSON.stringify(site));
    const named = args.map((arg) => arg.replace('SITE', join(data, 'site.json')));
    const done = spawnSync(process.execPath, [...programs[name](data), ...named], {
      cwd: root,
      encoding: 'utf8',
      timeout: 30_000,
    });
    return { ...done, begun: existsSync(join(data, 'data')) };
  };
  const site = ['--profile', 'city-hall', '--site', 'SITE'];
  const platform = { url: 'https://platform.example.jp', sealingKeyFile: 'key.jwk.json' };
  const tls = { caFile: 'not-pem.txt', certFile: 'not-pem.txt', keyFile: 'not-pem.txt' };

  test.each<[string, object, string[], RegExp]>([
    ['an unknown key', { timeouts: { idleSecs: 3 } }, site, /site\.json.*timeouts\.idleSecs/],
    ['a wrong type', { timeouts: { idleSeconds: 'long' } }, site, /site\.json.*timeouts\.idleSeconds/],
    [
      'the virtual reader outside the sandbox',
      { reader: { driver: 'virtual', host: 'not-json.txt' } },
      site,
      /site\.json.*reader\.driver.*sandbox/,
    ],
    ['a platform without https', { platform: { ...platform, url: 'http://x.jp' } }, site, /site\.json.*platform\.url.*https/],
    [
      'a key file that is not there',
      { platform: { ...platform, sealingKeyFile: 'gone.json' } },
      site,
      /platform\.sealingKeyFile.*gone/,
    ],
    [
      'terms that are no JSON',
      { terms: [{ id: 'my-key-id', version: '2026-10-01', file: 'not-json.txt' }] },
      site,
      /not-json.*terms\.0\.file/,
    ],
    ['a profile that is not there', {}, ['--profile', 'no-such-town'], /no-such-town\.json/],
    ['no terminal', {}, ['--profile', 'city-hall'], /city-hall\.json.*terminal/],
    ['no profile', {}, [], /^--profile.* (?:is|are) wanted/],
    ['an unknown option', {}, ['--profile', 'demo', '--no-such-option'], /no-such-option/],
  ])('%s', (_, given, args, says) => {
    const { status, stderr, begun } = run(given, args);
    expect(status).toBe(2);
    const lines = stderr.trim().split('\n');
    expect(lines.filter((line) => says.test(line))).toHaveLength(1);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
    expect(begun).toBe(false);
    // One readable message; the launcher adds how it is used where an argument is wrong, and a missing terminal has two keys.
    if (args === site) expect(lines).toHaveLength(1);
  });

  test('TLS files that are none: one sentence each', () => {
    const { status, stderr } = run({ platform: { ...platform, tls } }, site);
    expect(status).toBe(2);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => /not-pem\.txt.*\(platform\.tls\.(\w+)\)/.exec(line)?.[1]),
    ).toEqual(['caFile', 'certFile', 'keyFile']);
  });
});
