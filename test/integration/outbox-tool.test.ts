import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { testFolder } from '../support/test-folder.ts';

/** `npm run outbox` as an engineer runs it, on a queue that stands still, on damaged and on foreign files. */
const TOOL = resolve(import.meta.dirname, '../../main/hosts/core/outbox-tool.ts');
const FIXTURES = resolve(import.meta.dirname, '../fixtures/outbox');
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const shown = (n: number) => receipt(n).replace(/^(...)(...)(....)$/, '$1-$2-$3');
const sealed = (n: number) => `only-the-platform-${n}-`.repeat(20);
let data: string;
let queue: string;
let live: string;
let aside: string;

beforeEach(() => {
  data = testFolder('kiosk', 'outbox-tool');
  queue = join(data, 'queue');
  mkdirSync(queue, { recursive: true });
  live = join(queue, 'outbox.db');
  aside = join(queue, 'outbox.db.damaged-2026-11-23T01-00-00-000Z');
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

function store(): OutboxStore {
  const limits = { maxRows: 500, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
  const opened = openOutbox({
    folder: queue,
    journalFolder: join(data, 'journal'),
    limits,
    clock: createManualClock(),
    log: () => {},
  });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}
function withStore<T>(work: (outbox: OutboxStore) => T): T {
  const outbox = store();
  try {
    return work(outbox);
  } finally {
    outbox.close();
  }
}
const put = (outbox: OutboxStore, ...numbers: number[]) => {
  for (const n of numbers)
    expect(outbox.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: sealed(n) }).ok).toBe(true);
};
/** Puts the database aside; the second copy is gone too, or its rows would come back from there by themselves. */
const takeAway = (to: string) => {
  renameSync(live, to);
  rmSync(join(data, 'journal'), { recursive: true });
};
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...args], { encoding: 'utf8' });
  // Never content, never a stack trace.
  expect(stdout + stderr).not.toMatch(/only-the-platform|node:internal|\n {4}at /);
  return { status, stdout, stderr };
};
const oneSentence = (text: string) => expect(text).toMatch(/^[^\n]+\n$/);

describe('look and verify', () => {
  test('counts, times, version and the receipts of what is unsent', () => {
    withStore((outbox) => {
      put(outbox, 1, 2, 3);
      outbox.settle([
        { id: id(1), state: 'accepted', reference: 'REF-1' },
        { id: id(2), state: 'parked', code: 'http-404' },
      ]);
    });
    const { status, stdout } = run('look', live);
    expect(status).toBe(0);
    expect(stdout).toMatch(/database, version \d+, 3 rows/);
    expect(stdout).toMatch(/by state: .*accepted 1/);
    expect(stdout).toContain('by kind: set-up 3');
    expect(stdout).toContain('unsent: 2');
    expect(stdout).toMatch(new RegExp(`${shown(2)} .*set-up {2}parked`));
    expect(stdout).toMatch(new RegExp(`${shown(3)} .*set-up {2}pending`));
    expect(stdout).not.toContain(shown(1));
    expect(run('verify', live)).toMatchObject({ status: 0, stderr: '' });
  });

  test('a changed byte is told by its receipt, also where the folder is named', () => {
    withStore((outbox) => put(outbox, 1, 2, 3));
    const bytes = readFileSync(live);
    bytes.write('X', bytes.indexOf(sealed(2)));
    writeFileSync(live, bytes);
    for (const named of [live, queue, data]) {
      const { status, stderr } = run('verify', named);
      expect(status).toBe(1);
      expect(stderr).toContain(`1 rows are not what was written: ${shown(2)}`);
    }
    expect(run('look', live).stdout).toContain(`damaged: ${shown(2)}`);
  });

  test('a running core is refused with a sentence; what was set aside can be looked at meanwhile', () => {
    withStore((outbox) => put(outbox, 1));
    copyFileSync(live, aside);
    withStore((outbox) => {
      put(outbox, 2);
      for (const order of ['look', 'verify'] as const) {
        const { status, stderr } = run(order, live);
        expect([status, stderr]).toEqual([1, `${live}: the kiosk is running and writes it; stop the kiosk first\n`]);
      }
      for (const args of [
        ['salvage', aside, '--data', data],
        ['export', live, '--out', join(data, 'out.jsonl'), '--terminal', 'TOWN-01'],
        ['export', aside, '--out', join(data, 'out.jsonl'), '--terminal', 'TOWN-01'],
      ]) {
        const { status, stderr } = run(...args);
        expect([status, stderr]).toEqual([1, expect.stringContaining('the kiosk is running')]);
        oneSentence(stderr);
      }
      expect(run('look', aside).status).toBe(0);
    });
  });

  test('a bad file is one sentence for every order, wrong arguments are the usage', () => {
    withStore(() => {});
    for (const content of [null, '', 'hello', '{"n":hello', Buffer.alloc(10_000, 0x55)]) {
      const bad = join(data, 'bad');
      rmSync(bad, { force: true });
      if (content !== null) writeFileSync(bad, content);
      const orders = [
        ['look', bad],
        ['verify', bad],
        ['salvage', bad, '--data', data],
        ['export', bad, '--out', join(data, 'out.jsonl'), '--terminal', 'TOWN-01'],
      ];
      for (const args of content === null || typeof content !== 'string' ? orders : orders.slice(0, 1)) {
        const { status, stdout, stderr } = run(...args);
        expect([status, stdout]).toEqual([1, '']);
        oneSentence(stderr);
        expect(stderr).toMatch(content === null ? /there is no such file/ : /not a queue of a kiosk/);
      }
    }
    expect(existsSync(join(data, 'out.jsonl'))).toBe(false);
    for (const args of [['look'], ['mend', live], ['look', live, live], ['salvage', live], ['export', live, '--x']]) {
      const { status, stderr } = run(...args);
      expect([status, stderr]).toEqual([2, expect.stringContaining('usage: npm run outbox')]);
    }
    expect(run('salvage', aside, '--data', join(data, 'nowhere')).status).toBe(1);
    expect(run('salvage', live, '--data', data).stderr).toContain('this is the queue itself');
  }, 60_000);
});

