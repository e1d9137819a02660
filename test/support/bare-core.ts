import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';

const root = resolve(import.meta.dirname, '../..');

/** What a real core process is started with when a test is about the process and not about what it does: no platform, no card. */
export interface BareCore {
  readonly entry: string;
  readonly args: readonly string[];
  readonly socket: string;
  /** Beside what the environment has. */
  readonly env: Readonly<Record<string, string>>;
  /** For whatever the test itself must put somewhere. */
  readonly folder: string;
  remove(): void;
}

export async function bareCore(): Promise<BareCore> {
  const folder = mkdtempSync(join(tmpdir(), 'mado-bare-'));
  const key = join(folder, 'sealing.jwk.json');
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  writeFileSync(key, JSON.stringify({ ...jwk, kid: 'test' }));
  const socket = join(folder, 'core.sock');
  const settings = [
    ...['platform.url=http://127.0.0.1:9', `platform.sealingKeyFile=${key}`, 'printer.driver=none'],
    ...['reader.driver=virtual', `reader.host=${join(root, 'test/sandbox/virtual-reader/host-main.ts')}`],
    ...['outbox.minFreeBytes=0', 'outbox.ballastBytes=65536'],
  ];
  return {
    entry: join(root, 'main/hosts/core/index.ts'),
    args: [
      ...['--profile', 'demo', '--data', join(folder, 'data'), '--socket', socket],
      ...settings.flatMap((pair) => ['--set', pair]),
    ],
    socket,
    env: { MADOGUCHI_VIRTUAL_READER_PORT: String(await freePort()) },
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
