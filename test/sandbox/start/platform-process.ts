import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The reference platform as a process of its own, as in the real world. */
export interface PlatformProcess {
  readonly url: string;
  readonly sealingKeyFile: string;
  readonly catalogueKeyFile: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '../platform/main.ts');

/** @throws when it ends before it listens */
export async function startPlatformProcess(data: string, port = 0): Promise<PlatformProcess> {
  const child = spawn(process.execPath, [MAIN, '--port', String(port), '--data', data], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the platform ended with code ${code}`)));
    child.once('error', reject);
  });
  return {
    url,
    sealingKeyFile: join(data, 'sealing-key.jwk.json'),
    catalogueKeyFile: join(data, 'catalogue-key.jwk.json'),
    pid: child.pid ?? -1,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
