import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { childPid } from '../support/child-pid.ts';
import { freePort } from '../support/free-port.ts';
import { makeStaffKey, writeSealingKey } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';

/**
 * What another process of this machine finds open at a running kiosk: launcher, core and card host as `node launch.ts` starts them, with a
 * umask and an environment that would open what they can.
 */
const root = resolve(import.meta.dirname, '../..');
const data = testFolder('kiosk', 'doors');
const world = testFolder('world', 'doors');
const WEAKENING = {
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_EXTRA_CA_CERTS: join(world, 'ca.pem'),
  SSLKEYLOGFILE: join(world, 'keys.log'),
  SSL_CERT_FILE: join(world, 'ca.pem'),
  LD_AUDIT: '',
  HOSTALIASES: join(world, 'aliases'),
};
let launcher: ReturnType<typeof spawn>;
let core: number;
let host: number;
let said = '';

const pidOf = (parent: number, words: string) =>
  vi.waitFor(
    () => {
      const pid = childPid(parent, words);
      if (pid === null) throw new Error(`no ${words}`);
      return pid;
    },
    { timeout: 30_000 },
  );

beforeAll(async () => {
  const page = join(world, 'page');
  mkdirSync(page);
  for (const name of ['index.html', 'staff.html']) writeFileSync(join(page, name), '<!doctype html>');
  writeFileSync(join(world, 'not-ours'), 'x', { mode: 0o644 });
  // As an earlier kiosk left them.
  mkdirSync(join(data, 'staff'), { recursive: true, mode: 0o755 });
  makeStaffKey(data, 'window 1', 'clerk');
  mkdirSync(join(data, 'queue'), { recursive: true, mode: 0o755 });
  writeFileSync(join(data, 'queue', 'outbox.db.damaged-1'), 'old', { mode: 0o644 });
  symlinkSync(join(world, 'not-ours'), join(data, 'queue', 'link'));
  const args = [
    ...['--profile', 'demo', '--data', data],
    ...['platform.url=http://127.0.0.1:9', 'reader.driver=virtual', 'printer.driver=none', 'outbox.minFreeBytes=0']
      .concat(`reader.host=${join(root, 'test/sandbox/virtual-reader/host-main.ts')}`, 'outbox.ballastBytes=65536')
      .concat(`platform.sealingKeyFile=${await writeSealingKey(world)}`)
      .flatMap((pair) => ['--set', pair]),
  ];
  const run = `umask 000; exec "$@"`;
  launcher = spawn('/bin/sh', ['-c', run, 'sh', process.execPath, join(root, 'main/hosts/launch/launch.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...WEAKENING, MADOGUCHI_PAGE: page, MADOGUCHI_VIRTUAL_READER_PORT: String(await freePort()) },
  });
  launcher.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  await new Promise<void>((found, lost) => {
    createInterface({ input: launcher.stdout ?? process.stdin }).on('line', (line) => line.startsWith('Kiosk page') && found());
    launcher.once('exit', (code) => lost(new Error(`the launcher ended with ${code}: ${said}`)));
  });
  core = await pidOf(launcher.pid ?? 0, 'hosts/core/index');
  host = await pidOf(core, 'host-main');
});
afterAll(async () => {
  if (launcher.exitCode !== null) return;
  const over = new Promise((done) => launcher.once('exit', done));
  launcher.kill('SIGTERM');
  await over;
});

describe('a running kiosk', () => {
  test('nothing of an environment that weakens it reaches core and card host', () => {
    for (const pid of [core, host]) {
      const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .map((pair) => pair.split('=')[0] ?? '');
      expect(names).toContain('PATH');
      expect(names.filter((name) => name in WEAKENING)).toEqual([]);
    }
  });

  test('what it wrote is its own alone, whatever the umask; what an earlier one left open is closed, links aside', () => {
    const open = readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => (lstatSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(lstatSync(join(world, 'not-ours')).mode & 0o777).toBe(0o644);
    const names = readdirSync(data, { recursive: true }).map(String);
    for (const name of ['staff/keys.db', 'staff/audit.db', 'queue/outbox.db', 'tally/tally.db']) expect(names).toContain(name);
  });

  test('SIGUSR1 opens a debugger in none of its processes, and ends none', async () => {
    for (const pid of [launcher.pid ?? 0, core, host]) process.kill(pid, 'SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(said).not.toContain('Debugger');
    for (const pid of [launcher.pid ?? 0, core, host]) expect(process.kill(pid, 0)).toBe(true);
  });
});
