import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CoreStaffMessage, StaffMessage } from '../../main/contract/staff.ts';
import { startNodeHost } from '../../main/hosts/node/node-host.ts';
import { startStaffHost } from '../../main/hosts/node/staff-host.ts';
import { type LocalServer, listenLocal } from '../../main/transport/local-socket.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { serveStaff } from '../../main/transport/staff-endpoint.ts';
import { createStandInKiosk } from '../electron/stand-in-kiosk.ts';
import { testFolder } from '../support/test-folder.ts';

/** The staff's page server as a stranger on the same machine, as the public page, and as its own page sees it. */
const folder = testFolder('world', 'staff-host');
const page = join(folder, 'page');
const KEY = 'k'.repeat(43);
const heard: StaffMessage[] = [];
const lines: string[] = [];
let tell: (message: CoreStaffMessage | string) => void = () => {};
let left = 0;
let core: LocalServer;
let publicCore: LocalServer;
let staff: { origin: string; close(): Promise<void> };
let kiosk: { origin: string; url: string; close(): Promise<void> };
let at: { host: string; port: number };

const coreAt = async (socket: string) => {
  const listening = await listenLocal(socket, (port) => {
    serveStaff(
      port,
      {
        connect(send) {
          tell = (message) => (typeof message === 'string' ? void port.send(message) : send(message));
          return { receive: (message) => void heard.push(message), close: () => void left++ };
        },
      },
      () => {},
    );
  });
  if (!listening.ok) throw new Error(listening.error);
  return listening.value;
};
beforeAll(async () => {
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), 'the public page');
  writeFileSync(join(page, 'staff.html'), 'the staff page');
  writeFileSync(join(page, 'x.js'), '1');
  core = await coreAt(join(folder, 'staff.sock'));
  const listening = await listenLocal(join(folder, 'core.sock'), (port) => servePage(port, createStandInKiosk(), () => {}));
  if (!listening.ok) throw new Error(listening.error);
  publicCore = listening.value;
  const log = (event: string, fields: object = {}) => void lines.push(JSON.stringify({ event, ...fields }));
  const [one, two] = [
    await startStaffHost({ page, socket: join(folder, 'staff.sock'), port: 0, log }),
    await startNodeHost({ page, socket: join(folder, 'core.sock'), port: 0, log }),
  ];
  if (!one.ok || !two.ok) throw new Error('a host did not start');
  staff = one.value;
  kiosk = two.value;
  const url = new URL(staff.origin);
  at = { host: url.hostname, port: Number(url.port) };
});
afterAll(async () => {
  await staff.close();
  await kiosk.close();
  await core.close();
  await publicCore.close();
});
beforeEach(() => {
  heard.length = 0;
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET', to: { host: string; port: number } = at) =>
  new Promise<{ status: number; body: string; policy: string }>((done, fail) => {
    const call = request({ ...to, path, method, headers, setHost: headers.Host === undefined }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, body, policy: String(response.headers['content-security-policy']) }),
      );
    });
    call.on('error', fail);
    call.end();
  });
const connect = (options: { origin?: string; path?: string; protocol?: string; host?: string } = {}) =>
  new WebSocket(
    `${staff.origin.replace('http', 'ws')}${options.path ?? '/staff-port'}`,
    options.protocol ?? 'madoguchi-staff.1',
    {
      origin: options.origin ?? staff.origin,
      ...(options.host === undefined ? {} : { headers: { host: options.host } }),
    },
  );
const joined = async () => {
  const socket = connect();
  await once(socket, 'open');
  return socket;
};
const heardOne = async () => expect.poll(() => heard.length).toBeGreaterThan(0);

