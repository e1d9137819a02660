import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NotifySocket, openNotifySocket } from '../../test/support/notify-socket.ts';
import { openNotify } from './index.ts';

const built = existsSync(join(import.meta.dirname, 'build/Release/systemd_notify.node'));

it('without the addon there is nothing to send with, and that is no error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mado-notify-'));
  copyFileSync(join(import.meta.dirname, 'index.ts'), join(folder, 'index.ts'));
  const alone: typeof import('./index.ts') = await import(join(folder, 'index.ts'));
  rmSync(folder, { recursive: true });
  expect(alone.openNotify('/run/systemd/notify')).toBeNull();
});

// Where the addon cannot be built the run says so when it sets up.
describe.skipIf(!built)('the addon', () => {
  let folder: string;
  let socket: NotifySocket | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mado-notify-'));
  });
  afterEach(async () => {
    await socket?.close();
    socket = null;
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a path', () => join(folder, 'notify')],
    ['an abstract address', () => `@madoguchi-test-${process.pid}`],
  ])('%s: what is sent arrives whole, with the sender as its process', async (_, at) => {
    socket = await openNotifySocket(at());
    const notify = openNotify(socket.address);
    expect(notify?.('READY=1\nWATCHDOG=1')).toBe(true);
    await socket.until((heard) => heard.length === 1);
    expect(socket.heard).toEqual([{ pid: process.pid, text: 'READY=1\nWATCHDOG=1' }]);
  });

  it('nobody listens, or the address is none: false, and nothing is thrown', () => {
    for (const address of [join(folder, 'nobody'), folder, '@nobody-at-all', 'x'.repeat(500), '']) {
      expect(openNotify(address)?.('READY=1')).toBe(false);
    }
    expect(openNotify(join(folder, 'nobody'))?.('A'.repeat(256))).toBe(false);
  });

  it('a socket that nobody empties is full one day: false, without waiting', async () => {
    socket = await openNotifySocket(join(folder, 'notify'));
    socket.pause();
    const notify = openNotify(socket.address);
    let sent = 0;
    while (notify?.('WATCHDOG=1') === true && sent < 100_000) sent += 1;
    expect(sent).toBeLessThan(100_000);
    socket.resume();
    await socket.until((heard) => heard.length >= sent);
    expect(notify?.('WATCHDOG=1')).toBe(true);
  });
});
