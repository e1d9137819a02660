import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { programOf } from '../../support/programs.ts';

/** The reference platform as a process of its own, as in the real world. */
export interface PlatformProcess {
  readonly url: string;
  readonly sealingKeyFile: string;
  readonly catalogueKeyFile: string;
  readonly pid: number;
  /** What a provider proves itself with. */
  providerKey(service: string): string;
  /** Pays every open claim. @throws when the platform does not answer */
  paySubsidies(): Promise<void>;
  stop(): Promise<void>;
}

/** @param providers address of their checks @throws when it ends before it listens */
export async function startPlatformProcess(data: string, providers: string): Promise<PlatformProcess> {
  const child = spawn(
    process.execPath,
    [programOf('test/sandbox/platform/main.ts'), '--port', '0', '--data', data, '--providers', providers],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the platform ended with code ${code}`)));
    child.once('error', reject);
  });
  const keys = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(data, 'provider-keys.private.json'), 'utf8')));
  return {
    url,
    providerKey: (service) => keys[service] ?? '',
    async paySubsidies() {
      const { ok, status } = await fetch(`${url}/sandbox/subsidies`, { method: 'POST' });
      if (!ok) throw new Error(`subsidies: ${status}`);
    },
    sealingKeyFile: join(data, 'sealing-key.jwk.json'),
    catalogueKeyFile: join(data, 'catalogue-key.jwk.json'),
    pid: child.pid ?? -1,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
