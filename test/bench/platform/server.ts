import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import type { BatchItem } from '../../../main/contract/platform.ts';
import { BatchReply, ChallengeReply } from '../../../main/core/platform-http/wire.ts';
import { SealingKey } from '../../../main/core/seal/seal.ts';

const MAIN = fileURLToPath(new URL('../../sandbox/platform/main.ts', import.meta.url));

/** A reference platform in a process of its own, as it is run, and its kiosks' end of the line. */
export interface BenchServer {
  readonly sealingKey: SealingKey;
  challenges(kiosk: string, count: number): Promise<string[]>;
  /** One batch, as text that is ready. @returns how many were accepted @throws when any was not */
  send(kiosk: string, body: string): Promise<number>;
  /** Processor time that its process has used, all threads, ms. null: this system does not say. */
  processorMs(): number | null;
  close(): Promise<void>;
}

/** Of Linux, on every machine that people have: USER_HZ. */
const TICK_MS = 10;

function processorMs(pid: number | undefined): number | null {
  try {
    // After the name in brackets, which may hold anything: fields 14 and 15 of proc(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return null;
  }
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no output');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /^platform: listening on (http:\S+),/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(String(line));
  return url;
}

export const bodyOf = (items: readonly BatchItem[]): string => JSON.stringify({ items });

export async function startServer(): Promise<BenchServer> {
  const data = mkdtempSync(join(resolve(process.env.BENCH_DIR ?? tmpdir()), 'platform-bench-'));
  const child = spawn(process.execPath, [MAIN, '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const agent = new Agent({ connections: 8, pipelining: 1 });
  const url = await listening(child);
  const post = async (kiosk: string, path: string, body: string): Promise<unknown> => {
    const headers = { 'x-kiosk-id': kiosk, 'content-type': 'application/json' };
    const answer = await request(`${url}${path}`, { method: 'POST', headers, body, dispatcher: agent });
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`);
    return answer.body.json();
  };
  return {
    sealingKey: SealingKey.parse(JSON.parse(readFileSync(join(data, 'sealing-key.jwk.json'), 'utf8'))),
    challenges: async (kiosk, count) => {
      const { challenges } = ChallengeReply.parse(await post(kiosk, '/v1/challenges', JSON.stringify({ count })));
      return challenges.map(({ challenge }) => challenge);
    },
    send: async (kiosk, body) => {
      const { results } = BatchReply.parse(await post(kiosk, '/v1/batches', body));
      const other = results.find(({ outcome }) => outcome !== 'accepted');
      if (other !== undefined) throw new Error(`not accepted: ${other.outcome}`);
      return results.length;
    },
    processorMs: () => processorMs(child.pid),
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await agent.close();
      rmSync(data, { recursive: true });
    },
  };
}
