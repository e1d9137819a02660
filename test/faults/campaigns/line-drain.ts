import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { receiptNumber } from '../../../main/contract/receipt.ts';
import { openOutbox } from '../../../main/core/outbox/outbox.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
import { httpExchange } from '../../../main/core/sync/http-exchange.ts';
import { createPlatformClient } from '../../../main/core/sync/platform-client.ts';
import { startSlowLine } from '../../sandbox/line/slow-line.ts';
import type { LineWorld } from './line.ts';
import { drained, fastClock, limits, SPEED, sync, TIMEOUT_MS } from './line-round.ts';

/** Rows of so many sealed bytes that wait when the line comes, and what it carries. */
export interface Load {
  readonly kbits: number;
  readonly rows: number;
  readonly bytes: number;
}

/** What the line must be good for; the last one never arrived before bodies had deadlines that follow their size. */
export const LOADS: readonly Load[] = [
  { kbits: 128, rows: 60, bytes: 6 * 1024 },
  { kbits: 64, rows: 1, bytes: 700 * 1024 },
  { kbits: 512, rows: 1, bytes: 700 * 1024 },
];

export interface Drain {
  readonly settled: number;
  /** Bytes that went up, to those of the rows. */
  readonly carried: number;
  /** Time until the last row was settled, to what the rows' bytes alone need. */
  readonly time: number;
}

/**
 * Drains a queue over a line that carries just that, with a delay of 20 ms each way. @param speed what the machine itself needs counts so
 * many times over in `time`
 */
export async function drainOver(
  { platform, folder }: Pick<LineWorld, 'platform' | 'folder'>,
  { kbits, rows, bytes }: Load,
  speed = SPEED,
): Promise<Drain> {
  const clock = fastClock(speed);
  const terminal = `K-DRAIN-${kbits}-${rows}`;
  const line = await startSlowLine(platform.url, { bitsPerSecond: kbits * 1000 * speed, delayMs: 20 / speed });
  const opened = openOutbox({ folder: join(folder, terminal), limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  const outbox = opened.value;
  for (let row = 0; row < rows; row++) {
    const receipt = receiptNumber(String(row).padStart(9, '0'));
    outbox.enqueue({ id: v7(), kind: 'set-up', receipt, sealed: 'x'.repeat(bytes) });
  }
  const http = httpExchange({ url: line.url, timeoutMs: TIMEOUT_MS, clock });
  const client = createPlatformClient(http, terminal, () => clock.now(), randomBytes);
  const delivery = createDelivery({
    ...{ outbox, client, clock, random: randomBytes, log: () => {}, terminal, challengeStock: 4 },
    sync: { ...sync, startSpreadSeconds: 0 },
  });
  delivery.start();
  const tookMs = await drained(outbox, clock);
  const { carried } = line;
  await delivery.stop();
  await line.close();
  const counts = outbox.counts();
  outbox.close();
  const total = rows * bytes;
  return { settled: counts.accepted + counts.refused, carried: carried / total, time: (tookMs * kbits) / (total * 8) };
}
