import * as files from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { Connect } from './database.ts';
import { createDiskReserve } from './disk-reserve.ts';
import { Promises } from './promises.ts';
import { RowsInHand } from './settling.ts';
import { Storage } from './storage.ts';
import { WaitingRows } from './waiting-rows.ts';
import { WorkMark } from './work-mark.ts';

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number, receipt = '1234567897') => ({ id: id(n), kind: 'set-up' as const, receipt, sealed: `sealed-${n}` });

let folder: string;
let storage: Storage;
beforeEach(() => {
  folder = files.mkdtempSync(join(tmpdir(), 'promises-'));
});
afterEach(() => {
  storage.close();
  files.rmSync(folder, { recursive: true });
});

/** Both copies on the disk, with the register and the maintenance only noted. @param apart places that are being mended */
function harness({ maxRows = 3, free = true, apart = new Set<number>() } = {}) {
  const clock = createManualClock();
  const noted: string[] = [];
  const work = new WorkMark({ path: join(folder, 'at-work'), files, clock, stoodStill: undefined });
  const space = createDiskReserve(folder, join(folder, 'ballast'), { ballastBytes: 0, minFreeBytes: 0 });
  storage = new Storage({
    ...{ path: join(folder, 'outbox.db'), journalFolder: join(folder, 'journal'), files, clock, space, work },
    connect: undefined as Connect | undefined,
    newJournal: () => id(99),
    log: () => {},
    hasEnded: () => false,
  });
  expect(storage.open().ok).toBe(true);
  const inHand = new RowsInHand(storage, clock);
  const promises = new Promises({
    ...{ storage, clock, inHand, limits: { maxRows } },
    log: (event) => noted.push(event),
    space: { enough: () => free },
    register: {
      add: (one) => void noted.push(`add ${one.id.at(-1)}`),
      remove: (ids) => void noted.push(`remove ${ids.map((one) => one.at(-1)).join(' ')}`),
      takeBack: (receipt) => void noted.push(`take back ${receipt}`),
    },
    maintenance: { noteCommit: () => void noted.push('commit'), endCancelling: () => void noted.push('end cancelling') },
  });
  const setApart = (seq: number) => {
    apart.add(seq);
  };
  const waiting = new WaitingRows({ storage, work, clock, maintenance: { apart, setApart } });
  const due = () => waiting.due(clock.now(), { items: 10, bytes: 10_000 }).map((one) => one.id);
  return { clock, promises, waiting, noted, due };
}

describe('promises', () => {
  it('are not made where the queue or the disk is full', () => {
    const { promises } = harness({ maxRows: 1 });
    expect(promises.reserve(id(1), 100).ok).toBe(true);
    expect(promises.enqueue(row(1)).ok).toBe(true);
    expect(promises.reserve(id(2), 100)).toEqual({ ok: false, error: 'full' });
    storage.close();
    expect(harness({ free: false }).promises.reserve(id(2), 100)).toEqual({ ok: false, error: 'full' });
  });
  it('are named as long as they are promised: a parked row is, one that was answered or taken back is not', () => {
    const { promises, noted } = harness();
    for (const n of [1, 2]) promises.enqueue(row(n, `000000000${n}`));
    expect(noted).toEqual(['outbox.enqueued', 'commit', 'add 1', 'outbox.enqueued', 'commit', 'add 2']);
    noted.length = 0;
    const parked = { id: id(1), state: 'parked', code: 'conflict' } as const;
    expect(promises.settle([parked, { id: id(2), state: 'accepted', reference: 'R' }])).toEqual([id(1), id(2)]);
    expect(noted).toEqual(['commit', 'remove 2']);
    noted.length = 0;
    promises.enqueue(row(3, '0000000003'));
    expect(promises.cancel('0000000003')).toEqual({ ok: true, value: true });
    expect(promises.cancel('0000000003')).toEqual({ ok: true, value: false });
    expect(noted).toEqual([
      ...['outbox.enqueued', 'commit', 'add 3'],
      'outbox.cancelled',
      'take back 0000000003',
      'end cancelling',
    ]);
  });
});

describe('rows that wait', () => {
  it('come in the order of the queue, and not while they are set apart', () => {
    const apart = new Set<number>();
    const { clock, promises, waiting, due } = harness({ apart });
    expect(waiting.nextDue()).toBeNull();
    for (const n of [1, 2]) promises.enqueue(row(n, `000000000${n}`));
    expect(waiting.nextDue()).toBe(clock.now());
    expect(due()).toEqual([id(1), id(2)]);
    expect(waiting.row(id(2))).toMatchObject({ id: id(2), sealed: 'sealed-2' });
    apart.add(2);
    expect([due(), waiting.row(id(2))]).toEqual([[id(1)], null]);
  });
  it('one whose payload is not what was written is set apart, and the rest goes', () => {
    const apart = new Set<number>();
    const { promises, waiting, due } = harness({ apart });
    for (const n of [1, 2]) promises.enqueue(row(n, `000000000${n}`));
    storage.write(({ db }) => void db.prepare('UPDATE payload SET sealed = ? WHERE seq = 1').run('other'));
    expect(due()).toEqual([id(2)]);
    expect([...apart]).toEqual([1]);
    expect(waiting.row(id(1))).toBeNull();
  });
});
