import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { EnrolmentCodeView } from '../sandbox/platform/routes-sandbox.ts';

const main = resolve(import.meta.dirname, '../sandbox/platform/main.ts');

/** The reference platform as a process of its own, over HTTPS, to kiosks with a certificate only. */
export interface TlsPlatform {
  readonly url: string;
  /** A one-time code, as the platform's operator makes it (who has a certificate). */
  newCode(terminal: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param world its data directory @param port of before, to be the same platform again */
export async function startTlsPlatform(world: string, port = '0'): Promise<TlsPlatform> {
  const args = [main, '--data', world, '--tls', '--kiosk', 'K-TEST-1', '--port', port];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /https:\/\/\S+(?=,)/.exec(String(line))?.[0] ?? '';
  return {
    url,
    async newCode(terminal) {
      const read = (name: string) => readFileSync(join(world, 'tls', name), 'utf8');
      const dispatcher = new Agent({
        connect: { ca: read('ca.pem'), cert: read('operator.cert.pem'), key: read('operator.key.pem') },
      });
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ terminal });
      const answer = await request(`${url}/sandbox/enrolment-codes`, { method: 'POST', headers, body, dispatcher });
      const view = EnrolmentCodeView.parse(await answer.body.json());
      await dispatcher.close();
      return view.code;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
