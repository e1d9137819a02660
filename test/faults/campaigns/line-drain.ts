import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { receiptNumber } from '../../../main/contract/receipt.ts';
import { openOutbox } from '../../../main/core/outbox/outbox.ts';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
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
  /** ms by the kiosk's clock until the last row was settled. */
  readonly tookMs: number;
}

const DELAY_MS = 20;
const lineOf = ({ kbits }: Load, speed: number) => ({ bitsPerSecond: kbits * 1000 * speed, delayMs: DELAY_MS / speed });

/**
 * The ideal: one plain request with the rows' bytes over a line of its own that is the same, to somebody who answers at once. Measured beside the
 * drain, so that line, delay and machine are in both. @returns ms by a clock of that speed
 */
export async function plainPost(load: Load, speed = SPEED): Promise<number> {
  const server = createServer((request, response) => void request.resume().on('end', () => response.end('taken')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line = await startSlowLine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, lineOf(load, speed));
  const clock = fastClock(speed);
  const answer = await fetch(line.url, { method: 'POST', body: 'x'.repeat(load.rows * load.bytes) });
  await answer.text();
  const tookMs = clock.monotonic();
  await line.close();
  server.close();
  return tookMs;
}

/**
 * Drains a queue over a line that carries just that, with a delay of 20 ms each way. @param speed what the machine itself needs counts so
 * many times over in `tookMs`
 */
export async function drainOver(
  { platform, folder }: Pick<LineWorld, 'platform' | 'folder'>,
  load: Load,
  speed = SPEED,
): Promise<Drain> {
  const { kbits, rows, bytes } = load;
  const clock = fastClock(speed);
  const terminal = `K-DRAIN-${kbits}-${rows}`;
  const line = await startSlowLine(platform.url, lineOf(load, speed));
  const opened = openOutbox({ folder: join(folder, terminal), limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  const outbox = opened.value;
  for (let row = 0; row < rows; row++) {
    const receipt = receiptNumber(String(row).padStart(9, '0'));
    outbox.enqueue({ id: v7(), kind: 'set-up', receipt, sealed: 'x'.repeat(bytes) });
  }
  const http = httpExchange({ url: line.url, timeoutMs: TIMEOUT_MS, clock });
  const client = createHttpPlatform(http, terminal, () => clock.now(), randomBytes);
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
  return { settled: counts.accepted + counts.refused, carried: carried / (rows * bytes), tookMs };
}