test('the staff’s server has the staff’s page, the public one the public page, and neither has the other’s', async () => {
  expect(await get('/')).toMatchObject({ status: 200, body: 'the staff page' });
  expect((await get('/x.js')).status).toBe(200);
  for (const path of ['/index.html', '/port', '/enter', '/gate.js', '/../index.html', '/%2e%2e/index.html']) {
    expect((await get(path)).status).toBe(404);
  }
  const url = new URL(kiosk.url);
  const to = { host: url.hostname, port: Number(url.port) };
  const entered = await fetch(`${kiosk.origin}/enter`, {
    method: 'POST',
    headers: { Origin: kiosk.origin },
    body: url.hash.slice('#token='.length),
  });
  const Cookie = String(entered.headers.get('set-cookie')).split(';')[0] ?? '';
  expect(await get('/', { Cookie }, 'GET', to)).toMatchObject({ status: 200, body: 'the public page' });
  expect((await get('/staff.html', { Cookie }, 'GET', to)).status).toBe(404);
  // What the public page may talk to is its own server only, so it cannot even ask at the staff's.
  const { policy } = await get('/', { Cookie }, 'GET', to);
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${to.port};`);
  expect(policy).not.toContain(String(at.port));
});

test('another Host (DNS rebinding), or anything but reading: refused', async () => {
  for (const Host of ['localhost', `localhost:${at.port}`, 'evil.example', '127.0.0.1', `[::1]:${at.port}`]) {
    expect((await get('/', { Host })).status).toBe(403);
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('/', {}, method)).status).toBe(405);
});

test.each([
  ['another origin', { origin: 'http://evil.example' }],
  ['the public page’s origin', { origin: 'kiosk' }],
  ['no page at all', { origin: 'null' }],
  ['another path', { path: '/port' }],
  ['another protocol', { protocol: 'madoguchi.1' }],
  ['another host', { host: 'evil.example' }],
])('a WebSocket of %s: 403', async (_, options) => {
  const socket = connect('origin' in options && options.origin === 'kiosk' ? { origin: kiosk.origin } : options);
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toContain('403');
});

test('messages pass as they were parsed, and only such; a refusal never repeats what was sent', async () => {
  const socket = await joined();
  const back: string[] = [];
  socket.on('message', (data) => back.push(data.toString()));
  socket.send(JSON.stringify({ type: 'hello', v: 1, key: KEY }));
  await heardOne();
  expect(heard).toEqual([{ type: 'hello', v: 1, key: KEY }]);
  for (const text of [
    'nonsense-secret',
    '{"type":"active","more":1}',
    '[]',
    `{"type":"hello","v":1,"key":"${'k'.repeat(42)}"}`,
  ]) {
    socket.send(text);
  }
  await expect.poll(() => back.length).toBe(4);
  expect(new Set(back)).toEqual(new Set(['{"type":"refused","code":"malformed"}']));
  socket.send(JSON.stringify({ type: 'open', passcode: 'p'.repeat(9000) }));
  await expect.poll(() => back.at(-1)).toBe('{"type":"refused","code":"too-large"}');
  for (let n = 0; n < 120; n++) socket.send('{"type":"active"}');
  await expect.poll(() => back.at(-1)).toBe('{"type":"refused","code":"too-many"}');
  expect(heard.length).toBeLessThan(60);
  // The core is trusted no further: what is no message of its own stays out of the page.
  const before = back.length;
  tell('{"type":"state","state":{"secret":1}}');
  tell({ type: 'failed', id: 3, error: 'not-open' });
  await expect.poll(() => back.length).toBe(before + 1);
  expect(back.at(-1)).toBe('{"type":"failed","id":3,"error":"not-open"}');
  expect(lines.join('\n')).not.toMatch(/secret|kkkk|pppp/);
  socket.close();
});

test('a file of two million signs arrives', async () => {
  const socket = await joined();
  socket.send('{"type":"active"}');
  await heardOne();
  const file = { name: 'audit.jsonl', type: 'application/jsonl', base64: 'QUJD'.repeat(500_000) };
  const coming = once(socket, 'message');
  tell({ type: 'answer', id: 1, answer: { what: 'file', file } });
  const [data] = await coming;
  expect(JSON.parse(String(data))).toEqual({ type: 'answer', id: 1, answer: { what: 'file', file } });
  socket.close();
});

test('a page that goes takes its connection to the core with it; a core that goes closes the page', async () => {
  const socket = await joined();
  socket.send('{"type":"active"}');
  await heardOne();
  const before = left;
  socket.terminate();
  await expect.poll(() => left).toBe(before + 1);

  const other = await joined();
  other.send('{"type":"active"}');
  await expect.poll(() => heard.length).toBe(2);
  await core.close();
  await once(other, 'close');
  // Nobody answers: the page is told at once, and comes again by itself.
  const early = await joined();
  await once(early, 'close');
  core = await coreAt(join(folder, 'staff.sock'));
  const late = await joined();
  late.send('{"type":"active"}');
  await expect.poll(() => heard.length).toBe(3);
  late.close();
});

test('a key is entered once, becomes two halves, and both together greet the core; no half does alone', async () => {
  const enter = (body: string, Origin = staff.origin) =>
    fetch(`${staff.origin}/enter`, { method: 'POST', headers: { Origin }, body });
  for (const [body, origin] of [
    ['short', staff.origin],
    [KEY, 'http://evil.example'],
    [KEY, kiosk.origin],
  ] as const) {
    const refused = await enter(body, origin);
    expect([refused.status, refused.headers.get('set-cookie'), await refused.text()]).toEqual([403, null, '']);
  }
  const entered = await enter(KEY);
  const [half, set] = [await entered.text(), String(entered.headers.get('set-cookie'))];
  expect(set).toMatch(/^madoguchi-staff-\d+=[\w-]{43}; Path=\/staff-port; HttpOnly; SameSite=Strict$/);
  expect(`${half} ${set}`).not.toContain(KEY);
  const open = (protocols: string[], cookie: string) =>
    new WebSocket(`${staff.origin.replace('http', 'ws')}/staff-port`, ['madoguchi-staff.1', ...protocols], {
      origin: staff.origin,
      headers: { Cookie: cookie },
    });
  const cookie = set.split(';')[0] ?? '';
  const alone = open([`half.${half}`], '');
  const [said] = await once(alone, 'message');
  expect(String(said)).toBe('{"type":"refused","code":"no-key"}');
  const bare = open([], cookie);
  await once(bare, 'open');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(heard).toEqual([]);
  const both = open([`half.${half}`], cookie);
  await heardOne();
  expect(heard).toEqual([{ type: 'hello', v: 1, key: KEY }]);
  expect(lines.join('\n')).not.toContain(half);
  for (const socket of [alone, bare, both]) socket.terminate();
});

const gone = (sockets: readonly WebSocket[]) => sockets.filter(({ readyState }) => readyState === WebSocket.CLOSED).length;
const known: CoreStaffMessage = {
  type: 'state',
  state: {
    v: 1,
    terminal: { id: 'K-1', name: { ja: '窓口' } },
    access: 'closed',
    lockedUntil: null,
    triesLeft: null,
    refused: null,
    role: 'clerk',
    keyName: 'window 1',
    closesIn: null,
    help: null,
  },
};

test('whoever has no key holds no place: a hundred that say nothing keep no device out, and are gone after five seconds', async () => {
  const silent: WebSocket[] = [];
  for (let n = 0; n < 100; n++) {
    const socket = connect();
    socket.on('error', () => {});
    silent.push(socket);
    if (n % 10 === 9) await Promise.race([once(socket, 'open'), once(socket, 'close')]);
  }
  const device = await joined();
  device.send(JSON.stringify({ type: 'hello', v: 1, key: KEY }));
  await heardOne();
  tell(known);
  await once(device, 'message');
  await expect.poll(() => gone(silent), { timeout: 7000 }).toBe(100);
  expect(device.readyState).toBe(WebSocket.OPEN);
  device.close();
}, 20_000);

test('a hundred TCP connections without a request, or with half of one, keep no device out, and are gone after five seconds', async () => {
  const held = Array.from({ length: 100 }, (_, n) => {
    const socket = connectTcp(at);
    socket.on('error', () => {}).resume();
    if (n % 2 === 0) socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${at.port}\r\n`);
    return socket;
  });
  await Promise.all(held.map((socket) => (socket.connecting ? once(socket, 'connect').catch(() => {}) : null)));
  expect((await get('/')).status).toBe(200);
  const device = await joined();
  await expect.poll(() => held.filter(({ closed }) => !closed).length, { timeout: 8000 }).toBe(0);
  device.close();
}, 20_000);
