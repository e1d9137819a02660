import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { websocketPort } from '../../main/transport/websocket.ts';
import { Summary } from '../sandbox/platform/views.ts';
import { type Sandbox, startSandbox } from '../sandbox/start/sandbox.ts';
import type { CardStateName } from '../sandbox/virtual-card/card.ts';
import { childPid } from '../support/child-pid.ts';
import { noteIssued } from '../support/issued-ids.ts';
import { logTo } from '../support/log-to.ts';
import { drivePage, type PageDriver, walkToCard } from '../support/page-driver.ts';
import { PROMISE } from '../support/promises.ts';
import { testFolder } from '../support/test-folder.ts';

/**
 * The kiosk as it is run: launcher, core process, card host process, platform process, page over WebSocket. The core is killed from
 * outside at a random moment after the PIN's ok, the launcher starts it again, the same page goes on.
 */
const root = resolve(import.meta.dirname, '../..');
const world = testFolder('world', 'core-process');
let sandbox: Sandbox;
let launcher: ReturnType<typeof spawn>;
let page: PageDriver;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

beforeAll(async () => {
  const readerPort = await freePort();
  sandbox = await startSandbox({ data: world, cardLog: testFolder('cards', 'core-process'), readerPort, driver: 'virtual' });
  const built = join(world, 'page');
  mkdirSync(built);
  writeFileSync(join(built, 'index.html'), '<!doctype html>');
  const settings = [
    'sync.pollSeconds=1',
    'sync.backOffCapSeconds=1',
    'outbox.minFreeBytes=0',
    'platform.waitForAnswerSeconds=20',
  ];
  launcher = spawn(
    process.execPath,
    [
      join(root, 'main/hosts/launch/launch.ts'),
      ...['--profile', 'demo', '--print-token', '--data', testFolder('kiosk', 'core-process'), ...sandbox.settings],
      ...settings.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'pipe', logTo('core-process-log')],
      env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort), MADOGUCHI_PAGE: built },
    },
  );
  const url = await new Promise<URL>((found, lost) => {
    if (launcher.stdout === null) throw new Error('no output to read');
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      const match = /^Kiosk page: (\S+)$/.exec(line);
      if (match?.[1] !== undefined) found(new URL(match[1]));
    });
    launcher.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  const token = url.hash.slice('#token='.length);
  const socket = new WebSocket(`ws://${url.host}/port`, ['madoguchi.1', `token.${token}`], { origin: url.origin });
  await once(socket, 'open');
  page = drivePage(websocketPort(socket));
});
afterAll(async () => {
  launcher.kill('SIGTERM');
  if (launcher.exitCode === null) await once(launcher, 'exit');
  await sandbox.close();
});

const killCore = () => {
  const pid = childPid(launcher.pid ?? -1, 'hosts/core/index');
  if (pid === null) throw new Error('no core to kill');
  process.kill(pid, 'SIGKILL');
};
const ask = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> =>
  schema.parse(await (await fetch(`${sandbox.platform.url}/sandbox/${path}`)).json());
const Rows = z.array(z.looseObject({ receipt: z.string(), outcome: z.string() }));

/** One whole set-up, from attract to the PIN's ok. */
async function visit(name: CardStateName): Promise<void> {
  await walkToCard(page);
  if (!(await sandbox.cards.lay(name))) throw new Error('no reader listens');
  const { screen } = await page.see('read-back', 'expiring-notice');
  if (screen.name === 'expiring-notice') await page.go('next', 'read-back');
  const next = await page.go('confirm', 'pin', 'pin-last-try');
  if (next.screen.name === 'pin-last-try') await page.go('try-again', 'pin');
  page.enterPin(sandbox.cards.pinOf(name));
}

const people = ['fresh', 'fresh-2', 'wrong-pin-once', 'expiring-soon'] as const;
const moments = people.map((name, index) => [name, Math.round(Math.random() * 120 * (index + 1))] as const);

test.each(moments)('%s: killed %i ms after the PIN; the next visit ends with the one ID', async (name, after) => {
  const from = page.seen.length;
  const before = await ask('summary', Summary);
  await visit(name);
  // Not waited for anything: the random moment itself.
  await new Promise((resolve) => setTimeout(resolve, after));
  killCore();
  // What was personal goes at once; then the core is back.
  await page.until(({ screen, session }) => !session && screen.name === 'out-of-order');
  await sandbox.cards.takeOff();
  const shown = page.seen.slice(from).map(({ screen }) => screen);
  const promised = new Set(
    shown.flatMap((screen) =>
      ['delivering', 'received', 'accepted', 'issued'].includes(screen.name) && 'receipt' in screen ? [screen.receipt] : [],
    ),
  );

  await visit(name);
  const { screen } = await page.see('issued');
  if (screen.name !== 'issued') throw new Error(screen.name);
  noteIssued([screen.myKeyId]);
  for (const earlier of shown) if (earlier.name === 'issued') expect(earlier.myKeyId, PROMISE).toBe(screen.myKeyId);
  const rows = await ask('submissions', Rows);
  for (const receipt of promised) {
    expect(
      rows.filter((row) => row.receipt === receipt).map(({ outcome }) => outcome),
      PROMISE,
    ).toEqual(['accepted']);
  }
  const summary = await ask('summary', Summary);
  expect(summary.people, PROMISE).toBe(before.people + 1);
  expect(summary.conflicts, PROMISE).toBe(0);
  for (const times of Object.values(summary.perId)) expect(times['accepted'], PROMISE).toBe(1);
  expect(screen.alreadySet).toBe(rows.length > before.accepted + 1);
  await sandbox.cards.takeOff();
  await page.see('goodbye', 'attract');
});
