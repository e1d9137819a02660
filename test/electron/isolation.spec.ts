import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';
import { schemeAnswers } from './scheme-answers.ts';

/** What the page has of Electron, Node and the machine: three functions. */
let host: RunningHost;
test.beforeAll(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
});
test.afterAll(() => host.stop());

test('no Node and no Electron in the page', async () => {
  const found = await host.page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      '__dirname',
      'setImmediate',
      'electron',
      'ipcRenderer',
    ].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);
});

test('window.madoguchi has exactly the agreed functions and cannot be changed', async () => {
  const shape = await host.page.evaluate(() => {
    const bridge = window.madoguchi;
    if (bridge === undefined) return null;
    const before = bridge.send;
    try {
      Object.assign(bridge, { send: () => {}, more: 1 });
    } catch {
      // Frozen.
    }
    try {
      Object.defineProperty(window, 'madoguchi', { value: null });
    } catch {
      // Pinned.
    }
    return {
      names: Object.getOwnPropertyNames(window.madoguchi).sort(),
      kinds: Object.values(window.madoguchi ?? {}).map((value) => typeof value),
      same: window.madoguchi?.send === before,
      state: (() => {
        const states: string[] = [];
        const off = bridge.onState((state) => states.push(state));
        return [typeof off, ...states];
      })(),
    };
  });
  expect(shape).toEqual({
    names: ['onMessage', 'onState', 'send'],
    kinds: ['function', 'function', 'function'],
    same: true,
    state: ['function', 'open'],
  });
});

test('what the page does to its own prototypes is not seen by the preload', async () => {
  const { page } = host;
  await page.evaluate(() => {
    Object.assign(globalThis, { stolen: [] as unknown[] });
    Set.prototype.add = function add(value: unknown) {
      (globalThis as unknown as { stolen: unknown[] }).stolen.push(value);
      return this;
    };
    window.madoguchi?.onMessage(() => {})();
  });
  expect(await page.evaluate(() => (globalThis as unknown as { stolen: unknown[] }).stolen.length)).toBe(0);
  await page.reload();
});

test('web preferences of every contents', async () => {
  const all = await host.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => {
      const { getLastWebPreferences } = one as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const set = getLastWebPreferences.call(one);
      const names = ['contextIsolation', 'sandbox', 'nodeIntegration', 'nodeIntegrationInSubFrames'];
      const more = [
        'webSecurity',
        'webviewTag',
        'devTools',
        'disableDialogs',
        'experimentalFeatures',
        'allowRunningInsecureContent',
      ];
      return Object.fromEntries([...names, ...more].map((name) => [name, set[name]]));
    }),
  );
  const wanted = {
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    disableDialogs: true,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
  };
  expect(all.length).toBeGreaterThan(0);
  expect(all).toEqual(all.map(() => wanted));
});

test('the renderer runs in the sandbox of the operating system, and nobody is root', async () => {
  const pids = await host.app.evaluate(({ webContents }) => [
    process.pid,
    ...webContents.getAllWebContents().map((one) => one.getOSProcessId()),
  ]);
  const status = (pid: number | undefined) => readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, ...renderers] = pids;
  for (const renderer of renderers) {
    expect(status(renderer)).toMatch(/^Seccomp:\t2$/m);
    expect(status(renderer)).toMatch(/^NoNewPrivs:\t1$/m);
  }
  for (const pid of pids) expect(status(pid)).not.toMatch(/^Uid:.*\b0\b/m);
});

test('the session lives in memory', async () => {
  const stored = await host.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map(({ session }) => [session.isPersistent(), session.getStoragePath()]),
  );
  expect(stored).toEqual(stored.map(() => [false, null]));
});

test('every answer carries the policy; no path leads out of the page', async () => {
  const answers = await schemeAnswers(host.app);
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-same-origin; frame-src 'none'; " +
    "require-trusted-types-for 'script'; trusted-types default";
  for (const { policy: sent } of answers) expect(sent).toBe(policy);
  expect(answers.filter(({ status }) => status === 200).map(({ url }) => url)).toEqual([
    'madoguchi://kiosk/',
    'madoguchi://kiosk/index.html',
    'madoguchi://kiosk/page.js',
  ]);
  expect(answers.length).toBe(16);
});

test('the policy holds: no eval, no inline script, no worker, no network', async () => {
  const { page } = host;
  await expect(page.locator('main')).toHaveText('attract');
  const result = await page.evaluate(async () => {
    const tried: Record<string, string> = {};
    const attempt = async (name: string, run: () => unknown) => {
      try {
        await run();
        tried[name] = 'went through';
      } catch (error) {
        tried[name] = error instanceof Error ? error.name : 'refused';
      }
    };
    const inline = document.createElement('script');
    await attempt('inline script', () => {
      inline.textContent = 'globalThis.inlineRan = true';
      document.head.append(inline);
    });
    await attempt('blob worker', () => {
      const worker = new Worker(URL.createObjectURL(new Blob(['1'])));
      return new Promise((done, fail) => {
        worker.onmessage = done;
        worker.onerror = () => fail(new Error('refused'));
      });
    });
    for (const url of [
      'http://127.0.0.1:1/',
      'https://example.com/',
      'file:///etc/passwd',
      'madoguchi://other/',
      'data:text/plain,x',
    ]) {
      await attempt(url, () => fetch(url));
    }
    await attempt('websocket', () => {
      const socket = new WebSocket('ws://127.0.0.1:1/');
      return new Promise((done, fail) => {
        socket.onopen = done;
        socket.onerror = () => fail(new Error('refused'));
      });
    });
    return { tried, inline: 'inlineRan' in globalThis };
  });
  expect(Object.entries(result.tried).filter(([, how]) => how === 'went through')).toEqual([]);
  expect(Object.keys(result.tried).length).toBe(8);
  expect(result.inline).toBe(false);
  const violations = await page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
  expect(violations).toEqual(expect.arrayContaining(['require-trusted-types-for', 'connect-src']));
});

test('a worker of our own files starts; text becomes neither a worker nor a part of the document', async () => {
  const went = await host.page.evaluate(async () => {
    const startOf = (address: string) =>
      new Promise<string>((done) => {
        try {
          const worker = new Worker(address);
          worker.onmessage = ({ data }) => done(String(data));
          worker.onerror = () => done('refused');
        } catch {
          done('refused');
        }
      });
    const attempt = (run: () => void) => {
      try {
        run();
        return 'went through';
      } catch {
        return 'refused';
      }
    };
    const types = window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } };
    return [
      await startOf('/worker.js'),
      await startOf('https://example.com/worker.js'),
      await startOf('data:text/javascript,postMessage(1)'),
      attempt(() => {
        document.body.innerHTML = '<p>x</p>';
      }),
      attempt(() => document.body.insertAdjacentHTML('beforeend', '<p>x</p>')),
      attempt(() => void types.trustedTypes.createPolicy('default', { createHTML: (text: string) => text })),
      attempt(() => void types.trustedTypes.createPolicy('mine', { createHTML: (text: string) => text })),
    ];
  });
  expect(went).toEqual(['up', ...Array.from({ length: 6 }, () => 'refused')]);
});
