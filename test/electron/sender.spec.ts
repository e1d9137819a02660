import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { MAX_PAGE_FRAME } from '../../main/transport/message-port.ts';
import { type RunningHost, startHost } from './host.ts';

/** Messages on our IPC channel that are not from our page. None may reach the core: the step on the screen stays. */
const press = JSON.stringify({ type: 'intent', intent: { type: 'press', step: 1, button: 'start' } });
let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
});
test.afterEach(() => host.stop());

const refused = (reason: string) => host.log().split(`"event":"host.refused","reason":"${reason}"`).length - 1;

/** The press of the page itself goes through, and it is the first that does: nothing was queued either. */
async function onlyTheRealPressCounts(): Promise<void> {
  await expect(host.page.locator('body')).toHaveAttribute('data-step', '1');
  await host.page.click('#start');
  await expect(host.page.locator('body')).toHaveAttribute('data-step', '2');
}

test('another window, at our address in another session or elsewhere, with full access to IPC', async () => {
  // The sandbox is forced on every window, so a preload is the most that a foreign window could have.
  const folder = mkdtempSync(join(tmpdir(), 'mado-foreign-'));
  chmodSync(folder, 0o755);
  const preload = join(folder, 'preload.cjs');
  const send = `require('electron').ipcRenderer.send('madoguchi', ${JSON.stringify(press)})`;
  writeFileSync(preload, `if (location.href !== 'about:blank') ${send}`, { mode: 0o644 });
  await host.app.evaluate(async ({ BrowserWindow, session }, foreign) => {
    const other = session.fromPartition('other');
    other.protocol.handle('madoguchi', () => new Response('<title>x</title>', { headers: { 'Content-Type': 'text/html' } }));
    for (const address of ['madoguchi://kiosk/', 'madoguchi://other/', 'data:text/html,x']) {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { session: other, preload: foreign, nodeIntegration: true, contextIsolation: false },
      });
      await window.loadURL(address);
    }
  }, preload);
  await expect.poll(() => refused('sender')).toBe(3);
  rmSync(folder, { recursive: true });
  await onlyTheRealPressCounts();
});

test('events with a sub-frame, another origin, or no frame at all', async () => {
  await host.app.evaluate(({ ipcMain }, text) => {
    const sender = globalThis.seenContents();
    const good = { url: 'madoguchi://kiosk/', origin: 'madoguchi://kiosk', parent: null };
    const frames = [
      null,
      { ...good, parent: good },
      { ...good, url: 'https://example.com/' },
      { ...good, url: 'madoguchi://kiosk/page.js' },
      { ...good, origin: 'null' },
      { ...good, url: 'madoguchi://kiosk.example/' },
    ];
    for (const senderFrame of frames) ipcMain.emit('madoguchi', { sender, senderFrame }, text);
    ipcMain.emit('madoguchi', { sender: { id: 999 }, senderFrame: good }, text);
  }, press);
  await expect.poll(() => refused('sender')).toBe(7);
  await onlyTheRealPressCounts();
});

test('the page itself: no text, several arguments, too long, malformed, unknown, too many', async () => {
  await host.app.evaluate(
    ({ ipcMain }, { text, most }) => {
      const sender = globalThis.seenContents();
      const event = { sender, senderFrame: sender.mainFrame };
      for (const wrong of [[], [null], [{ type: 'intent' }], [text, text], [7], ['x'.repeat(most + 1)]])
        ipcMain.emit('madoguchi', event, ...wrong);
    },
    { text: press, most: MAX_PAGE_FRAME },
  );
  await expect.poll(() => refused('shape')).toBe(6);
  const answers = await host.page.evaluate(async () => {
    const got: string[] = [];
    const enough = new Promise<void>((done) => {
      window.madoguchi?.onMessage((text) => {
        const message = JSON.parse(text) as { type: string; code?: string };
        if (message.type === 'refused') got.push(message.code ?? '');
        if (got.includes('too-many')) done();
      });
    });
    window.madoguchi?.send('x');
    window.madoguchi?.send('{"type":"intent","intent":{"type":"press","step":1,"button":"start","more":1}}');
    window.madoguchi?.send('{"type":"intent","intent":{"type":"install"}}');
    window.madoguchi?.send('x'.repeat(5000));
    for (let i = 0; i < 500; i += 1) window.madoguchi?.send('{"type":"intent","intent":{"type":"active"}}');
    await enough;
    return got;
  });
  expect(answers.slice(0, 4)).toEqual(['malformed', 'malformed', 'malformed', 'too-large']);
  await expect(async () => {
    await host.page.click('#start');
    await expect(host.page.locator('body')).toHaveAttribute('data-step', '2', { timeout: 1000 });
  }).toPass();
});
