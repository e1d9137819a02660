import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CoreMessage } from '../../main/contract/page-protocol.ts';
import { type NodeHost, startNodeHost } from '../../main/hosts/node/node-host.ts';
import { type LocalServer, listenLocal } from '../../main/transport/local-socket.ts';
import { MAX_PAGE_FRAME } from '../../main/transport/message-port.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { createStandInKiosk } from '../electron/stand-in-kiosk.ts';
import { freePort } from '../support/free-port.ts';

/** The node host as a stranger on the same machine, and as its own page, sees it. */
const folder = mkdtempSync(join(tmpdir(), 'mado-hosts-'));
const page = join(folder, 'page');
const lines: string[] = [];
const kiosk = createStandInKiosk();
let core: LocalServer;
let host: NodeHost;
let token: string;
let at: { host: string; port: number };

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>the page');
  writeFileSync(join(page, 'assets/app.js'), '1');
  writeFileSync(join(page, 'assets/app.js.map'), '{}');
  writeFileSync(join(page, '.env'), 'secret');
  writeFileSync(join(page, 'font.woff2'), 'f');
  writeFileSync(join(folder, 'outside.js'), 'outside');
  symlinkSync(join(folder, 'outside.js'), join(page, 'link.js'));
  const socket = join(folder, 'core.sock');
  const listening = await listenLocal(socket, (port) => servePage(port, kiosk, () => {}));
  if (!listening.ok) throw new Error(listening.error);
  core = listening.value;
  const started = await startNodeHost({
    page,
    socket,
    port: 0,
    log: (event, fields) => void lines.push(JSON.stringify({ event, ...fields })),
  });
  if (!started.ok) throw new Error(started.error);
  host = started.value;
  const url = new URL(host.url);
  token = tokenIn(host.url);
  at = { host: url.hostname, port: Number(url.port) };
});
afterAll(async () => {
  await host.close();
  await core.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}
/** Sends the path exactly as given: `fetch` would tidy it up first. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((done, fail) => {
    const call = request({ ...at, path, method, headers, setHost: headers.Host === undefined }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    call.on('error', fail);
    call.end(body);
  });
}
const tokenIn = (address: string) => new URL(address).hash.slice('#token='.length);
/** What a browser does with an address that nobody has used. */
const enter = () => ask('/enter', { Origin: host.origin }, 'POST', tokenIn(host.newUrl()));
async function cookie(): Promise<string> {
  const { headers } = await enter();
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

test('without the token no file of the page is served, by any method', async () => {
  for (const path of ['/', '/index.html', '/assets/app.js', '/font.woff2', `/?token=${token}`, `/${token}/`]) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']) {
      const { status, body, headers } = await ask(path, {}, method);
      expect([401, 403, 405]).toContain(status);
      expect(body).not.toContain('the page');
      expect(headers['set-cookie']).toBeUndefined();
    }
  }
  const wrong = [`madoguchi-${at.port}=${token}`, `madoguchi-${at.port}=`, 'madoguchi-1=x', '', ';;=;'];
  for (const value of wrong) expect((await ask('/index.html', { Cookie: value })).status).toBe(403);
});

