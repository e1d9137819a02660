import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { STOOD_STILL } from '../../main/contract/stood-still.ts';
import { parseCoreArguments } from '../../main/hosts/core/arguments.ts';
import { parseScreenArguments } from '../../main/hosts/electron/arguments.ts';
import { testFolder } from '../support/test-folder.ts';

/** The files for an installed kiosk (kiosk-config/system), as far as they can be tried without a machine of their own. */
const system = resolve(import.meta.dirname, '../../kiosk-config/system');
const unit = (name: string) => readFileSync(join(system, 'systemd', name), 'utf8');
const setting = (text: string, key: string): string[] =>
  text.split('\n').flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
const commandOf = (name: string) => {
  const [command = ''] = setting(unit(name), 'ExecStart');
  return command.replace(/\$\{MADOGUCHI_PROFILE\}/, 'city-hall').split(' ');
};

describe('command lines', () => {
  test('the core takes its own', () => {
    const command = commandOf('madoguchi-core.service');
    expect(command.slice(1, 3)).toEqual(['--disable-sigusr1', '/opt/madoguchi/resources/kiosk/main/hosts/core/index.js']);
    expect(parseCoreArguments(command.slice(3))).toMatchObject({
      ok: true,
      value: {
        profile: 'city-hall',
        data: '/var/lib/madoguchi',
        socket: '/run/madoguchi/core.sock',
        staffSocket: '/run/madoguchi-staff/core.sock',
        set: [],
      },
    });
  });

  test.each([
    ['watchdog', true],
    ['timeout', true],
    ['signal', false],
    ['success', false],
  ])('a core that ended with %s: the next one is told that it stood still, or not', (result, told) => {
    const [command = ''] = setting(unit('madoguchi-core.service'), 'ExecStopPost');
    const inside = /^-\/bin\/sh -c '(.*)'$/.exec(command)?.[1] ?? '';
    const folder = testFolder('kiosk', 'stop-post');
    // As systemd does, and in a folder of our own.
    const script = inside.replaceAll('$$', '$').replace('/var/lib/madoguchi/', `${folder}/`);
    expect(script).toContain(join(folder, STOOD_STILL));
    execFileSync('/bin/sh', ['-c', script], { env: { ...process.env, SERVICE_RESULT: result } });
    expect(existsSync(join(folder, STOOD_STILL))).toBe(told);
  });

  test('the packaged screen takes its own, without a switch, on the socket of the core', () => {
    const command = commandOf('madoguchi-screen.service');
    // cage, then a network of its own with nothing in it, then the window.
    expect(command.slice(0, command.lastIndexOf('--') + 1)).toEqual([
      ...['/usr/bin/cage', '-d', '--', '/usr/bin/unshare', '--user', '--map-current-user', '--net', '--'],
    ]);
    const screen = command.slice(command.lastIndexOf('--') + 1);
    expect(parseScreenArguments(screen, true)).toEqual({
      ok: true,
      value: { socket: '/run/madoguchi/core.sock', page: '/opt/madoguchi/resources/kiosk/dist/renderer' },
    });
    expect(command.join(' ')).not.toContain('no-sandbox');
  });
});

describe('polkit', () => {
  type Rule = (action: { id: string }, subject: { user: string }) => string;
  const ruled = (id: string, user: string): string => {
    const rules: Rule[] = [];
    const Result = { YES: 'yes', NO: 'no', NOT_HANDLED: 'not handled' };
    const polkit = { Result, addRule: (rule: Rule) => void rules.push(rule) };
    runInNewContext(readFileSync(join(system, 'polkit/50-madoguchi-pcscd.rules'), 'utf8'), { polkit });
    return rules.map((rule) => rule({ id }, { user })).join();
  };

  test.each(['org.debian.pcsc-lite.access_pcsc', 'org.debian.pcsc-lite.access_card'])(
    '%s: the core and nobody of the screen',
    (id) => {
      expect(ruled(id, 'madoguchi-core')).toBe('yes');
      expect(ruled(id, 'madoguchi-screen')).toBe('no');
      expect(ruled(id, 'somebody')).toBe('no');
    },
  );

  test('everything else is somebody else’s to rule', () => {
    expect(ruled('org.freedesktop.login1.reboot', 'madoguchi-core')).toBe('not handled');
  });
});

