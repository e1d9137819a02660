import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import { SealingKey } from '../../../main/core/seal/seal.ts';
import { loadTls } from '../../../main/core/settings/load-tls.ts';
import { ensureTestPki } from '../pki/index.ts';
import { readArguments } from './arguments.ts';

let scratch: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-platform-main-'));
  await ensureTestPki();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(scratch, { recursive: true }));

function start(...args: string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...args]);
  children.push(child);
  let errors = '';
  child.stderr.on('data', (piece) => {
    errors += String(piece);
  });
  const lines = createInterface({ input: child.stdout });
  const listening = async (): Promise<string> => {
    const [line] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [`ended: ${errors}`])]);
    const url = /^platform: listening on (https?:\/\/\S+), data in \//.exec(String(line))?.[1];
    if (url === undefined) throw new Error(String(line));
    return url;
  };
  return { child, listening, errors: () => errors };
}

test('says where it listens, hands out its public key, SIGTERM ends it with everything on the disk', async () => {
  const data = join(scratch, 'plain');
  const { child, listening } = start('--data', data);
  const url = await listening();
  const headers = { 'x-kiosk-id': 'K-TEST-1', 'content-type': 'application/json' };
  await fetch(`${url}/v1/challenges`, { method: 'POST', headers, body: '{"count":3}' });
  const key = SealingKey.parse(JSON.parse(await readFile(join(data, 'sealing-key.jwk.json'), 'utf8')));
  expect((await stat(join(data, 'sealing-key.private.jwk.json'))).mode & 0o077).toBe(0);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const again = start('--data', data);
  const there = await again.listening();
  expect(await (await fetch(`${there}/sandbox/summary`)).json()).toMatchObject({ challenges: { issued: 3, used: 0 } });
  expect(SealingKey.parse(JSON.parse(await readFile(join(data, 'sealing-key.jwk.json'), 'utf8')))).toEqual(key);
});

test('kill -9 loses nothing that was answered', async () => {
  const data = join(scratch, 'killed');
  const { child, listening } = start('--data', data);
  const url = await listening();
  const headers = { 'x-kiosk-id': 'K-TEST-1', 'content-type': 'application/json' };
  await fetch(`${url}/v1/challenges`, { method: 'POST', headers, body: '{"count":5}' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const there = await start('--data', data).listening();
  expect(await (await fetch(`${there}/sandbox/summary`)).json()).toMatchObject({ challenges: { issued: 5 } });
});

test('what it cannot do it says in one line', async () => {
  const wrong = start('--port', 'many');
  expect(await once(wrong.child, 'close')).toEqual([2, null]);
  expect(wrong.errors()).toContain('--port');
  const { listening } = start('--data', join(scratch, 'one'));
  const taken = new URL(await listening()).port;
  const second = start('--data', join(scratch, 'two'), '--port', taken);
  expect(await once(second.child, 'close')).toEqual([1, null]);
  expect(second.errors()).toMatch(/^platform: .*EADDRINUSE.*\n$/);
});

test('TLS: the kiosk’s own client gets in with its certificate, and only as itself', async () => {
  const data = join(scratch, 'tls');
  const { listening } = start('--data', data, '--tls', '--kiosk', 'K-TEST-1', '--kiosk', 'K-TEST-2');
  const url = await listening();
  expect(url).toMatch(/^https:/);
  const file = (name: string): string => join(data, 'tls', name);
  const tls = { caFile: file('ca.pem'), certFile: file('kiosk-K-TEST-1.cert.pem'), keyFile: file('kiosk-K-TEST-1.key.pem') };
  const { signal } = new AbortController();
  const asked = async (terminal: string, given: typeof tls | undefined) => {
    const loaded = given === undefined ? null : loadTls(given);
    if (loaded?.ok === false) throw new Error(loaded.error.join('; '));
    const client = createHttpPlatform(
      httpExchange({ url, timeoutMs: 10_000, tls: loaded?.value }),
      terminal,
      Date.now,
      randomBytes,
    );
    const answer = await client.status(signal);
    await client.close();
    return answer.ok ? 'ok' : answer.error;
  };
  expect(await asked('K-TEST-1', tls)).toBe('ok');
  expect(await asked('K-TEST-2', tls)).toEqual({ kind: 'denied', status: 403 });
  expect(await asked('K-TEST-1', undefined)).toMatchObject({ kind: 'line' });
  const server = { caFile: file('ca.pem'), certFile: file('server.cert.pem'), keyFile: file('server.key.pem') };
  expect(await asked('K-TEST-1', server)).not.toBe('ok');
});

test('arguments', () => {
  expect(readArguments([])).toMatchObject({
    ok: true,
    value: { port: 0, host: '127.0.0.1', tls: false, kiosks: [], pki: null, rounding: 'down' },
  });
  expect(readArguments(['--rounding', 'up'])).toMatchObject({ ok: true, value: { rounding: 'up' } });
  for (const args of [['--port', '65536'], ['--port', '-1'], ['--kiosk', 'a b'], ['--rounding', 'off'], ['--colour'], ['x']]) {
    expect(readArguments(args)).toMatchObject({ ok: false });
  }
});
