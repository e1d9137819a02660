import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPkiDir, loadTestPki, type TestPki } from '../../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../../sandbox/platform/start.ts';
import { testFolder } from '../../support/test-folder.ts';
import { startLife } from './life.ts';
import { startTappedLine, type TappedLine } from './tapped-line.ts';

/** A round takes two seconds, or some more on a busy machine. */
const LONGEST_ROUND_MS = 30_000;

/** One kiosk's data folder, and a platform that knows nobody yet. */
export interface World {
  readonly platform: Platform;
  readonly line: TappedLine;
  readonly pki: TestPki;
  /** The next life on the same folder. @throws when the round has taken too long */
  readonly start: (point: string | null, delayMs: number) => ReturnType<typeof startLife>;
  close(): Promise<void>;
}

/** @param child the program of a life; the sources, when not said */
export async function makeWorld(child?: string): Promise<World> {
  const pki = await loadTestPki(defaultPkiDir);
  const platform = await startPlatform({ data: testFolder('world', 'core-kill'), memory: true, pki });
  const line = await startTappedLine(platform.url);
  const sockets = mkdtempSync(join(tmpdir(), 'mado-kill-'));
  const data = testFolder('kiosk', 'core-kill');
  const set = [
    `platform.url=${line.url}`,
    `platform.sealingKeyFile=${platform.sealingKeyFile}`,
    // Short waits, so that a round is short: none of them is asserted on.
    ...['sync.pollSeconds=1', 'sync.backOffCapSeconds=1', 'platform.waitForAnswerSeconds=2', 'platform.requestTimeoutSeconds=5'],
    ...['outbox.ballastBytes=65536', 'outbox.minFreeBytes=0', 'outbox.challengeStock=4'],
  ];
  let lives = 0;
  const killers: (() => void)[] = [];
  // A life that hangs would hang the round: killing every life ends all that is waited for.
  const guard = setTimeout(() => {
    lives = Number.NaN;
    for (const kill of killers) kill();
  }, LONGEST_ROUND_MS);
  return {
    platform,
    line,
    pki,
    start: async (point, delayMs) => {
      lives += 1;
      if (Number.isNaN(lives)) throw new Error('the round hangs');
      const started = await startLife({ data, socket: join(sockets, `${lives}.sock`), set, point, delayMs, child });
      if (started.life !== null) killers.push(started.life.kill);
      return started;
    },
    async close() {
      clearTimeout(guard);
      await line.close();
      await platform.close();
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}
