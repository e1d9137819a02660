import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/**
 * A page that was taken over: any script, with a person's real touch to go with it. Nothing opens on the glass, no frame comes to be, and
 * nothing leaves. Each wall is tried alone as well: a world of its own beside the page's has every native function that the guard took.
 */
let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
});
test.afterEach(() => host.stop());

/** A finger: a click by the X server, which nobody can tell from a person's. */
const tap = () => spawnSync('/usr/bin/xdotool', ['mousemove', '540', '960', 'click', '1']);

/** Windows of the display, of anybody. A dialog is one more. */
function windows(): string[] {
  const found = spawnSync('/usr/bin/xdotool', ['search', '--onlyvisible', '--name', '.'], { encoding: 'utf8' });
  return found.stdout
    .trim()
    .split('\n')
    .map((id) => spawnSync('/usr/bin/xdotool', ['getwindowname', id], { encoding: 'utf8' }).stdout.trim())
    .sort();
}

/** Runs code in the page when a finger touches, with what a touch allows. @returns what it gave, threw, or that its page was replaced */
async function onTap(code: string): Promise<string> {
  const page = await host.seen();
  const made = await page.evaluate((source) => {
    const place = globalThis as unknown as { outcome?: string; attack?: () => Promise<unknown> };
    delete place.outcome;
    const run = async () => {
      try {
        place.outcome = `gave ${String(await place.attack?.())}`;
      } catch (error) {
        place.outcome = `threw ${error instanceof Error || error instanceof DOMException ? error.name : ''}`;
      }
    };
    document.body.style.cssText = 'position:fixed;inset:0;margin:0';
    window.addEventListener('pointerup', () => void run(), { once: true, capture: true });
    return source;
  }, code);
  // Through the debugger's door: the policy forbids code from text, and a taken-over page brings its own files.
  await page.evaluate(`globalThis.attack = async () => { ${made} }`);
  tap();
  await page.waitForTimeout(400).catch(() => {});
  return page.evaluate(() => (globalThis as unknown as { outcome?: string }).outcome ?? 'nothing').catch(() => 'replaced');
}

async function nothingCameOfIt(before: readonly string[], attack: string): Promise<void> {
  expect(windows(), attack).toEqual(before);
  const seen = await host.seen();
  expect(await seen.evaluate(() => window.length), attack).toBe(0);
  expect(
    await host.app.evaluate(({ BaseWindow }) => [
      BaseWindow.getAllWindows().length,
      globalThis.seenContents().mainFrame.frames.length,
    ]),
    attack,
  ).toEqual([1, 0]);
}

const inFrame = (use: string) =>
  `const f = document.createElement('iframe'); document.documentElement.append(f); const w = f.contentWindow; ${use}`;
