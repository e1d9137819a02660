import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dropFolder, newFolder } from '../folders.ts';

export interface Loopback {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the bench's fast platform (loopback-server.ts). @param delayMs every answer is held back so long */
export async function startLoopback(delayMs: number): Promise<Loopback> {
  const folder = newFolder('disk');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'loopback-server.ts'), folder, String(delayMs)], {
    // It ends when its input does: also when this process is killed.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = await once(createInterface(child.stdout), 'line');
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async stop() {
      child.kill();
      await once(child, 'exit');
      dropFolder(folder);
    },
  };
}