test('the screen’s unit has no network, no other address than sockets in the file system, and a list of system calls', () => {
  const screen = unit('madoguchi-screen.service');
  // The window has a network of its own (ExecStart, above). The compositor stays in the machine's: in another one udev's news would not reach it.
  expect(setting(screen, 'PrivateNetwork')).toEqual([]);
  expect(setting(screen, 'RestrictNamespaces')).toEqual(['user pid net']);
  expect(setting(screen, 'RestrictAddressFamilies')).toEqual(['AF_UNIX AF_NETLINK']);
  expect(setting(screen, 'ProtectProc')).toEqual(['invisible']);
  expect(setting(screen, 'SystemCallFilter')[0]).toMatch(/^@system-service /);
  // What it misses of udev by that, a rule makes up for: with the unit's own name.
  const rule = readFileSync(join(system, 'udev/70-madoguchi-screen.rules'), 'utf8');
  expect(rule.match(/try-restart madoguchi-screen\.service/g)).toHaveLength(2);
});

describe('users and groups', () => {
  test('only the core reaches pcscd and the settings; the socket is all that the two share', () => {
    const [core, screen] = [unit('madoguchi-core.service'), unit('madoguchi-screen.service')];
    expect(setting(core, 'SupplementaryGroups')).toEqual(['madoguchi-reader']);
    expect(setting(screen, 'SupplementaryGroups')).toEqual(['madoguchi']);
    expect(setting(core, 'StateDirectoryMode')).toEqual(['0700']);
    const pcscd = readFileSync(join(system, 'systemd/pcscd.socket.d/50-madoguchi.conf'), 'utf8');
    expect([setting(pcscd, 'SocketMode'), setting(pcscd, 'SocketGroup')]).toEqual([['0660'], ['madoguchi-reader']]);
    const folders = readFileSync(join(system, 'tmpfiles.d/madoguchi.conf'), 'utf8');
    expect(folders).toMatch(/^d +\/run\/madoguchi +2750 +madoguchi-core +madoguchi +-$/m);
    expect(folders).toMatch(/^d +\/run\/madoguchi-staff +2750 +madoguchi-core +madoguchi-staff +-$/m);
    expect(setting(screen, 'InaccessiblePaths').join()).toContain('/run/madoguchi-staff');
    expect(folders).toMatch(/^d +\/etc\/madoguchi +2750 +root +madoguchi-core +-$/m);
  });
});

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;

