import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ensureTestPki } from '../pki/index.ts';
import { readArguments } from './arguments.ts';
import { cardStateNames } from './card.ts';
import { encodeFrame } from './frames.ts';
import { parseLog } from './log.ts';

const children: ChildProcess[] = [];
const dir = mkdtempSync(join(tmpdir(), 'madoguchi-card-main-'));
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(...args: string[]): { child: ChildProcess; line(wanted: RegExp): Promise<string>; errors(): string } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...args]);
  children.push(child);
  const lines: string[] = [];
  let errors = '';
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(text);
    child.emit('line');
  });
  child.stderr.on('data', (piece) => {
    errors += String(piece);
  });
  const line = async (wanted: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((text) => wanted.test(text));
      if (found !== undefined) return found;
      await once(child, 'line');
    }
  };
  return { child, line, errors: () => errors };
}

beforeAll(() => ensureTestPki());

test('an unknown name, or none, lists the names and ends with 2', async () => {
  for (const args of [['--card', 'gold'], [], ['--card', 'fresh', '--reader', 'nowhere'], ['--colour', 'red']]) {
    const { child, errors } = start(...args);
    expect(await once(child, 'close')).toEqual([2, null]);
    for (const name of cardStateNames) expect(errors()).toContain(name);
  }
});

test('waits for a reader, says where the card lies and its PIN, logs, and SIGTERM takes the card off', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const log = join(dir, 'card.log');
  const { child, line } = start('--card', 'fresh', '--reader', `127.0.0.1:${port}`, '--log', log);
  expect(await line(/test PIN/)).toContain('1234');
  await line(/no reader listens on 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  server.listen(port, '127.0.0.1');
  const [socket]: Socket[] = await once(server, 'connection');
  if (socket === undefined) throw new Error('no connection');
  expect(await line(/lies on the reader/)).toContain(`127.0.0.1:${port}`);
  socket.write(Buffer.concat(['01', '00A4040C0AD392F000260100000001'].map((hex) => encodeFrame(Buffer.from(hex, 'hex')))));
  await once(socket, 'data');
  const closed = once(socket, 'close');
  child.kill('SIGTERM');
  await closed;
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(parseLog(readFileSync(log, 'utf8')).map(({ event }) => event)).toEqual(['insert', 'power', 'apdu', 'remove']);
  server.close();
  rmSync(dir, { recursive: true });
});

test('SIGINT while waiting for a reader ends it', async () => {
  const { child, line } = start('--card', 'other', '--reader', '127.0.0.1:1');
  await line(/no reader/);
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('arguments: the usual reader when none is named', () => {
  expect(readArguments(['--card', 'child'])).toMatchObject({
    ok: true,
    value: { card: 'child', host: '127.0.0.1', port: 35_963 },
  });
  expect(readArguments(['--card', 'child', '--reader', 'box:70000'])).toMatchObject({ ok: false });
});
