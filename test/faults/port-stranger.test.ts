import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type NodeHost, startNodeHost } from '../../main/hosts/node/node-host.ts';
import { type LocalServer, listenLocal } from '../../main/transport/local-socket.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { walkToPin } from '../support/page-driver.ts';

/**
 * Pages of other origins, programs without the token and browsers under another name, while a person stands at the PIN pad of the real
 * core. test/integration/hosts.test.ts looks at the host's every answer; this one at what a stranger could see or do.
 */
const folder = mkdtempSync(join(tmpdir(), 'mado-stranger-'));
const lines: { event: string; reason: string }[] = [];
let harness: CoreHarness;
let core: LocalServer;
let host: NodeHost;
let at: { host: string; port: number };
let token: string;
let cookie: string;

beforeAll(async () => {
  harness = await createHarness({ name: 'port-stranger' });
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>');
  const socket = join(folder, 'core.sock');
  const listening = await listenLocal(socket, (port) => servePage(port, harness.kiosk, () => {}));
  if (!listening.ok) throw new Error(listening.error);
  core = listening.value;
  const started = await startNodeHost({
    page: join(folder, 'page'),
    socket,
    port: 0,
    log: (event, fields) =>
      void lines.push({ event, reason: String(fields !== undefined && 'reason' in fields ? fields.reason : '') }),
  });
  if (!started.ok) throw new Error(started.error);
  host = started.value;
  const url = new URL(host.url);
  token = url.hash.slice('#token='.length);
  const other = new URL(host.newUrl()).hash.slice('#token='.length);
  at = { host: url.hostname, port: Number(url.port) };
  cookie = await new Promise((done, fail) => {
    const call = request({ ...at, path: '/enter', method: 'POST', headers: { Origin: host.origin } }, (answer) => {
      answer.resume();
      done(String(answer.headers['set-cookie']).split(';')[0] ?? '');
    });
    call.on('error', fail);
    call.end(other);
  });
  const card = loggedCard(createVirtualCard('fresh', harness.pki), 'port-stranger');
  const { step } = await walkToPin(harness.page, () => void harness.reader.insert(card));
  harness.page.send({ type: 'pin-key', step, position: 0 });
  await harness.page.until(({ screen }) => screen.name === 'pin' && screen.digits === 1);
});
afterAll(async () => {
  await host.close();
  await core.close();
  await harness.close();
  rmSync(folder, { recursive: true });
});

interface Stranger {
  readonly origin?: string;
  readonly name?: string;
  readonly offers: readonly string[];
  readonly withCookie?: boolean;
}

/** Dials, and if the door should open shouts everything it knows. @returns what it heard */
function dial({ origin, name, offers, withCookie = false }: Stranger): Promise<{ status: number; heard: string[] }> {
  const headers = { ...(name === undefined ? {} : { Host: name }), ...(withCookie ? { Cookie: cookie } : {}) };
  const socket = new WebSocket(`ws://127.0.0.1:${at.port}/port`, [...offers], {
    headers,
    ...(origin === undefined ? {} : { origin }),
  });
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  return new Promise((done) => {
    socket.on('open', () => {
      const { step } = harness.kiosk.snapshot();
      socket.send('{"type":"hello","v":1}');
      socket.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: 'home' } }));
      socket.once('message', () => {
        socket.close();
        done({ status: 101, heard });
      });
    });
    socket.on('unexpected-response', (_request, response) => {
      socket.terminate();
      done({ status: response.statusCode ?? 0, heard });
    });
    socket.on('error', () => {});
  });
}

test('no stranger gets a snapshot or moves the screen; each is a line in the log, with the reason and nothing else', async () => {
  const known = ['madoguchi.1', `token.${token}`];
  const strangers: readonly (readonly [reason: string, Stranger])[] = [
    ['origin', { origin: 'http://evil.example', offers: known }],
    ['origin', { origin: 'http://evil.example', offers: known, withCookie: true }],
    ['origin', { origin: `http://127.0.0.1:${at.port + 1}`, offers: known, withCookie: true }],
    ['origin', { origin: `http://127.0.0.1:${at.port}.evil.example`, offers: known }],
    ['origin', { origin: 'app://kiosk', offers: known }],
    ['origin', { offers: known }],
    ['host', { origin: host.origin, name: `kiosk.example:${at.port}`, offers: known, withCookie: true }],
    ['host', { origin: `http://kiosk.example:${at.port}`, name: `kiosk.example:${at.port}`, offers: known }],
    ['host', { origin: host.origin, name: `[::1]:${at.port}`, offers: known }],
    ['token', { origin: host.origin, offers: ['madoguchi.1'], withCookie: true }],
    ['token', { origin: host.origin, offers: ['madoguchi.1', `token.${'A'.repeat(43)}`], withCookie: true }],
    ['token', { origin: host.origin, offers: ['madoguchi.1', `token.${token.slice(0, -1)}`] }],
    ['token', { origin: host.origin, offers: ['madoguchi.1', `token.${token}x`] }],
    ['token', { origin: host.origin, offers: ['madoguchi.1', `token.${cookie.split('=')[1]}`] }],
    ['token', { origin: host.origin, offers: ['madoguchi.1', `token.${'A'.repeat(43)}`, `token.${token}`] }],
  ];
  const before = JSON.stringify(harness.kiosk.snapshot());
  for (const [reason, stranger] of strangers) {
    lines.length = 0;
    expect([stranger, await dial(stranger)]).toEqual([stranger, { status: 403, heard: [] }]);
    expect(lines).toEqual([{ event: 'host.refused', reason }]);
  }
  expect(JSON.stringify(harness.kiosk.snapshot())).toBe(before);

  // The same words from our own page: so the strangers' would have worked.
  const own = await dial({ origin: host.origin, offers: known });
  expect(own.status).toBe(101);
  await harness.page.see('take-card');
});
