import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/** Ways out of the page, tried from inside it. Afterwards: the same page, one window, nothing asked of the system, no byte on the network. */
let host: RunningHost;
let site: string;
let visits: string[];
const server = createServer((request, response) => {
  visits.push(request.url ?? '');
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.end('<title>elsewhere</title>');
});

test.beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  host = await startHost();
});
test.afterAll(async () => {
  await host.stop();
  await new Promise((done) => server.close(done));
});
test.beforeEach(async () => {
  visits = [];
  await host.app.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    for (const name of ['did-navigate', 'did-create-window', 'devtools-opened', 'did-attach-webview'] as const) {
      globalThis.seenContents().removeAllListeners(name);
      globalThis.seenContents().on(name as 'did-navigate', () => void seen.push(name));
    }
  });
  await expect.poll(() => inPage('document.querySelector("main")?.textContent')).toBe('attract');
});
test.afterEach(async () => {
  const after = await host.app.evaluate(({ BaseWindow }) => ({
    windows: BaseWindow.getAllWindows().length,
    url: globalThis.seenContents().getURL(),
    seen: (globalThis as unknown as { seen: string[] }).seen,
  }));
  expect(after).toEqual({ windows: 1, url: 'madoguchi://kiosk/', seen: [] });
  expect(visits).toEqual([]);
});

/**
 * Runs code in the page with the user activation that most attempts need. Not through Playwright's page: it waits for navigations, and a
 * refused one never ends.
 */
const inPage = <T>(code: string): Promise<T> =>
  host.app.evaluate((_electron, source) => globalThis.seenContents().executeJavaScript(source, true), code);

async function attempts(sources: readonly string[]): Promise<string[]> {
  const went: string[] = [];
  for (const source of sources) {
    went.push(
      await inPage<string>(
        `(async () => { ${source} })().then((value) => value === undefined ? 'nothing' : 'gave ' + value, ` +
          `(error) => error instanceof Error ? 'threw ' + error.name : 'threw')`,
      ),
    );
    await inPage(
      'for (const added of document.querySelectorAll("iframe, a, form, input, embed, object, webview")) added.remove()',
    );
  }
  return went;
}

const link = (attributes: string) =>
  `const a = document.createElement('a'); Object.assign(a, ${attributes}); document.body.append(a); a.click();`;

test('navigation', async () => {
  await attempts([
    `location.href = '${site}/';`,
    `location.assign('${site}/assign');`,
    `location.replace('https://example.com/');`,
    `location.href = 'file:///etc/passwd';`,
    `location.href = 'madoguchi://other/';`,
    `location.href = 'madoguchi://kiosk/page.js';`,
    `location.href = 'data:text/html,x';`,
    `location.href = 'view-source:madoguchi://kiosk/';`,
    `location.href = 'chrome://gpu';`,
    `location.href = 'mailto:a@example.com';`,
    link(`{ href: '${site}/link' }`),
    link(`{ href: '${site}/blank', target: '_blank' }`),
    link(`{ href: '${site}/ping', ping: '${site}/pinged', download: 'x' }`),
    `const f = document.createElement('form'); f.action = '${site}/form'; f.method = 'post'; document.body.append(f); f.submit();`,
    `const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=${site}/meta'; document.head.append(m);`,
    `history.pushState(null, '', '/'); history.back(); history.forward();`,
    `navigator.sendBeacon('${site}/beacon', 'x');`,
    `new Image().src = '${site}/image';`,
    `const l = document.createElement('link'); l.rel = 'prefetch'; l.href = '${site}/prefetch'; document.head.append(l);`,
  ]);
  expect(host.log()).toContain('"event":"host.refused","reason":"navigation"');
});