describe('salvage', () => {
  test('puts unsent rows back, once, past taking back; what was settled or taken back stays so', () => {
    withStore((outbox) => put(outbox, 2, 3));
    const older = join(data, 'backup.db');
    copyFileSync(live, older);
    withStore((outbox) => {
      put(outbox, 1, 4, 5);
      outbox.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }]);
      outbox.settle([{ id: id(5), state: 'parked', code: 'http-404' }]);
      outbox.cancel(receipt(2));
    });
    takeAway(aside);
    withStore((outbox) => {
      expect(outbox.counts().lost).toBe(3);
      expect(outbox.look(receipt(3))?.state).toBe('lost');
    });
    expect(run('salvage', aside, '--data', data)).toMatchObject({
      status: 0,
      stdout: `${aside}: 3 put back, 0 known or settled already\n`,
    });
    expect(run('salvage', aside, '--data', data).stdout).toBe(`${aside}: 0 put back, 3 known or settled already\n`);
    // An older copy of the same queue, in which number 2 still waits.
    expect(run('salvage', older, '--data', data).stdout).toBe(`${older}: 0 put back, 2 known or settled already\n`);
    withStore((outbox) => {
      expect(outbox.due(Date.now() + 1e12, { items: 10, bytes: 1e6 }).map((row) => row.receipt)).toEqual(
        expect.arrayContaining([receipt(3), receipt(4), receipt(5)]),
      );
      expect(outbox.look(receipt(3))?.state).toBe('sending');
      expect(outbox.cancel(receipt(3))).toEqual({ ok: true, value: false });
      // Taken back by its person, and so it stays.
      expect(outbox.staff.exportRow(id(2))).toBeNull();
      expect(outbox.counts()).toMatchObject({ sending: 3, pending: 0 });
      expect(outbox.staff.findings()[0]).toMatchObject({ what: 'salvaged', receipts: [3, 4, 5].map(receipt) });
      expect(outbox.staff.exportRow(id(3))?.sealed).toBe(sealed(3));
    });
  });

  test('what cannot be saved is told by its receipt, and the rest comes back', () => {
    withStore((outbox) => put(outbox, 1, 2, 3));
    const bytes = readFileSync(live);
    bytes.write('X', bytes.indexOf(sealed(2)));
    writeFileSync(live, bytes);
    takeAway(aside);
    withStore(() => {});
    const { status, stdout, stderr } = run('salvage', aside, '--data', data);
    expect([status, stdout]).toEqual([1, `${aside}: 2 put back, 0 known or settled already\n`]);
    expect(stderr).toBe(`${aside}: 1 cannot be saved: ${shown(2)}\n`);
    withStore((outbox) => expect(outbox.counts().sending).toBe(2));
  });

  test.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.db')))('the stored file of an old version: %s', (name) => {
    withStore(() => {});
    const old = join(data, name);
    copyFileSync(join(FIXTURES, name), old);
    expect(run('look', old).stdout).toContain('unsent: 1');
    expect(run('salvage', old, '--data', data)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 put back') });
    withStore((outbox) => expect(outbox.look('1234567897')?.state).toBe('sending'));
  });
});
