import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, type Page, test } from '@playwright/test';
import { findElectron } from '../../main/hosts/launch/electron-runtime.ts';
import type {} from '../../renderer/connection/bridge.ts';
import { startSandbox } from '../sandbox/start/sandbox.ts';
import { freePort } from '../support/free-port.ts';
import { keepForSearch } from '../support/keep-for-search.ts';
import { testFolder } from '../support/test-folder.ts';
import { root, stopProcess } from './host.ts';
import { pidOf } from './pid-of.ts';
import { watchedRuntime } from './watched-runtime.ts';

/** The launcher with `--host electron`, as in the demo: real core, real page, virtual card, the window that the launcher opens. */
async function press(page: Page, button: string): Promise<void> {
  const step = await page.locator('[data-step]').getAttribute('data-step');
  await page.locator(`[data-button="${button}"]`).click();
  await expect(page.locator('[data-step]')).not.toHaveAttribute('data-step', step ?? '');
}

const sees = (page: Page, screen: string) => expect(page.locator(`[data-screen="${screen}"]`)).toBeVisible();

test('the real core in Electron: attract screen, a card is checked, its removal ends the visit, a killed core comes back', async () => {
  const electron = findElectron(root, process.env);
  if (electron === null) throw new Error('no Electron runtime: run.ts should have said so');
  const runtime = watchedRuntime(electron);
  const readerPort = await freePort();
  const data = testFolder('kiosk', 'electron');
  // The launcher gives the screen's user a home in here.
  const temporary = mkdtempSync(join(tmpdir(), 'mado-electron-'));
  chmodSync(temporary, 0o711);
  const sandbox = await startSandbox({
    data: testFolder('world', 'electron'),
    cardLog: testFolder('cards', 'electron'),
    readerPort,
    driver: 'virtual',
  });
  const kiosk = spawn(
    process.execPath,
    [
      join(root, 'main/hosts/launch/launch.ts'),
      ...['--profile', 'demo', '--host', 'electron', '--data', data, ...sandbox.settings],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ELECTRON_OVERRIDE_DIST_PATH: runtime.folder,
        TMPDIR: temporary,
        MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort),
      },
    },
  );
  try {
    const said: string[] = [];
    createInterface({ input: kiosk.stdout }).on('line', (line) => said.push(line));
    const address = await new Promise<string>((found, lost) => {
      const heard: string[] = [];
      createInterface({ input: kiosk.stderr }).on('line', (line) => {
        heard.push(line);
        const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1];
        if (url !== undefined) found(url);
      });
      kiosk.once('exit', (code) => lost(new Error(`the launcher ended with code ${code}: ${heard.join('\n')}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    /** The page that is seen: the one for the next visit knows no step yet. */
    const seen = async (): Promise<Page> => {
      let found: Page | undefined;
      await expect
        .poll(async () => {
          const pages = browser.contexts().flatMap((context) => context.pages());
          const steps = await Promise.all(
            pages.map((one) => one.evaluate(() => document.querySelector('main')?.dataset['step'] ?? '0').catch(() => '0')),
          );
          found = pages[steps.findIndex((step) => step !== '0')];
          return found?.url();
        })
        .toBe('madoguchi://kiosk/');
      if (found === undefined) throw new Error('no page');
      return found;
    };
    let page = await seen();
    await expect.poll(() => said).toEqual([`Kiosk screen: Electron ${electron.version}`]);

    await sees(page, 'attract');
    await press(page, 'start');
    await press(page, 'check');
    await sees(page, 'insert-card');
    await expect.poll(() => sandbox.cards.lay('fresh')).toBe(true);
    await sees(page, 'check-result');
    const first = page;
    await sandbox.cards.takeOff();
    // The page of a visit goes with it.
    await expect.poll(() => first.isClosed()).toBe(true);
    page = await seen();
    await sees(page, 'goodbye');
    await sees(page, 'attract');

    // The launcher starts another core, on a new socket file; the window finds it.
    await press(page, 'start');
    await sees(page, 'menu');
    const core = pidOf('hosts/core/index.ts', data);
    if (core === null) throw new Error('no core process');
    const second = page;
    process.kill(core, 'SIGKILL');
    await expect.poll(() => second.isClosed()).toBe(true);
    page = await seen();
    await sees(page, 'attract');
    await press(page, 'start');
    await sees(page, 'menu');
    expect(pidOf('hosts/core/index.ts', data)).not.toBe(core);
    await browser.close();
  } finally {
    keepForSearch(temporary, 'electron-home');
    await stopProcess(kiosk);
    await sandbox.close();
    runtime.remove();
    rmSync(temporary, { recursive: true, force: true });
  }
});