/** A root folder with systemd's own units, ours, and programs of the right names. */
describe.skipIf(!systemd)('systemd itself (skipped: no systemd-analyze)', () => {
  let root: string;
  beforeAll(() => {
    root = testFolder('kiosk', 'system');
    const put = (path: string, mode = 0o755) => {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '#!/bin/sh\n', { mode });
    };
    const own = ['/usr/lib/systemd/system', '/lib/systemd/system'].find((path) => existsSync(path)) ?? '';
    cpSync(own, join(root, 'usr/lib/systemd/system'), { recursive: true, verbatimSymlinks: true });
    cpSync(join(system, 'systemd'), join(root, 'etc/systemd/system'), { recursive: true });
    for (const path of ['opt/madoguchi/resources/node/node', 'opt/madoguchi/madoguchi-screen', 'usr/bin/cage']) put(path);
  });

  test('finds nothing to say about the units', () => {
    const units = readdirSync(join(system, 'systemd')).filter((name) => name.endsWith('.service'));
    expect(units).toEqual(['madoguchi-core.service', 'madoguchi-screen.service', 'madoguchi-staff.service']);
    const said = spawnSync('systemd-analyze', ['verify', `--root=${root}`, ...units], { encoding: 'utf8' });
    expect(said.stderr + said.stdout).toBe('');
    expect(said.status).toBe(0);
  });

  test('a printer on USB opens its own kind of device and nothing else', () => {
    const into = join(root, 'etc/systemd/system/madoguchi-core.service.d');
    const opened = readFileSync(join(system, 'usb-printer/50-usb-printer.conf'), 'utf8');
    expect(setting(opened, 'DeviceAllow')).toEqual(['char-usb rw']);
    expect(setting(unit('madoguchi-core.service'), 'DevicePolicy')).toEqual(['closed']);
    mkdirSync(into, { recursive: true });
    writeFileSync(join(into, '50-usb-printer.conf'), opened);
    const core = 'madoguchi-core.service';
    const said = spawnSync('systemd-analyze', ['verify', `--root=${root}`, core], { encoding: 'utf8' });
    const rated = spawnSync('systemd-analyze', ['security', '--offline=true', `--root=${root}`, '--threshold=25', core]);
    rmSync(into, { recursive: true });
    expect(said.stderr + said.stdout).toBe('');
    expect([said.status, rated.status]).toEqual([0, 0]);
  });

  test('a named hand scanner is kept out of the desktop, and the core may only read input devices', () => {
    const rule = readFileSync(join(system, 'usb-scanner/70-madoguchi-scanner.rules'), 'utf8');
    const [line = ''] = rule.split('\n').filter((each) => each !== '' && !each.startsWith('#'));
    expect(line).toMatch(
      /SUBSYSTEM=="input", KERNEL=="event\*", ATTRS\{idVendor\}=="[0-9a-f]{4}", ATTRS\{idProduct\}=="[0-9a-f]{4}"/,
    );
    expect(line).toContain('ENV{LIBINPUT_IGNORE_DEVICE}="1"');
    // The screen's user is in neither group.
    expect(line).toContain('GROUP="madoguchi-core", MODE="0640"');
    const into = join(root, 'etc/systemd/system/madoguchi-core.service.d');
    const opened = readFileSync(join(system, 'usb-scanner/50-usb-scanner.conf'), 'utf8');
    expect(setting(opened, 'DeviceAllow')).toEqual(['char-input r']);
    mkdirSync(into, { recursive: true });
    writeFileSync(join(into, '50-usb-scanner.conf'), opened);
    const said = spawnSync('systemd-analyze', ['verify', `--root=${root}`, 'madoguchi-core.service'], { encoding: 'utf8' });
    rmSync(into, { recursive: true });
    expect(said.stderr + said.stdout).toBe('');
  });

  test('rates what an attacker in the core could still do below 2 of 10, in the screen and the staff’s page too', () => {
    for (const [name, limit] of [
      ['madoguchi-core.service', 20],
      ['madoguchi-screen.service', 20],
      ['madoguchi-staff.service', 20],
    ] as const) {
      const args = ['security', '--offline=true', `--root=${root}`, `--threshold=${limit}`, name];
      const said = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
      expect(said.status, said.stdout.split('\n').slice(-3).join('\n')).toBe(0);
    }
  });

  test.skipIf(process.getuid?.() !== 0)('makes the users (skipped: not root)', () => {
    execFileSync('systemd-sysusers', [`--root=${root}`, join(system, 'sysusers.d/madoguchi.conf')], { stdio: 'pipe' });
    const groups = readFileSync(join(root, 'etc/group'), 'utf8');
    for (const group of ['madoguchi', 'madoguchi-reader', 'madoguchi-core', 'madoguchi-screen', 'madoguchi-staff']) {
      expect(groups).toMatch(new RegExp(`^${group}:`, 'm'));
    }
    const users = readFileSync(join(root, 'etc/passwd'), 'utf8').trim().split('\n');
    expect(users.map((line) => line.split(':')[6])).toEqual(Array.from({ length: 3 }, () => '/usr/sbin/nologin'));
  });
});
