import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { findElectron } from '../../../main/hosts/launch/electron-runtime.ts';
import { type FetchOptions, fetchElectron } from './fetch-electron.ts';

const modules = resolve(import.meta.dirname, '../../../node_modules');
let server: Server | null = null;
const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A zip of one level, nothing compressed (APPNOTE 4.3). */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const [bodies, index]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(text.length, 14);
    common.writeUInt32LE(text.length, 18);
    common.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name + text)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    index.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, rest, Buffer.from(name)]));
    bodies.push(body);
    at += body.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(index.length, 8);
  end.writeUInt16LE(index.length, 10);
  end.writeUInt32LE(Buffer.concat(index).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, ...index, end]);
}

/** The electron package in a folder of its own, and a mirror that does as it is told. */
async function world(answer: RequestListener): Promise<FetchOptions & { readonly lines: string[]; asked: number }> {
  // Not where kiosks keep their files: other people's programs are linked from here.
  const root = mkdtempSync(join(tmpdir(), 'electron-package-'));
  roots.push(root);
  mkdirSync(join(root, 'node_modules'));
  cpSync(join(modules, 'electron'), join(root, 'node_modules/electron'), {
    recursive: true,
    filter: (file) => !file.includes('/dist'),
  });
  for (const name of ['@electron', '@electron-internal']) symlinkSync(join(modules, name), join(root, 'node_modules', name));
  server = createServer((request, response) => {
    options.asked += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const env = {
    ...process.env,
    ELECTRON_MIRROR: `http://127.0.0.1:${port}/`,
    electron_config_cache: join(root, 'cache'),
    // The mirror's own list, because no other Electron has the checksums that came with the package.
    electron_use_remote_checksums: '1',
    ELECTRON_INSTALL_PLATFORM: 'linux',
  };
  const lines: string[] = [];
  const options = { root, env, say: (line: string) => void lines.push(line), now: Date.now, silentMs: 2000, lines, asked: 0 };
  return options;
}

const runtime = zip({ electron: '#!/bin/sh\n', version: '45.4.1' });
const listOf = (name: string, bytes: Buffer) => `${createHash('sha256').update(bytes).digest('hex')} *${name}\n`;
const mirror =
  (checksum: (name: string) => string): RequestListener =>
  ({ url = '' }, response) => {
    if (url.endsWith('.zip')) response.end(runtime);
    else response.end(['linux-x64', 'linux-arm64'].map((kind) => checksum(`electron-v45.4.1-${kind}.zip`)).join(''));
  };

test('fetched, checked, found; progress is told', async () => {
  const options = await world(mirror((name) => listOf(name, runtime)));
  expect(await fetchElectron(options)).toBe('fetched');
  expect(findElectron(options.root, {})).toMatchObject({ version: '45.4.1' });
  expect(options.lines[0]).toContain('Electron');
});

test('a wrong checksum: nothing of it is kept, and the failure is remembered for a day', async () => {
  const options = await world(mirror((name) => listOf(name, Buffer.from('something else'))));
  expect(await fetchElectron(options)).toBe('failed');
  expect(existsSync(join(options.root, 'node_modules/electron/dist'))).toBe(false);
  const { asked } = options;
  expect(asked).toBeGreaterThan(0);
  expect(await fetchElectron(options)).toBe('lately');
  expect(options.asked).toBe(asked);
  const note = join(options.root, '.cache/electron-failed');
  writeFileSync(note, String(Number(readFileSync(note, 'utf8')) - 25 * 3_600_000));
  expect(await fetchElectron(options)).toBe('failed');
});

test('a mirror that gives nothing is waited for no longer than said', async () => {
  const options = await world(() => {});
  const began = Date.now();
  expect(await fetchElectron(options)).toBe('silent');
  expect(Date.now() - began).toBeLessThan(20_000);
  expect(await fetchElectron(options)).toBe('lately');
});
