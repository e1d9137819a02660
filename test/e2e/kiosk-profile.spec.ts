import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, expect, type Page, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { startNodeHost } from '../../main/hosts/node/node-host.ts';
import { listenLocal } from '../../main/transport/local-socket.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { createStandInKiosk } from '../electron/stand-in-kiosk.ts';
import { contentOf, filesWith } from './files-with.ts';

const NOTES = /^(History|Sessions)$/;
const tokenOf = (address: string) => new URL(address).hash.slice('#token='.length);

/**
 * A browser that keeps a profile on its disk, opened in each way that an address with a token reaches it. It keeps what it visited; nothing that
 * is found in its files may open anything.
 */
test('nothing in the files of the kiosk’s browser opens the kiosk', async ({ launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mado-kiosk-profile-'));
  const socket = join(folder, 'core.sock');
  const core = await listenLocal(socket, (port) => servePage(port, createStandInKiosk(), () => {}));
  if (!core.ok) throw new Error(core.error);
  const host = await startNodeHost({ page: resolve('dist/renderer'), socket, port: 0, log: () => {} });
  if (!host.ok) throw new Error(host.error);
  // As main/hosts/launch/open-chromium.ts hands it over.
  const start = join(folder, 'start.html');
  writeFileSync(start, `<!doctype html><meta http-equiv="refresh" content="0;url=${host.value.url}">`);
  const profile = join(folder, 'profile');
  const { executablePath, args = [] } = launchOptions;
  const browser = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    // The headless shell keeps no Sessions.
    args: [...args, '--headless=new'],
  });
  const shows = (page: Page) => expect(page.locator('[data-screen="attract"]')).toBeVisible();
  const given = [host.value.newUrl(), host.value.newUrl()];
  for (const address of [`file://${start}`, ...given]) {
    const page = await browser.newPage();
    await page.goto(address);
    await shows(page);
    expect(page.url()).toBe(`${host.value.origin}/`);
    await page.reload();
    await shows(page);
  }
  // The same address again, in the tab that spent it.
  const page = browser.pages().at(-1) ?? (await browser.newPage());
  await page.goto(given[1] ?? '');
  await shows(page);
  const cookie = (await browser.cookies()).find(({ httpOnly }) => httpOnly)?.value ?? '';
  expect(cookie).toMatch(/^[\w-]{43}$/);
  const inPages = await page.evaluate(() => `${document.cookie} ${JSON.stringify([localStorage, sessionStorage])}`);

  // What it noted of the visited addresses comes seconds later. Then, and after its end:
  const noted = () => filesWith(profile, host.value.origin).map((path) => path.split('/').find((part) => NOTES.test(part)));
  await expect.poll(noted, { timeout: 30_000 }).toEqual(expect.arrayContaining(['History', 'Sessions']));
  const found = secretsIn(profile);
  await browser.close();
  for (const secret of secretsIn(profile)) found.add(secret);
  expect(found).not.toContain(cookie);
  expect(inPages).not.toContain(cookie);
  // The addresses are there: so this looks in the right place.
  for (const address of given) expect(found).toContain(tokenOf(address));
  for (const secret of found) {
    const entered = await fetch(`${host.value.origin}/enter`, {
      method: 'POST',
      headers: { Origin: host.value.origin },
      body: secret,
    });
    expect([secret, entered.status]).toEqual([secret, 403]);
    for (const way of ['token', 'half'])
      expect([secret, await connects(host.value.origin, `${way}.${secret}`)]).toEqual([secret, false]);
  }
  await host.value.close();
  await core.value.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything of the form of a token, a cookie or a half. */
function secretsIn(folder: string): Set<string> {
  const found = new Set<string>();
  for (const path of filesWith(folder)) {
    const text = contentOf(path).toString('latin1');
    // Without its zeros, UTF-16 reads like the other.
    for (const one of [text, text.replaceAll('\0', '')])
      for (const [secret] of one.matchAll(/(?<![\w-])[\w-]{43}(?![\w-])/g)) found.add(secret);
  }
  return found;
}

function connects(origin: string, way: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/port`, ['madoguchi.1', way], { origin });
    socket.on('open', () => {
      done(true);
      socket.close();
    });
    socket.on('error', () => done(false));
  });
}