const FRAMES = [
  inFrame('return w.location.href;'),
  `const i = document.createElement('input'); i.type = 'file'; ${inFrame('w.HTMLElement.prototype.click.call(i);')}`,
  inFrame(`const i = w.document.createElement('input'); i.type = 'file'; w.document.body.append(i); i.click();`),
  inFrame('return w.showOpenFilePicker();'),
  inFrame('return w.showSaveFilePicker();'),
  inFrame('return w.showDirectoryPicker();'),
  inFrame('return new w.EyeDropper().open();'),
  inFrame('return new w.RTCPeerConnection();'),
  `document.body.innerHTML += '<iframe></iframe>'; return window[0];`,
  `document.body.insertAdjacentHTML('beforeend', '<iframe></iframe>'); return window[0];`,
  `const t = document.createElement('template'); t.innerHTML = '<iframe></iframe>'; document.body.append(t.content); return window[0];`,
  `document.body.append(document.createRange().createContextualFragment('<iframe></iframe>')); return window[0];`,
  `document.body.append(document.adoptNode(new DOMParser().parseFromString('<iframe></iframe>', 'text/html').body)); return window[0];`,
  `document.body.setHTMLUnsafe('<iframe></iframe>'); return window[0];`,
  `document.body.append(Document.parseHTMLUnsafe('<iframe></iframe>').body); return window[0];`,
  `document.write('<iframe></iframe>'); return window[0];`,
  `document.body.contentEditable = 'true'; document.body.focus(); document.execCommand('insertHTML', false, '<iframe></iframe>'); return window[0];`,
  `let n = 0; document.body.append(document.createElement({ toString: () => (n++ ? 'iframe' : 'p') })); return window[0];`,
  `document.body.append(document.createElement('IFRAME')); return window[0];`,
  `document.body.append(document.createElementNS('http://www.w3.org/1999/xhtml', 'x:iframe')); return window[0];`,
  `document.body.append(document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'iframe').documentElement); return window[0];`,
  `document.body.append(document.implementation.createHTMLDocument('').createElement('iframe')); return window[0];`,
  `document.body.append(new Document().createElementNS('http://www.w3.org/1999/xhtml', 'iframe')); return window[0];`,
  `class F extends HTMLIFrameElement {} customElements.define('f-f', F, { extends: 'iframe' }); document.body.append(new F()); return window[0];`,
  `const x = new XSLTProcessor(); return x;`,
  `const r = new XMLHttpRequest(); r.open('GET', '/'); r.responseType = 'document'; return r;`,
  `const o = document.createElement('object'); o.data = '/'; document.body.append(o); return window[0];`,
  `const e = document.createElement('embed'); e.src = '/'; document.body.append(e); return window[0];`,
  `String.prototype.toLowerCase = () => 'p'; Set.prototype.has = () => false; document.body.append(document.createElement('IFRAME')); return window[0];`,
];
const input = (type: string) => `const i = document.createElement('input'); i.type = '${type}';`;
const SURFACES = [
  `return showOpenFilePicker();`,
  `return showSaveFilePicker();`,
  `return showDirectoryPicker();`,
  `${input('file')} i.click();`,
  `${input('file')} i.dispatchEvent(new MouseEvent('click', { bubbles: true }));`,
  `${input('file')} const l = document.createElement('label'); l.append(i); l.click();`,
  `${input('file')} const l = document.createElement('label'); const s = document.createElement('span'); l.append(s, i); s.click();`,
  `${input('file')} const l = document.createElement('label'); const s = document.createElement('span'); l.append(s, i); s.dispatchEvent(new MouseEvent('click', { bubbles: true }));`,
  `${input('text')} document.body.append(i); i.id = 'late'; const a = document.createAttribute('type'); a.value = 'file'; i.setAttributeNode(a); i.click();`,
  ...['color', 'date', 'time', 'month', 'week', 'datetime-local'].flatMap((type) => [
    `${input(type)} document.body.append(i); i.showPicker();`,
    `${input(type)} document.body.append(i); i.click();`,
  ]),
  `const s = document.createElement('div').attachShadow({ mode: 'closed' }); return s;`,
  `return new EyeDropper().open();`,
  `return new PaymentRequest([{ supportedMethods: 'https://example.com' }], { total: { label: 'x', amount: { currency: 'JPY', value: '1' } } }).show();`,
  `return navigator.contacts.select(['name']);`,
  `return navigator.credentials.get({ password: true });`,
  `return navigator.share({ text: 'x' });`,
  `return documentPictureInPicture.requestWindow();`,
  `return document.createElement('video').requestPictureInPicture();`,
  `return new RTCPeerConnection();`,
  `return new webkitRTCPeerConnection();`,
  `document.body.append('secret'); getSelection().selectAllChildren(document.body); if (!document.execCommand('copy')) throw new Error();`,
  `return navigator.clipboard.writeText('secret');`,
];

test('no frame comes to be, whatever makes it', async () => {
  const before = windows();
  expect(before).toContain('Madoguchi');
  for (const attack of FRAMES) {
    const outcome = await onTap(attack);
    expect(outcome, attack).toMatch(/^(threw|replaced|gave undefined)/);
    await nothingCameOfIt(before, attack);
    await (await host.seen()).reload();
  }
});

