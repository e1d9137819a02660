import { existsSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/** Two people, one after the other: what was done to the page in the first visit is not there in the second. */
let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
});
test.afterEach(() => host.stop());

const rendererOf = () => host.app.evaluate(() => globalThis.seenContents().getOSProcessId());

/** Whatever a taken-over page can leave in its process, its origin and its machine. */
async function plant(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { madoguchi } = window;
    Object.assign(window, { planted: 'here', heard: [] as string[] });
    window.name = 'planted';
    history.replaceState({ planted: true }, '');
    madoguchi?.onMessage((text) => (window as unknown as { heard: string[] }).heard.push(text));
    localStorage.setItem('planted', '1');
    sessionStorage.setItem('planted', '1');
    await new Promise<void>((done, fail) => {
      const opening = indexedDB.open('planted', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('x').put('planted', 1);
      opening.onsuccess = () => done();
      opening.onerror = () => fail(opening.error);
    });
    await (await caches.open('planted').catch(() => null))?.put('/planted', new Response('planted')).catch(() => {});
    const root = await navigator.storage.getDirectory();
    await root.getFileHandle('planted', { create: true });
    await navigator.serviceWorker?.register('/page.js').catch(() => {});
    await navigator.locks.query();
  });
}

/** @returns names of what was found again */
const found = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const there: string[] = [];
    const look = (name: string, is: boolean) => {
      if (is) there.push(name);
    };
    look('variable', 'planted' in window);
    look('window.name', window.name === 'planted');
    look('history', (history.state as { planted?: boolean } | null)?.planted === true);
    look('localStorage', localStorage.getItem('planted') !== null);
    look('sessionStorage', sessionStorage.getItem('planted') !== null);
    look('IndexedDB', (await indexedDB.databases()).length > 0);
    look('Cache', (await caches.keys().catch(() => [])).length > 0);
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    look('files', files.length > 0);
    look('service worker', ((await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? []).length > 0);
    look('cookie', document.cookie !== '');
    return there;
  });

async function nextPage(old: Page): Promise<Page> {
  await expect.poll(async () => (await host.seen()) !== old).toBe(true);
  const next = await host.seen();
  await expect(next.locator('main')).toHaveText('attract');
  return next;
}

const isGone = (pid: number) => !existsSync(`/proc/${pid}`);
const press = (page: Page, button: string) =>
  page.evaluate((name) => {
    const step = Number(document.body.dataset['step']);
    window.madoguchi?.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: name } }));
  }, button);

test('another process, an empty storage, an empty clipboard; also when a storage is used again', async () => {
  let page = host.page;
  const pids = new Set<number>();
  const partitions: unknown[] = [];
  // Storages take turns, so three visits are the first that come upon a used one.
  for (let visit = 1; visit <= 5; visit += 1) {
    expect(await found(page), `visit ${visit}`).toEqual([]);
    const pid = await rendererOf();
    pids.add(pid);
    partitions.push(await host.app.evaluate(() => globalThis.seenContents().session.getStoragePath()));
    await press(page, 'start');
    await expect(page.locator('main')).toHaveText('menu');
    await plant(page);
    expect(await found(page)).toEqual(expect.arrayContaining(['variable', 'localStorage', 'IndexedDB', 'files', 'window.name']));
    await host.app.evaluate(({ clipboard }) => clipboard.writeText('planted'));
    const old = page;
    await press(old, 'home');
    page = await nextPage(old);
    await expect.poll(() => isGone(pid)).toBe(true);
    expect(await host.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');
  }
  expect(pids.size).toBe(5);
  expect(partitions.every((path) => path === null)).toBe(true);
  // Of the renderers: the one that is seen and the one that waits.
  // While a page goes, Playwright may lose the answer: it is asked again.
  await expect
    .poll(() => host.app.evaluate(({ webContents }) => webContents.getAllWebContents().length).catch(() => null))
    .toBe(2);
});

test('a page of the last visit is not heard any more, and the waiting one hears nothing of this visit', async () => {
  const old = host.page;
  await press(old, 'start');
  await expect(old.locator('main')).toHaveText('menu');
  // The page for the next visit is loaded already; no snapshot ever came to it.
  await expect.poll(() => host.app.windows().length).toBe(2);
  const waiting = host.app.windows().find((one) => one !== old);
  if (waiting === undefined) throw new Error('no page waits');
  await waiting.waitForLoadState();
  expect(await waiting.evaluate(() => [document.body.dataset['step'], document.querySelector('main')?.textContent])).toEqual([
    undefined,
    '',
  ]);
  // It presses "start" for ever, as a page that was taken over would to have the next person's screens.
  await old.evaluate(() => {
    setInterval(() => {
      for (let step = 0; step < 20; step += 1)
        window.madoguchi?.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: 'start' } }));
    });
    window.madoguchi?.send('{"type":"intent","intent":{"type":"press","step":2,"button":"home"}}');
  });
  const next = await nextPage(old);
  expect(next).toBe(waiting);
  await next.waitForTimeout(1000);
  await expect(next.locator('main')).toHaveText('attract');
});
