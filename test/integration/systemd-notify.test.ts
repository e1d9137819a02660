import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BEAT_MS } from '../../main/hosts/core/heartbeat.ts';
import { type BareCore, bareCore } from '../support/bare-core.ts';
import { type NotifySocket, openNotifySocket } from '../support/notify-socket.ts';

/** The core as systemd starts it (kiosk-config/system): nothing on standard input, and a socket to say how it is. */

/** Of these tests most is waiting for beats; one that waits longer has failed. */
const TIMEOUT_MS = 40_000;
const built = existsSync(resolve(import.meta.dirname, '../../native/systemd-notify/build/Release/systemd_notify.node'));
let bare: BareCore;
let socket: NotifySocket;
let core: ChildProcess;

describe.skipIf(!built)('a core under systemd (skipped: the addon could not be built)', { timeout: TIMEOUT_MS }, () => {
  beforeEach(async () => {
    bare = await bareCore();
    socket = await openNotifySocket(join(bare.folder, 'notify'));
  });
  afterEach(async () => {
    if (core.exitCode === null && core.signalCode === null) {
      core.kill('SIGKILL');
      await once(core, 'exit');
    }
    await socket.close();
    bare.remove();
  });

  const start = (address: string) => {
    core = spawn(process.execPath, [bare.entry, ...bare.args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...bare.env, NOTIFY_SOCKET: address, WATCHDOG_USEC: '10000000', WATCHDOG_PID: '1' },
    });
    const out: string[] = [];
    core.stdout?.on('data', (bytes) => out.push(String(bytes)));
    return out;
  };
  const texts = () => socket.heard.map(({ text }) => text);

  test('says READY once it listens, WATCHDOG while its loop turns and only then, STOPPING when it goes', async () => {
    const out = start(socket.address);
    await socket.until((heard) => heard.filter(({ text }) => text === 'WATCHDOG=1').length >= 2);
    const said = texts().filter((text) => !text.startsWith('EXTEND_TIMEOUT_USEC='));
    expect(said.slice(0, 3)).toEqual(['READY=1\nWATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
    expect(texts()[0]).toMatch(/^EXTEND_TIMEOUT_USEC=/);
    expect(existsSync(bare.socket)).toBe(true);
    // Beats on standard output would only fill the journal.
    expect(out.join('')).not.toContain('beat');

    core.kill('SIGSTOP');
    await sleep(500);
    const before = socket.heard.length;
    await sleep(2 * BEAT_MS);
    expect(socket.heard.length).toBe(before);
    core.kill('SIGCONT');
    await socket.until((heard) => heard.length > before);

    core.kill('SIGTERM');
    await once(core, 'exit');
    await socket.until((heard) => heard.some(({ text }) => text === 'STOPPING=1'));
    // systemd takes these from the main process and from nobody else.
    expect(new Set(socket.heard.map(({ pid }) => pid))).toEqual(new Set([core.pid]));
  });

  test('its children get no word to systemd', async () => {
    start(socket.address);
    await socket.until((heard) => heard.some(({ text }) => text.startsWith('READY=1')));
    let children: string[] = [];
    while (children.length === 0) {
      children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === core.pid);
      await sleep(50);
    }
    for (const child of children) {
      const env = readFileSync(`/proc/${child}/environ`, 'utf8');
      expect(env).toContain('MADOGUCHI_VIRTUAL_READER_PORT=');
      expect(env).not.toMatch(/NOTIFY_SOCKET|WATCHDOG_/);
    }
  });

  test('a socket that is not there is no reason not to serve', async () => {
    const out = start(join(bare.folder, 'nobody'));
    while (!out.join('').includes('"listening"') && core.exitCode === null) await sleep(50);
    await sleep(BEAT_MS + 500);
    expect([core.exitCode, core.signalCode]).toEqual([null, null]);
  });
});

function parentOf(pid: string): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
  } catch {
    return null;
  }
}
