import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import { MAX_STAFF_ANSWER, type StaffRole } from '../../main/contract/staff.ts';
import { dialLocal } from '../../main/transport/local-socket.ts';
import { freePort } from './free-port.ts';
import { drivePage, type PageDriver } from './page-driver.ts';
import { driveStaff, type StaffDriver } from './staff-driver.ts';

const root = resolve(import.meta.dirname, '../..');

/** A real core process with its two sockets, a virtual reader and no platform: what the staff's side needs. */
export interface StaffCore {
  readonly data: string;
  readonly pid: number;
  readonly socket: string;
  /** null: there was no staff key at the start. */
  readonly staffSocket: string | null;
  staff(): Promise<StaffDriver>;
  page(): Promise<PageDriver>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** `npm run staff-key`, as an engineer runs it. @returns the key */
export function makeStaffKey(data: string, name: string, role: StaffRole): string {
  const args = [join(root, 'main/hosts/core/staff-key.ts'), '--data', data, '--name', name, '--role', role, '--print'];
  const said = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const key = /^([\w-]{43})\n$/.exec(said)?.[1];
  if (key === undefined) throw new Error('no key was printed');
  return key;
}

export function removeStaffKey(data: string, name: string): void {
  execFileSync(process.execPath, [join(root, 'main/hosts/core/staff-key.ts'), '--data', data, '--remove', name], {
    stdio: 'ignore',
  });
}

/** A key that some platform could open what we seal with. @returns its file */
export async function writeSealingKey(folder: string): Promise<string> {
  const file = join(folder, 'sealing.jwk.json');
  const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  writeFileSync(file, JSON.stringify({ ...(await exportJWK(publicKey)), kid: 'test' }));
  return file;
}

/** @param set `key=value` settings of the test's own */
export async function startStaffCore(data: string, set: readonly string[] = []): Promise<StaffCore> {
  const place = mkdtempSync(join(tmpdir(), 'mado-staff-'));
  const jwk = await writeSealingKey(place);
  const socket = join(place, 'core.sock');
  const settings = [
    'platform.url=http://127.0.0.1:9',
    `platform.sealingKeyFile=${jwk}`,
    'reader.driver=virtual',
    `reader.host=${join(root, 'test/sandbox/virtual-reader/host-main.ts')}`,
    ...['printer.driver=none', 'outbox.minFreeBytes=0', 'outbox.ballastBytes=65536', 'timeouts.goodbyeSeconds=1'],
    ...set,
  ];
  const child: ChildProcess = spawn(
    process.execPath,
    [
      join(root, 'main/hosts/core/index.ts'),
      ...['--profile', 'demo', '--data', data, '--socket', socket],
      ...settings.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(await freePort()) },
    },
  );
  const listening = await new Promise<{ staff: string | null }>((found, lost) => {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => found(JSON.parse(line)));
    child.once('exit', (code) => lost(new Error(`the core ended with code ${code}`)));
  });
  const dial = async (path: string) => {
    const port = await dialLocal(path, MAX_STAFF_ANSWER);
    if (port === null) throw new Error(`nobody answers on ${path}`);
    return port;
  };
  const end = (signal: 'SIGTERM' | 'SIGKILL') => async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    rmSync(place, { recursive: true, force: true });
  };
  return {
    data,
    pid: child.pid ?? 0,
    socket,
    staffSocket: listening.staff,
    staff: async () => driveStaff(await dial(listening.staff ?? '')),
    page: async () => drivePage(await dial(socket)),
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  };
}
