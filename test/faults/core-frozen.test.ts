import { existsSync, mkdtempSync, rmSync, watch as watchFiles, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MAX_STAFF_ANSWER } from '../../main/contract/staff.ts';
import { STOOD_STILL } from '../../main/contract/stood-still.ts';
import { type CoreProcess, type CoreProcessOptions, startCore } from '../../main/hosts/launch/core-process.ts';
import type { SilenceBounds } from '../../main/hosts/launch/silence.ts';
import { dialLocal } from '../../main/transport/local-socket.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { bareCore } from '../support/bare-core.ts';
import { childPid } from '../support/child-pid.ts';
import { drivePage } from '../support/page-driver.ts';
import { hearLog } from '../support/real-core.ts';

/** A core that lives and does not run, as the system sees it: the launcher is the only one who can tell, and it starts it again. */

const TIMEOUT_MS = 60_000;

/** Ends with the test, and then `clean` runs. */
function launch(options: Omit<CoreProcessOptions, 'node' | 'timers'>, clean: () => void): CoreProcess {
  const core = startCore({ node: process.execPath, timers: systemTimers, ...options });
  onTestFinished(async () => {
    await core.stop();
    clean();
  });
  return core;
}

/** The screen that a page gets, when the core answers (again). */
async function screenOf(socket: string): Promise<string> {
  for (;;) {
    const port = await dialLocal(socket, MAX_STAFF_ANSWER);
    if (port !== null) {
      const page = drivePage(port);
      const { screen } = await page.until(() => true);
      page.close();
      return screen.name;
    }
    await sleep(100);
  }
}

test('the real core, stopped (SIGSTOP): killed after ten seconds, and another one serves the page', {
  timeout: TIMEOUT_MS,
}, async () => {
  const bare = await bareCore();
  const heard = hearLog(() => {});
  Object.assign(process.env, bare.env);
  const data = join(bare.folder, 'data');
  const stoodStill = join(data, STOOD_STILL);
  const core = launch({ entry: bare.entry, args: bare.args, log: heard.log, onLine: () => {}, stoodStill }, bare.remove);
  expect(await core.ready).toEqual({ staff: null });
  const frozen = childPid(process.pid, bare.socket);
  if (frozen === null) throw new Error('no core to stop');
  const left = new Promise<void>((resolve) => {
    const watch = watchFiles(data, (_, name) => name === STOOD_STILL && resolve());
    onTestFinished(() => watch.close());
  });
  process.kill(frozen, 'SIGSTOP');
  while (heard.lines.length < 2) await sleep(100);
  expect(heard.lines).toMatchObject([
    { event: 'core.silent', afterMs: 10_000 },
    { event: 'core.exited', code: -1, signal: 'SIGKILL' },
  ]);
  expect(await screenOf(bare.socket)).toBe('out-of-order');
  expect(childPid(process.pid, bare.socket)).not.toBe(frozen);
  // The word for the next core was left, and that one has taken it.
  await left;
  expect(existsSync(stoodStill)).toBe(false);
  expect(heard.lines.length).toBe(2);
});

describe.concurrent('a stand-in core', { timeout: TIMEOUT_MS }, () => {
  const quick: SilenceBounds = { startingMs: 6000, listeningMs: 3000 };
  /** A program that does `first` in its first life, and beats in its second. */
  const standIn = (folder: string, first: string): string => {
    const file = join(folder, 'stand-in.mjs');
    const mark = JSON.stringify(join(folder, 'mark'));
    writeFileSync(
      file,
      `import { existsSync, writeFileSync } from 'node:fs';
      const say = (type) => process.stdout.write(JSON.stringify({ type }) + '\\n');
      const again = existsSync(${mark});
      writeFileSync(${mark}, '');
      if (again) {
        say('listening');
        setInterval(() => say('beat'), 300);
        process.stdin.on('end', () => process.exit(0)).resume();
        say('second life');
      } else { ${first} }`,
    );
    return file;
  };

  test.for([
    [
      'an endless loop after some beats',
      `say('listening'); setInterval(() => say('beat'), 300); setTimeout(() => { for (;;); }, 1000);`,
      3000,
    ],
    [
      'an endless loop of promises, which lets no timer run',
      `say('listening'); const turn = () => Promise.resolve().then(turn); setTimeout(turn, 300);`,
      3000,
    ],
    ['a start that never comes to an end', `say('beat'); for (;;);`, 6000],
    ['much to say on standard output, but no beat', `say('listening'); setInterval(() => say('talk'), 100);`, 3000],
  ] as const)('%s', async ([, first, afterMs]) => {
    const folder = mkdtempSync(join(tmpdir(), 'mado-frozen-'));
    const heard = hearLog(() => {});
    const entry = standIn(folder, first);
    await new Promise<void>((resolve) => {
      const onLine = (line: string) => line.includes('second life') && resolve();
      const stoodStill = join(folder, STOOD_STILL);
      launch({ entry, args: [], log: heard.log, onLine, silence: quick, stoodStill }, () => rmSync(folder, { recursive: true }));
    });
    expect(heard.lines).toMatchObject([
      { event: 'core.silent', afterMs },
      { event: 'core.exited', signal: 'SIGKILL' },
    ]);
    // The one that beats is left alone, for longer than a silent one would be.
    await sleep(quick.listeningMs + 2000);
    expect(heard.lines.length).toBe(2);
  });
});