test('the token buys the cookie at /enter, for our own origin only', async () => {
  const tries: [string, string, string][] = [
    ['POST', 'http://evil.example', token],
    ['POST', 'null', token],
    ['POST', host.origin, `${token.slice(0, -1)}!`],
    ['POST', host.origin, ''],
  ];
  for (const [method, origin, body] of tries) {
    const answer = await ask('/enter', { Origin: origin }, method, method === 'POST' ? body : '');
    expect([answer.status, answer.headers['set-cookie'], answer.body]).toEqual([403, undefined, '']);
  }
  // The page that trades it is itself no page of the kiosk.
  const gate = await ask('/enter');
  expect([gate.status, gate.headers['set-cookie']]).toEqual([200, undefined]);
  expect(gate.body).toContain('/gate.js');
  await expect(ask('/enter', { Origin: host.origin }, 'POST', 'x'.repeat(100_000))).rejects.toThrow();
  const once = tokenIn(host.newUrl());
  const { status, headers, body } = await ask('/enter', { Origin: host.origin }, 'POST', once);
  expect(status).toBe(200);
  expect(body).toMatch(/^[\w-]{43}$/);
  expect(body).not.toBe(once);
  expect(String(headers['set-cookie'])).toMatch(/^madoguchi-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(String(headers['set-cookie'])).not.toContain(once);
  // Once: whoever finds it in a browser's history has nothing.
  expect((await ask('/enter', { Origin: host.origin }, 'POST', once)).status).toBe(403);
  expect(await outcome(dial({ protocols: ['madoguchi.1', `token.${once}`] }))).toBe('403');
  // One that others asked for meanwhile is still good.
  expect(await outcome(dial({}))).toBe('open');
});

test('with the cookie: the page, its types and its headers', async () => {
  const Cookie = await cookie();
  const index = await ask('/', { Cookie });
  expect([index.status, index.body]).toEqual([200, '<!doctype html><title>page</title>the page']);
  expect(index.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; " +
      `connect-src 'self' ws://127.0.0.1:${at.port}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect((await ask('/assets/app.js', { Cookie })).headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect((await ask('/font.woff2', { Cookie })).headers['content-type']).toBe('font/woff2');
  expect((await ask('/', { Cookie }, 'HEAD')).body).toBe('');
});

test('no path leads to a file that is not on the list', async () => {
  const Cookie = await cookie();
  const paths = [
    '/../outside.js',
    '/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/assets/../../outside.js',
    '/assets/..%5c..%5coutside.js',
    '//outside.js',
    '/./index.html',
    '/link.js',
    '/.env',
    '/assets/app.js.map',
    '/assets/',
    '/assets',
    '/index.html%00.js',
    '/etc/passwd',
    'file:///etc/passwd',
    '/index.html?x',
    '/INDEX.HTML',
  ];
  for (const path of paths) expect([path, (await ask(path, { Cookie })).status]).toEqual([path, 404]);
});

test('another Host is refused, with the cookie too: DNS rebinding', async () => {
  const Cookie = await cookie();
  for (const Host of [`localhost:${at.port}`, 'evil.example', `evil.example:${at.port}`, '127.0.0.1', `127.0.0.1:${at.port}.`]) {
    expect((await ask('/', { Cookie, Host })).status).toBe(403);
    expect((await ask('/enter', { Origin: host.origin, Host }, 'POST', token)).status).toBe(403);
  }
});

interface Try {
  readonly origin?: string | undefined;
  readonly protocols?: string[];
  readonly path?: string;
  readonly host?: string;
  readonly cookie?: string;
}
function dial({
  origin = host.origin,
  protocols = ['madoguchi.1', `token.${token}`],
  path = '/port',
  host: name,
  cookie: Cookie,
}: Try): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${at.port}${path}`, protocols, {
    ...(origin === '' ? {} : { origin }),
    headers: { ...(name === undefined ? {} : { Host: name }), ...(Cookie === undefined ? {} : { Cookie }) },
  });
}
const outcome = (socket: WebSocket) =>
  new Promise<string>((done) => {
    socket.on('open', () => {
      done('open');
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => done(String(response.statusCode)));
    socket.on('error', () => done('error'));
  });

test('the WebSocket opens for our origin, host, path and token, or cookie and half, and for nothing else', async () => {
  const other = 'A'.repeat(43);
  const entered = await enter();
  const browser = {
    cookie: String(entered.headers['set-cookie']).split(';')[0] ?? '',
    protocols: ['madoguchi.1', `half.${entered.body}`],
  };
  const tries: Try[] = [
    { origin: 'http://evil.example' },
    { origin: `http://localhost:${at.port}` },
    { origin: `https://127.0.0.1:${at.port}` },
    { origin: 'null' },
    { origin: '' },
    { protocols: ['madoguchi.1'] },
    { protocols: ['madoguchi.1', `token.${other}`] },
    { protocols: ['madoguchi.1', 'token.'] },
    { protocols: ['madoguchi.2', `token.${token}`] },
    { protocols: [`token.${token}`] },
    { protocols: [] },
    { path: `/port?token=${token}` },
    { path: '/' },
    { host: `localhost:${at.port}` },
    { host: 'evil.example' },
    { protocols: browser.protocols },
    { protocols: ['madoguchi.1'], cookie: browser.cookie },
    { protocols: ['madoguchi.1', 'half.'], cookie: browser.cookie },
    { protocols: ['madoguchi.1', `half.${token}`], cookie: browser.cookie },
    { ...browser, cookie: `madoguchi-${at.port}=${entered.body}` },
    { ...browser, origin: 'http://evil.example' },
  ];
  for (const one of tries) expect([one, await outcome(dial(one))]).toEqual([one, '403']);
  const good = dial({});
  expect(await outcome(good)).toBe('open');
  expect(good.protocol).toBe('madoguchi.1');
  expect(await outcome(dial(browser))).toBe('open');
});

test('page to core and back, through the local socket', async () => {
  const socket = dial({});
  const steps: string[] = [];
  const seen = (text: string) =>
    new Promise<void>((done) => {
      const look = () => steps.includes(text) && done();
      socket.on('message', look);
      look();
    });
  socket.on('message', (data) => {
    const message = CoreMessage.parse(JSON.parse(String(data)));
    if (message.type === 'snapshot') steps.push(message.snapshot.screen.name);
    if (message.type === 'refused') steps.push(message.code);
  });
  await new Promise((done) => socket.once('open', done));
  socket.send('{"type":"hello","v":1}');
  await seen('attract');
  socket.send('{"type":"intent","intent":{"type":"press","step":1,"button":"start"}}');
  await seen('menu');
  socket.send('{"type":"intent","intent":{"type":"press","step":2,"button":"start","extra":1}}');
  await seen('malformed');
  socket.send('x'.repeat(5000));
  await seen('too-large');
  const gone = new Promise((done) => socket.once('close', done));
  socket.send('x'.repeat(MAX_PAGE_FRAME + 1));
  await gone;
  expect(kiosk.handled).toEqual([{ type: 'press', step: 1, button: 'start' }]);
});

/** @returns the ticket that the socket was closed with */
const sentAway = (socket: WebSocket) =>
  new Promise<string>((done) => socket.on('close', (code, reason) => done(code === 4001 ? String(reason) : `${code}`)));

test('the end of a visit cuts off what a browser shows; its half buys a ticket, and that a navigation only', async () => {
  const entered = await enter();
  const Cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const way = { cookie: Cookie, protocols: ['madoguchi.1', `half.${entered.body}`] };
  const [socket, program] = [dial(way), dial({})];
  await Promise.all([opened(socket), opened(program)]);
  const heard: string[] = [];
  for (const one of [socket, program]) one.send('{"type":"hello","v":1}');
  program.on('message', (data) => heard.push(String(data)));
  const away = sentAway(socket);
  kiosk.show({ name: 'about-set-up' });
  kiosk.show({ name: 'attract', can: [] });
  const ticket = await away;
  expect(ticket).toMatch(/^[\w-]{43}$/);
  // A program with a token is no document.
  expect(program.readyState).toBe(WebSocket.OPEN);
  program.close();
  const again = dial(way);
  const texts: string[] = [];
  again.on('message', (data) => texts.push(String(data)));
  const next = await sentAway(again);
  expect([/^[\w-]{43}$/.test(next), next === ticket, texts]).toEqual([true, false, []]);

  const navigation = { Cookie, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
  const refused: Record<string, string>[] = [
    { Cookie },
    { ...navigation, 'Sec-Fetch-Dest': 'empty', 'Sec-Fetch-Mode': 'cors' },
    { ...navigation, 'Sec-Fetch-Dest': 'iframe' },
  ];
  for (const headers of refused)
    for (const path of ['/anew', '/new']) expect((await ask(`${path}?${ticket}`, headers)).status).toBe(403);
  expect((await ask(`/new?${ticket}`, navigation)).status).toBe(403);
  const cleared = await ask(`/anew?${ticket}`, navigation);
  expect([cleared.status, cleared.headers.location, cleared.headers['clear-site-data'], cleared.headers['set-cookie']]).toEqual([
    303,
    `/new?${ticket}`,
    '"storage"',
    undefined,
  ]);
  const { 'Sec-Fetch-Mode': _, ...script } = navigation;
  expect((await ask(`/new?${ticket}`, script)).status).toBe(403);
  expect((await ask(`/new?${ticket}`, { ...navigation, Cookie: '' })).status).toBe(403);
  const fresh = await ask(`/new?${ticket}`, navigation);
  expect(fresh.status).toBe(200);
  expect((await ask(`/new?${ticket}`, navigation)).status).toBe(403);
  expect((await ask(`/anew?${ticket}`, navigation)).status).toBe(403);
  expect((await ask('/', navigation)).body).not.toContain('madoguchi-half');
});

const opened = (socket: WebSocket) => new Promise<void>((done) => socket.once('open', () => done()));

test('neither the token nor the cookie is in any log line', async () => {
  expect(lines.length).toBeGreaterThan(10);
  const secret = (await cookie()).split('=')[1] ?? '';
  expect(secret.length).toBe(43);
  for (const line of lines) {
    expect(line).not.toContain(token);
    expect(line).not.toContain(secret);
  }
});

test('two hundred idle or half-open connections keep the page out of nothing, and are gone after five seconds', async () => {
  const held = Array.from({ length: 200 }, (_, n) => {
    const socket = connect(at);
    socket.on('error', () => {}).resume();
    if (n % 2 === 0) socket.write(`POST /enter HTTP/1.1\r\nHost: 127.0.0.1:${at.port}\r\nContent-Length: 43\r\n\r\nab`);
    return socket;
  });
  await Promise.all(held.map((socket) => (socket.connecting ? once(socket, 'connect').catch(() => {}) : null)));
  expect((await ask('/', { Cookie: await cookie() })).status).toBe(200);
  expect(await outcome(dial({}))).toBe('open');
  await expect.poll(() => held.filter(({ closed }) => !closed).length, { timeout: 8000 }).toBe(0);
}, 20_000);

test('pages that say nothing make room for one that greets, also where they have the token', async () => {
  const silent = Array.from({ length: 12 }, () => dial({}));
  for (const socket of silent) socket.on('error', () => {});
  await Promise.all(silent.map((socket) => once(socket, 'open')));
  const page = dial({});
  await once(page, 'open');
  page.send('{"type":"hello","v":1}');
  await once(page, 'message');
  const left = () => silent.filter(({ readyState }) => readyState !== WebSocket.CLOSED).length;
  await expect.poll(left, { timeout: 8000 }).toBe(0);
  expect(page.readyState).toBe(WebSocket.OPEN);
  page.close();
}, 20_000);

// ---- the launcher, as `npm run kiosk` runs it, over the stand-in core

const launchFile = resolve(import.meta.dirname, '../../main/hosts/launch/launch.ts');
const standInCore = resolve(import.meta.dirname, '../electron/stand-in-core.ts');
function launch(args: string[], entry = standInCore) {
  const child = spawn(process.execPath, [launchFile, ...args], {
    env: {
      ...process.env,
      MADOGUCHI_CORE_ENTRY: entry,
      MADOGUCHI_PAGE: page,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const log: string[] = [];
  let changed: () => void = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    out.push(line);
    changed();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    changed();
  });
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  const until = async (there: () => boolean) => {
    while (!there()) {
      await new Promise<void>((done) => {
        changed = done;
      });
    }
  };
  return { child, out, log, exit, until };
}
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('launcher: one line with the URL, a dead core is started again, SIGTERM ends all of it', async () => {
  const run = launch(['--profile', 'demo', '--print-token', '--set', 'log.level=debug']);
  const cores = () => run.log.filter((line) => line.includes('"type":"pid"')).map((line) => Number(JSON.parse(line).pid));
  await run.until(() => run.out.length > 0 && cores().length === 1);
  expect(run.out[0]).toMatch(/^Kiosk page: http:\/\/127\.0\.0\.1:\d+\/enter#token=[\w-]{43}$/);
  process.kill(cores()[0] ?? 0, 'SIGKILL');
  await run.until(() => cores().length === 2);
  expect(run.log.join('\n')).toContain('"event":"core.exited","code":-1,"signal":"SIGKILL","restartInMs":200');
  const again = cores()[1] ?? 0;
  expect(alive(again)).toBe(true);
  run.child.kill('SIGTERM');
  expect(await run.exit).toBe(0);
  expect(alive(again)).toBe(false);
  expect(run.out.length).toBe(1);
});

test('launcher: the screen does not wait for the core, and nobody is told where it is before the core listens', async () => {
  const slow = join(folder, 'slow-core.mjs');
  writeFileSync(slow, `process.stdin.on('end', () => process.exit(0)).resume(); console.log('{"type":"beat"}');`);
  const port = await freePort();
  const run = launch(['--profile', 'demo', '--port', String(port)], slow);
  const status = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 15_000 }).toBe(401);
  expect(run.out).toEqual([]);
  run.child.kill('SIGTERM');
  expect(await run.exit).toBe(0);
});

test('launcher: a journal gets no token; a terminal does', async () => {
  const run = launch(['--profile', 'demo']);
  await run.until(() => run.out.length > 0);
  expect(run.out[0]).toMatch(/^Kiosk page: http:\/\/127\.0\.0\.1:\d+\/ \(its token: --print-token\)$/);
  run.child.kill('SIGTERM');
  expect(await run.exit).toBe(0);
  expect(`${run.out.join('\n')}${run.log.join('\n')}`).not.toMatch(/token=|[\w-]{43}/);

  const command = `${process.execPath} ${launchFile} --profile demo`;
  const terminal = spawn('script', ['-qefc', command, '/dev/null'], {
    env: {
      ...process.env,
      MADOGUCHI_CORE_ENTRY: standInCore,
      MADOGUCHI_PAGE: page,
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  await new Promise<void>((done) => {
    terminal.stdout.on('data', (bytes) => {
      shown += String(bytes);
      if (shown.includes('Kiosk page') && shown.includes('\n')) done();
    });
    terminal.once('exit', () => done());
  });
  const ended = new Promise((done) => terminal.once('exit', done));
  terminal.kill('SIGTERM');
  await ended;
  expect(shown).toMatch(/Kiosk page: http:\/\/127\.0\.0\.1:\d+\/enter#token=[\w-]{43}/);
});

test('launcher: bad settings are said once and not tried again; bad arguments too', async () => {
  const bad = launch(['--profile', 'bad']);
  expect(await bad.exit).toBe(2);
  expect([bad.out, bad.log]).toEqual([[], ['bad.json: platform.url: not a URL']]);
  for (const args of [
    [],
    ['--profile', 'x', '--host', 'tv'],
    ['--profile', 'x', '--port', '70000'],
    ['--profile', 'x', '--what'],
  ]) {
    const run = launch(args);
    expect(await run.exit).toBe(2);
    expect(run.log.at(-1)).toMatch(/^usage: npm run kiosk/);
  }
});