test('new windows, frames, webviews', async () => {
  const went = await attempts([
    `return window.open('${site}/open');`,
    `return window.open('about:blank');`,
    `return Window.prototype.open ? 'there' : window.open('madoguchi://kiosk/', 'x', 'popup');`,
    `const f = document.createElement('iframe'); f.src = '${site}/frame'; document.body.append(f); await new Promise((d) => setTimeout(d)); ` +
      `return f.contentDocument === null ? undefined : f.contentDocument.title;`,
    `const f = document.createElement('iframe'); document.body.append(f); return f.contentWindow.open('${site}/inner');`,
    `const f = document.createElement('iframe'); document.body.append(f); return typeof f.contentWindow.madoguchi;`,
    `const w = document.createElement('webview'); w.src = '${site}/webview'; document.body.append(w); return typeof w.getURL;`,
    `const e = document.createElement('embed'); e.src = '${site}/embed'; document.body.append(e);`,
    `const o = document.createElement('object'); o.data = '${site}/object'; document.body.append(o);`,
  ]);
  expect(went).toEqual(went.map(() => 'threw NotAllowedError'));
});

test('dialogs, print, pickers, close', async () => {
  let choosers = 0;
  let dialogs = 0;
  host.page.on('filechooser', () => {
    choosers += 1;
  });
  host.page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const input = (type: string, act: string) =>
    `const i = document.createElement('input'); i.type = '${type}'; document.body.append(i); ${act}`;
  const went = await attempts([
    'return alert("x");',
    'return confirm("x");',
    'return prompt("x");',
    'return print();',
    'return close();',
    'return showOpenFilePicker();',
    'return showSaveFilePicker();',
    'return showDirectoryPicker();',
    input('file', 'return i.click();'),
    input('file', 'return i.showPicker();'),
    input('color', 'return i.click();'),
    input('date', 'return i.showPicker();'),
    input('file', 'return i.dispatchEvent(new MouseEvent("click", { bubbles: true }));'),
    'const f = document.createElement("iframe"); document.body.append(f); f.contentWindow.alert("x"); f.contentWindow.print();',
    'const f = document.createElement("iframe"); document.body.append(f); return f.contentWindow.confirm("x");',
    'document.execCommand("print");',
  ]);
  expect(went).toEqual(went.map(() => 'threw NotAllowedError'));
  // A finger on the element itself, and on its label.
  await host.page.evaluate(() => {
    const make = (type: string) => Object.assign(document.createElement('input'), { id: type, type });
    const label = Object.assign(document.createElement('label'), { id: 'label' });
    label.append('label', make('file'));
    document.body.append(label, make('color'));
  });
  for (const target of ['#file', '#label', '#color']) await host.page.click(target);
  await host.page.focus('#file');
  for (const key of ['Enter', 'Space']) await host.page.keyboard.press(key);
  await host.page.evaluate(() => {
    for (const added of document.querySelectorAll('#label, #color')) added.remove();
  });
  expect([choosers, dialogs]).toEqual([0, 0]);
});

test('downloads', async () => {
  await host.app.evaluate(() => {
    const items: unknown[] = [];
    Object.assign(globalThis, { items });
    globalThis.seenContents().session.on('will-download', (event) => {
      if (!event.defaultPrevented) items.push(1);
    });
  });
  await attempts([
    link(`{ href: 'madoguchi://kiosk/page.js', download: 'page.js' }`),
    link(`{ href: URL.createObjectURL(new Blob(['x'])), download: 'x.txt' }`),
    link(`{ href: 'data:text/plain,x', download: 'x.txt' }`),
    link(`{ href: '${site}/file', download: 'x.bin' }`),
  ]);
  // From outside the page, past its sandbox: the session refuses too.
  await host.app.evaluate(() => {
    const contents = globalThis.seenContents();
    return new Promise<void>((done) => {
      contents.session.once('will-download', () => done());
      contents.downloadURL('madoguchi://kiosk/page.js');
    });
  });
  expect(await host.app.evaluate(() => (globalThis as unknown as { items: unknown[] }).items)).toEqual([]);
  expect(host.log()).toContain('"event":"host.refused","reason":"download"');
});

