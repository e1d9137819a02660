import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receiptNumber } from '../../main/contract/receipt.ts';
import { STOOD_STILL } from '../../main/contract/stood-still.ts';
import { openOutbox } from '../../main/core/outbox/outbox.ts';
import { systemClock } from '../../main/hosts/core/system.ts';
import { startCore } from '../../main/hosts/launch/core-process.ts';
import type { SilenceBounds } from '../../main/hosts/launch/silence.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { bareCore } from '../support/bare-core.ts';
import { testFolder } from '../support/test-folder.ts';

/**
 * The real core under its launcher, with a queue over which its loop stands still. No restart may meet the same freeze again: it would stand still
 * for ever, and no person could be served.
 */

const silence: SilenceBounds = { startingMs: 20_000, listeningMs: 6000 };
/** After the last freeze: it is noticed, another core comes up, and one that would stand still again would do so long before. */
const QUIET_MS = 18_000;
const LONGEST_MS = 90_000;
const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
const wheres = ['mark', 'row', 'check', 'journal'] as const;
type Where = (typeof wheres)[number];
const idOf = (where: Where, n: number) => `0199aaaa-0000-7000-8000-0000000000${wheres.indexOf(where)}${n}`;
const receiptOf = (n: number) => receiptNumber(String(n).padStart(9, '0'));

let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ data: testFolder('world', 'freeze-once'), memory: true });
});
afterAll(() => platform.close());

function openQueue(data: string) {
  const opened = openOutbox({
    ...{ folder: join(data, 'queue'), journalFolder: join(data, 'journal'), limits, clock: systemClock, log: () => {} },
  });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

interface Case {
  readonly where: Where;
  /** The row over which the loop stands, of three; 0: none. */
  readonly sick: number;
}

/** Three rows wait. The core is started, and killed and started again whenever it stands, until all rows but the sick one are settled. */
async function live({ where, sick }: Case) {
  const bare = await bareCore();
  const data = join(bare.folder, 'data');
  mkdirSync(data);
  const before = openQueue(data);
  const ids = [1, 2, 3].map((n) => idOf(where, n));
  const sealed = `${where}.${'x'.repeat(200)}`;
  ids.forEach((id, n) => void before.enqueue({ id, kind: 'set-up', receipt: receiptOf(n + 1), sealed }));
  before.close();
  const noted = join(bare.folder, 'noted');
  const hook = pathToFileURL(join(import.meta.dirname, 'freezing/hook.ts'));
  const at = where === 'journal' ? statSync(join(data, 'journal/journal-00000001.log')).ino : sick;
  hook.search = new URLSearchParams({ where, at: String(at), noted }).toString();
  Object.assign(process.env, bare.env);
  const set = [
    `platform.url=${platform.url}`,
    ...['sync.pollSeconds=1', 'sync.backOffCapSeconds=1', 'sync.startSpreadSeconds=0'],
  ];
  const core = startCore({
    node: process.execPath,
    entry: '--import',
    args: [hook.href, bare.entry, ...bare.args, ...set.flatMap((pair) => ['--set', pair])],
    timers: systemTimers,
    log: () => {},
    onLine: () => {},
    stoodStill: join(data, STOOD_STILL),
    silence,
  });
  const wanted = ids.filter((_, n) => n + 1 !== sick);
  const answered = () => {
    const { perId } = platform.summary();
    return wanted.every((id) => perId[id] !== undefined);
  };
  const times = () => (existsSync(noted) ? readFileSync(noted, 'utf8').split('\n').length - 1 : 0);
  try {
    const end = performance.now() + LONGEST_MS;
    let last = { times: 0, at: performance.now() };
    const quiet = () => last.times > 0 && performance.now() - last.at > QUIET_MS;
    while ((!answered() || !quiet()) && performance.now() < end) {
      if (times() > last.times) last = { times: times(), at: performance.now() };
      await sleep(100);
    }
    await core.stop();
    const after = openQueue(data);
    const found = after.staff.findings();
    const alone = after.staff.alone(10);
    const counts = after.counts();
    after.close();
    return { times: times(), found, alone, waiting: counts.pending + counts.sending };
  } finally {
    await core.stop();
    bare.remove();
  }
}

describe.concurrent('no restart meets the same freeze twice', { timeout: 120_000 }, () => {
  test('over one row that is being marked: found by halving, then an hour apart', async () => {
    const { times, alone, waiting } = await live({ where: 'mark', sick: 2 });
    // With all three, with two of them or so, and alone: never twice in the same company.
    expect(times).toBeLessThanOrEqual(3);
    expect(alone).toMatchObject([{ id: idOf('mark', 2) }]);
    expect((alone[0]?.next_attempt ?? 0) - systemClock.now()).toBeGreaterThan(50 * 60_000);
    expect(waiting).toBe(1);
  });
  test('over one row that is read: left out, and shown to staff', async () => {
    const { times, found, waiting } = await live({ where: 'row', sick: 2 });
    expect([times, waiting]).toEqual([1, 1]);
    expect(found).toMatchObject([{ what: 'stood-still', receipts: [receiptOf(2)] }]);
  });
  test('over the long check: left out', async () => {
    const { times, found, waiting } = await live({ where: 'check', sick: 0 });
    expect([times, waiting]).toEqual([1, 0]);
    expect(found).toMatchObject([{ what: 'stood-still', receipts: [] }]);
  });
  test('over a file of the journal, while it is opened: set aside, and written anew from the database', async () => {
    const { times, found, waiting } = await live({ where: 'journal', sick: 0 });
    expect([times, waiting]).toEqual([1, 0]);
    expect(found.map(({ what }) => what).sort()).toEqual(['journal-gone', 'stood-still']);
  });
});