test('nothing opens on the glass', async () => {
  const before = windows();
  for (const attack of SURFACES) {
    const outcome = await onTap(attack);
    expect(outcome, attack).toMatch(/^(threw|replaced)/);
    await nothingCameOfIt(before, attack);
    await (await host.seen()).reload();
  }
  expect(await host.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');
});

test('a finger on an input that opens a dialog, and on its label', async () => {
  const before = windows();
  for (const type of ['file', 'color', 'date', 'time']) {
    for (const labelled of [false, true]) {
      const page = await host.seen();
      await page.evaluate(
        ([kind, byLabel]) => {
          const one = document.createElement('input');
          one.type = String(kind);
          const label = document.createElement('label');
          (byLabel === true ? label : one).style.cssText = 'position:fixed;inset:0;width:100%;height:100%;display:block';
          if (byLabel === true) label.append('label', one);
          document.body.replaceChildren(byLabel === true ? label : one);
        },
        [type, labelled] as const,
      );
      tap();
      await page.waitForTimeout(300).catch(() => {});
      await page.keyboard.press('Enter').catch(() => {});
      await nothingCameOfIt(before, `${type} ${labelled}`);
      await (await host.seen()).reload();
    }
  }
});

/** A world beside the page's, with natives that no guard has touched. @returns runs code in it, with what a touch allows */
async function besideThePage(page: Page): Promise<(code: string) => Promise<string>> {
  const line = await page.context().newCDPSession(page);
  const { frameTree } = await line.send('Page.getFrameTree');
  const { executionContextId } = await line.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'beside',
  });
  return async (code) => {
    const { result, exceptionDetails } = await line.send('Runtime.evaluate', {
      expression: `(async () => { ${code} })()`,
      contextId: executionContextId,
      userGesture: true,
      awaitPromise: true,
      returnByValue: true,
    });
    return exceptionDetails === undefined ? String(result.value) : `threw ${exceptionDetails.exception?.className ?? ''}`;
  };
}

test('the second wall: a page with a frame, or one that asks for a file, is replaced, and nothing opens', async () => {
  const before = windows();
  const attacks = {
    frame: `document.documentElement.append(document.createElement('iframe'));`,
    'file-dialog': `const i = document.createElement('input'); i.type = 'file'; i.click();`,
  };
  for (const [reason, attack] of Object.entries(attacks)) {
    const page = await host.seen();
    const run = await besideThePage(page);
    run(attack).catch(() => {});
    await expect.poll(async () => (await host.seen()) !== page).toBe(true);
    expect(host.log()).toContain(`"event":"host.page-replaced","reason":"${reason}"`);
    await expect((await host.seen()).locator('main')).toHaveText('attract');
    await nothingCameOfIt(before, reason);
  }
  // Pickers that no protocol takes are not there in any world.
  const run = await besideThePage(await host.seen());
  const pickers = ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'EyeDropper', 'PaymentRequest'];
  expect(await run(`return ${JSON.stringify(pickers)}.filter((name) => name in window).join()`)).toBe('');
});

test('WebRTC says nothing to a TURN server, by UDP or TCP, even where the guard is not', async () => {
  const heard: string[] = [];
  const udp = createSocket('udp4', () => heard.push('udp'));
  const tcp = createServer((socket) => {
    heard.push('tcp');
    socket.on('error', () => {}).resume();
  });
  await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done));
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  const ports = { udp: udp.address().port, tcp: (tcp.address() as { port: number }).port };
  const run = await besideThePage(await host.seen());
  const said = await run(`
    const iceServers = [
      { urls: 'turn:127.0.0.1:${ports.udp}?transport=udp', username: 'secret', credential: 'x' },
      { urls: 'turn:127.0.0.1:${ports.tcp}?transport=tcp', username: 'secret', credential: 'x' },
      { urls: 'stun:127.0.0.1:${ports.udp}' },
    ];
    const line = new RTCPeerConnection({ iceServers });
    line.createDataChannel('x');
    await line.setLocalDescription(await line.createOffer());
    await new Promise((done) => setTimeout(done, 4000));
    return line.iceGatheringState;`);
  expect(said).toMatch(/^(complete|gathering)$/);
  expect(heard).toEqual([]);
  udp.close();
  tcp.close();
});