test('permissions and devices', async () => {
  const went = await attempts([
    // Our own page has a camera only on a screen that is made of one (camera.spec.ts): not on this one.
    'return navigator.mediaDevices.getUserMedia({ video: true }).then(() => "granted");',
    'return navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(() => "granted");',
    'return navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "granted");',
    'return navigator.mediaDevices.getDisplayMedia().then(() => "granted");',
    'return new Promise((yes, no) => navigator.geolocation.getCurrentPosition(() => yes("granted"), no));',
    'const is = await Notification.requestPermission(); if (is !== "denied") return "granted"; throw new Error();',
    'return navigator.clipboard.readText().then(() => "granted");',
    'return navigator.requestMIDIAccess().then(() => "granted");',
    'return navigator.usb.requestDevice({ filters: [] }).then(() => "granted");',
    'const list = await navigator.hid.requestDevice({ filters: [] }); if (list.length > 0) return "granted"; throw new Error();',
    'return navigator.serial.requestPort().then(() => "granted");',
    'return navigator.bluetooth.requestDevice({ acceptAllDevices: true }).then(() => "granted");',
    'return document.body.requestPointerLock().then(() => "granted");',
    'return new IdleDetector().start().then(() => "granted");',
    'return navigator.wakeLock.request("screen").then(() => "granted");',
    'return queryLocalFonts().then((fonts) => { if (fonts.length > 0) return "granted"; throw new Error(); });',
  ]);
  expect(went.map((outcome) => outcome.split(' ')[0])).toEqual(went.map(() => 'threw'));
  const states = await host.page.evaluate(async () => {
    const found: string[] = [];
    for (const name of ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'idle-detection']) {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      if (state !== 'denied') found.push(`${name}: ${state}`);
    }
    return found;
  });
  expect(states).toEqual([]);
});

test('keys: what would act on the application never arrives; what a person types does', async () => {
  const { page, app } = host;
  await page.evaluate(() => {
    const keys: string[] = [];
    Object.assign(globalThis, { keys });
    // Of a key that went down nobody on the page hears before it is certain that no scanner sent it.
    window.addEventListener('keyup', (event) => keys.push(event.key));
  });
  const type = (keyCode: string, modifiers: string[] = []) =>
    app.evaluate(
      (_electron, input) => {
        const contents = globalThis.seenContents();
        const modifiers = input.modifiers as ('control' | 'alt' | 'meta' | 'shift')[];
        for (const kind of ['keyDown', 'keyUp'] as const)
          contents.sendInputEvent({ type: kind, keyCode: input.keyCode, modifiers });
      },
      { keyCode, modifiers },
    );
  for (const key of ['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'ContextMenu', 'PrintScreen', 'VolumeUp', 'BrowserBack'])
    await type(key);
  for (const key of [
    'R',
    'P',
    'S',
    'O',
    'N',
    'T',
    'W',
    'Q',
    'M',
    'F',
    'H',
    'J',
    'U',
    'Plus',
    '-',
    '0',
    'Tab',
    'F4',
    'Backspace',
  ]) {
    await type(key, ['control']);
    await type(key, ['control', 'shift']);
    await type(key, ['alt']);
    await type(key, ['meta']);
  }
  for (const key of ['5', 'a', 'Enter', '*', 'Tab', 'Left']) await type(key);
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { keys: string[] }).keys))
    .toEqual(['5', 'a', 'Enter', '*', 'Tab', 'ArrowLeft']);
  const after = await app.evaluate(({ BaseWindow }) =>
    BaseWindow.getAllWindows().map((window) => [
      window.isKiosk(),
      window.isMinimized(),
      globalThis.seenContents().getZoomLevel(),
      globalThis.seenContents().isDevToolsOpened(),
    ]),
  );
  expect(after).toEqual([[true, false, 0, false]]);
});

test('zoom and developer tools cannot be had', async () => {
  const after = await host.app.evaluate(() => {
    const contents = globalThis.seenContents();
    contents.setZoomLevel(2);
    contents.emit('zoom-changed', {}, 'in');
    contents.openDevTools();
    return [contents.getZoomLevel(), contents.isDevToolsOpened()];
  });
  expect(after).toEqual([0, false]);
});
