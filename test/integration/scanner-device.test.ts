import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { STOOD_STILL } from '../../main/contract/stood-still.ts';
import { startCore } from '../../main/hosts/launch/core-process.ts';
import { dialLocal } from '../../main/transport/local-socket.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { bareCore } from '../support/bare-core.ts';
import { drivePage } from '../support/page-driver.ts';
import { hearLog } from '../support/real-core.ts';
import { recordedScan } from '../support/recorded-scan.ts';

test('a scanner that the settings name reaches the screen that is up through the core alone, in its own layout', async () => {
  const bare = await bareCore();
  Object.assign(process.env, bare.env);
  // A pipe in place of the device: this machine has no /dev/uinput.
  const device = join(bare.folder, 'usb-scanner-event-kbd');
  execFileSync('mkfifo', [device]);
  const named = ['layout=us', 'prefix=', 'suffix=', `device=${device}`].flatMap((pair) => ['--set', `scanner.${pair}`]);
  const core = startCore({
    node: process.execPath,
    timers: systemTimers,
    entry: bare.entry,
    args: [...bare.args, ...named],
    log: hearLog(() => {}).log,
    onLine: () => {},
    stoodStill: join(bare.folder, 'data', STOOD_STILL),
  });
  onTestFinished(async () => {
    await core.stop();
    bare.remove();
  });
  await core.ready;
  const port = await dialLocal(bare.socket);
  if (port === null) throw new Error('no core');
  const page = drivePage(port);
  const before = await page.until(() => true);
  const cable = await open(device, 'w');
  await cable.write(recordedScan({ text: 'MADO1R:1234567897' }));
  const told = await page.until(({ scanNote }) => scanNote === 'not-needed');
  expect({ ...told, scanNote: undefined }).toMatchObject({ step: before.step, screen: before.screen });
  await cable.close();
  page.close();
});
