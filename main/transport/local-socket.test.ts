import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectLocal } from './core-link.ts';
import { dialLocal, listenLocal, MAX_LOCAL } from './local-socket.ts';
import { BACKLOG_DROP, MAX_PAGE_FRAME, type Port } from './message-port.ts';
import { systemTimers, type Timers } from './timers.ts';

let folder: string;
let path: string;
const atEnd: (() => unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mado-'));
  path = join(folder, 's');
});
afterEach(async () => {
  for (const run of atEnd.splice(0).reverse()) await run();
  rmSync(folder, { recursive: true });
});

async function listen(onPort: (port: Port) => void, timers: Timers = systemTimers) {
  const server = await listenLocal(path, onPort, { longest: MAX_PAGE_FRAME, timers });
  if (!server.ok) throw new Error(server.error);
  atEnd.push(server.value.close);
  return server.value;
}
const dialled = async () => {
  const port = await dialLocal(path);
  if (port === null) throw new Error('nobody there');
  atEnd.push(port.close);
  return port;
};
const next = (port: Port) => new Promise<string>((resolve) => port.onMessage(resolve));
const closed = (port: Port) => new Promise<void>((resolve) => port.onClose(resolve));

test('texts go both ways; the socket file has mode 0660 and goes with the server', async () => {
  const server = await listen((port) => port.onMessage((text) => port.send(`${text} 窓口`)));
  expect(statSync(path).mode & 0o777).toBe(0o660);
  const port = await dialled();
  const answer = next(port);
  port.send('a');
  expect(await answer).toBe('a 窓口');
  await server.close();
  expect(existsSync(path)).toBe(false);
});

test('a stale socket file is replaced; a live one, and a file of another kind, are not', async () => {
  const dead = createServer().listen(path);
  await new Promise((resolve) => dead.once('listening', resolve));
  // Leaves the file behind, as a killed process does.
  const { execFileSync } = await import('node:child_process');
  execFileSync('mv', [path, `${path}.kept`]);
  await new Promise((resolve) => dead.close(resolve));
  execFileSync('mv', [`${path}.kept`, path]);
  await listen(() => {});
  expect(await listenLocal(path, () => {})).toEqual({ ok: false, error: 'in-use' });
  const file = join(folder, 'file');
  writeFileSync(file, 'kept');
  expect(await listenLocal(file, () => {})).toEqual({ ok: false, error: 'not-a-socket' });
  expect(await listenLocal(`/tmp/${'x'.repeat(110)}`, () => {})).toEqual({ ok: false, error: 'path-too-long' });
  expect(await listenLocal(join(folder, 'missing', 's'), () => {})).toEqual({ ok: false, error: 'not-writable' });
});

test('a frame beyond the hard limit drops that connection and no other', async () => {
  const ports: Port[] = [];
  await listen((port) => {
    ports.push(port);
    port.onMessage((text) => port.send(text.slice(0, 2)));
  });
  const good = await dialled();
  const bad = await dialled();
  const gone = closed(bad);
  bad.send('x'.repeat(MAX_PAGE_FRAME + 1));
  await gone;
  const answer = next(good);
  good.send('ok');
  expect(await answer).toBe('ok');
});

test('a reader that never reads is dropped, not buffered without end', async () => {
  let lost: Promise<void> | undefined;
  await listen((port) => {
    lost = closed(port);
    let slow = false;
    for (let sent = 0; sent < 4 * BACKLOG_DROP; sent += 100_000) slow = !port.send('x'.repeat(100_000)) || slow;
    expect(slow).toBe(true);
  });
  const socket = connect(path).pause();
  atEnd.push(() => socket.destroy());
  await new Promise((resolve) => socket.once('connect', resolve));
  await new Promise((resolve) => setImmediate(resolve));
  await lost;
});

test('the link comes back by itself after the core went and came', async () => {
  const link = connectLocal(path, systemTimers);
  atEnd.push(link.close);
  const up = () => new Promise<void>((resolve) => link.onUp(resolve));
  expect(link.send('too early')).toBe(false);
  let risen = up();
  const first = await listen(() => {});
  await risen;
  const down = new Promise<void>((resolve) => link.onDown(resolve));
  await first.close();
  await down;
  risen = up();
  const heard = new Promise<string>((resolve) => {
    void listen((port) => port.onMessage(resolve));
  });
  await risen;
  expect(link.send('back')).toBe(true);
  expect(await heard).toBe('back');
});

test('frames that are never finished: few connections are kept, each for five seconds, and one that talks gets in', async () => {
  const fast: Timers = { ...systemTimers, setTimeout: (run, ms) => systemTimers.setTimeout(run, ms / 4) };
  await listen((port) => port.onMessage((text) => port.send(text)), fast);
  const half = Buffer.alloc(300_000, 0x20);
  half.writeUInt32BE(600_000);
  const strangers = Array.from({ length: 3 * MAX_LOCAL }, () => {
    const socket = connect(path);
    socket.on('error', () => {}).resume();
    socket.write(half);
    return socket;
  });
  await Promise.all(strangers.map((socket) => new Promise((settle) => socket.once('connect', settle).once('close', settle))));
  const port = await dialled();
  const answer = next(port);
  port.send('a');
  expect(await answer).toBe('a');
  const open = () => strangers.filter(({ closed }) => !closed).length;
  await expect.poll(open).toBeLessThanOrEqual(MAX_LOCAL);
  // A byte now and then buys no time.
  const drip = setInterval(() => strangers.forEach((socket) => void (socket.closed || socket.write(' '))), 125);
  await expect.poll(open, { timeout: 7000 }).toBe(0);
  clearInterval(drip);
  const still = next(port);
  port.send('b');
  expect(await still).toBe('b');
}, 20_000);
