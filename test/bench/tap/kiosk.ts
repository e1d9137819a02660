import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../electron/host.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start/sandbox.ts';
import { freePort } from '../../support/free-port.ts';
import { newFolder } from '../folders.ts';

/** The demo as a person meets it: core, virtual reader, platform, printer, page server, each a real one. */
export interface DemoKiosk {
  readonly url: string;
  readonly sandbox: Sandbox;
  stop(): Promise<void>;
}

export async function startDemo(): Promise<DemoKiosk> {
  const readerPort = await freePort();
  const sandbox = await startSandbox({ data: newFolder('disk'), readerPort, driver: 'virtual' });
  const child = spawn(
    process.execPath,
    [
      join(root, 'main/hosts/launch/launch.ts'),
      ...['--profile', 'demo', '--print-token', '--data', newFolder('disk'), ...sandbox.settings],
      ...['--set', 'timeouts.goodbyeSeconds=1'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort) } },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const url = await new Promise<string>((found, lost) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = /^Kiosk page: (\S+)$/.exec(line)?.[1];
      if (address !== undefined) found(address);
    });
    child.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  return {
    url,
    sandbox,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await sandbox.close();
    },
  };
}
