import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { importAnswers } from '../../main/core/staff/queue/import-answers.ts';
import { answerVerifier, type VerifyAnswer } from '../../main/core/staff/queue/read-answer.ts';
import { salvageFile } from '../../main/core/staff/queue/salvage-file.ts';
import { writeExport } from '../../main/core/staff/queue/write-export.ts';
import { createDelivery, type StaffDelivery } from '../../main/core/sync/delivery.ts';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { catalogueKey, forgedSigner } from '../sandbox/platform/catalogue-key.ts';
import { createCounter } from '../sandbox/platform/counter.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { sakuraAccount, signUpContent } from '../support/sign-up-acts.ts';
import { testFolder } from '../support/test-folder.ts';
import { canMount, mountTmpfs } from '../support/tmpfs.ts';

/**
 * A line that stays dead: sign-ups leave the kiosk on a medium, the platform takes them through the path of every delivery, its signed
 * answer comes back, and each person's act is done exactly once, whatever the line does meanwhile.
 */
const TERMINAL = 'K-TEST-1';
const names = ['fresh', 'fresh-2', 'wrong-pin-once'] as const;
let pki: TestPki;
let clock: ManualClock;
let outbox: OutboxStore;
let platform: Platform;
let delivery: StaffDelivery;
let verify: VerifyAnswer | null;
let cut: boolean;
let medium: string;
let queue: string;
let world: string;
let ids: string[];

beforeAll(async () => {
  pki = await ensureTestPki();
});
beforeEach(async () => {
  clock = createManualClock(Date.now());
  queue = testFolder('kiosk', 'dead-line');
  const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
  const opened = openOutbox({ folder: queue, limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  outbox = opened.value;
  world = testFolder('world', 'dead-line');
  platform = await startPlatform({ data: world, port: null, pki });
  verify = await answerVerifier(platform.catalogueJwk);
  medium = join(testFolder('world', 'media'), 'USB');
  mkdirSync(medium);
  const counter = await createCounter(platform, TERMINAL);
  ids = [];
  for (const [index, name] of names.entries()) {
    const { authCertDer, authKey } = personOf(pki, name);
    const content = signUpContent({ account: sakuraAccount(index) });
    const { item } = await counter.actWith({ certDer: authCertDer, key: authKey }, { content });
    const { id, kind, receipt, sealed } = item;
    expect(outbox.enqueue({ id, kind, receipt, sealed }).ok).toBe(true);
    ids.push(id);
  }
  outbox.addChallenges([{ challenge: 'A'.repeat(32), expiresAt: clock.now() + 1e9 }]);
  cut = true;
  const client = createHttpPlatform(
    {
      exchange: async (ask) => {
        if (cut) throw new Error('cut');
        return platform.exchange(ask);
      },
      close: async () => {},
    },
    TERMINAL,
    () => clock.now(),
    randomBytes,
  );
  const sync = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 0 };
  const random = (length: number) => new Uint8Array(length).fill(0xff);
  delivery = createDelivery({ outbox, client, clock, random, log: () => {}, terminal: TERMINAL, sync, challengeStock: 1 });
  delivery.start();
});
afterEach(async () => {
  await delivery.stop();
  outbox.close();
  await platform.close();
  rmSync(medium, { recursive: true, force: true });
});

const send = async () => {
  for (let turn = 0; turn < 200 && outbox.counts().sending + outbox.counts().pending > 0; turn++) {
    clock.advance(1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const exported = async () => {
  const done = await writeExport({ outbox, medium, terminal: TERMINAL, now: clock.now() });
  if (!done.ok) throw new Error(done.error);
  return join(medium, done.value.file);
};
const imported = (terminal = TERMINAL) => importAnswers({ outbox, delivery, medium, terminal, verify });
const once = () => {
  const { perId, accepted } = platform.summary();
  expect(accepted).toBe(names.length);
  for (const id of ids) expect(perId[id]).toMatchObject({ accepted: 1, refused: 0, conflict: 0 });
};

describe('the whole loop', () => {
  test('queued, exported, taken, imported; then the line is back and nothing happens twice', async () => {
    const file = await exported();
    expect(file).toMatch(/madoguchi-K-TEST-1-\d{8}-\d{6}\.jsonl$/);
    expect(outbox.counts()).toMatchObject({ pending: 0, sending: names.length });
    // Nobody can take back what may have left.
    for (const id of ids) expect(outbox.cancel(outbox.row(id)?.receipt ?? '')).toEqual({ ok: true, value: false });

    expect(await platform.takeExport(file)).toMatchObject({ terminal: TERMINAL, items: 3, accepted: 3 });
    expect(await imported()).toEqual({ ok: true, value: { settled: 3, again: 0, unknown: 0 } });
    expect(outbox.counts()).toMatchObject({ sending: 0, accepted: 3 });
    expect(platform.links()).toHaveLength(3);
    // The answer holds nothing of a person.
    const answer = readdirSync(medium).find((name) => name.endsWith('.answer')) ?? '';
    const [, payload = ''] = readFileSync(join(medium, answer), 'utf8').split('.');
    expect(Buffer.from(payload, 'base64url').toString()).not.toContain('reply');

    expect(await imported()).toEqual({ ok: true, value: { settled: 0, again: 3, unknown: 0 } });
    cut = false;
    await send();
    expect(platform.summary().duplicates).toBe(0);
    once();
  });

  test('the line comes back between export and import: duplicates, and each act once', async () => {
    const file = await exported();
    cut = false;
    delivery.retryNow();
    await send();
    expect(outbox.counts()).toMatchObject({ accepted: 3 });
    expect(await platform.takeExport(file)).toMatchObject({ items: 3, accepted: 3 });
    expect(platform.summary().duplicates).toBe(3);
    expect(await imported()).toEqual({ ok: true, value: { settled: 0, again: 3, unknown: 0 } });
    once();
  });

  test('taken first, and sent over the line before the answer came: duplicates settle the rows', async () => {
    await platform.takeExport(await exported());
    cut = false;
    delivery.retryNow();
    await send();
    expect(outbox.counts()).toMatchObject({ accepted: 3, sending: 0 });
    expect(platform.summary().duplicates).toBe(3);
    once();
  });

  test('what a person takes back while the export begins stays at home', async () => {
    const receipt = outbox.row(ids[1] ?? '')?.receipt ?? '';
    const markSending: typeof outbox.markSending = (marked) => {
      expect(outbox.cancel(receipt)).toEqual({ ok: true, value: true });
      return outbox.markSending(marked);
    };
    const options = { outbox: { markSending, staff: outbox.staff }, medium, terminal: TERMINAL, now: clock.now() };
    const done = await writeExport(options);
    if (!done.ok) throw new Error(done.error);
    expect(done.value.rows).toBe(2);
    expect(await platform.takeExport(join(medium, done.value.file))).toMatchObject({ items: 2, accepted: 2 });
    expect(platform.summary().perId[ids[1] ?? '']).toBeUndefined();
  });

  test('the medium is lost: the rows are still queued, and go out again in the next export', async () => {
    await exported();
    rmSync(medium, { recursive: true });
    mkdirSync(medium);
    clock.advance(1000);
    await platform.takeExport(await exported());
    expect(await imported()).toEqual({ ok: true, value: { settled: 3, again: 0, unknown: 0 } });
    once();
  });
});

describe('the platform’s own command', () => {
  const main = resolve(import.meta.dirname, '../sandbox/platform/main.ts');
  const run = (...args: string[]) => spawnSync(process.execPath, [main, '--data', world, ...args], { encoding: 'utf8' });

  test('takes an export when the platform does not run, and says so when it does, or when the file is none', async () => {
    const file = await exported();
    const answer = join(medium, 'madoguchi-K-TEST-1-by-hand.answer');
    const running = run('--take', file, '--answer', answer);
    expect([running.status, running.stderr]).toEqual([1, expect.stringMatching(/^platform: .*locked\n$/)]);
    await platform.close();
    const taken = run('--take', file, '--answer', answer);
    expect([taken.status, taken.stdout]).toEqual([0, 'platform: took 3 of K-TEST-1, 3 accepted\n']);
    const wrong = run('--take', answer);
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/^platform: .*\.answer: not a whole export of a kiosk\n$/),
    ]);
    platform = await startPlatform({ data: world, port: null, pki });
    expect(await imported()).toEqual({ ok: true, value: { settled: 3, again: 0, unknown: 0 } });
    once();
  });
});

describe('what is not believed', () => {
  const answerFile = () => join(medium, readdirSync(medium).find((name) => name.endsWith('.answer')) ?? '');
  const untouched = () => expect(outbox.counts()).toMatchObject({ sending: 3, accepted: 0, parked: 0, refused: 0 });

  test.each([
    ['a changed letter', (text: string) => text.replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`)],
    ['cut short', (text: string) => text.slice(0, -10)],
    ['without its last line feed', (text: string) => text.trimEnd()],
    ['the same part twice', (text: string) => text + text],
    ['nothing', () => ''],
    ['no JWS', () => 'hello\n'],
  ])('an answer with %s settles nothing', async (_name, change) => {
    await platform.takeExport(await exported());
    const file = answerFile();
    writeFileSync(file, change(readFileSync(file, 'latin1')));
    expect(await imported()).toEqual({ ok: false, error: 'bad-file' });
    untouched();
  });

  test('an answer that somebody else signed, and a catalogue in place of one', async () => {
    await platform.takeExport(await exported());
    const file = answerFile();
    const text = Buffer.from(readFileSync(file, 'latin1').split('.')[1] ?? '', 'base64url').toString();
    const sign = await forgedSigner();
    writeFileSync(file, `${await sign(text, { typ: 'madoguchi-answer' })}\n`);
    expect(await imported()).toEqual({ ok: false, error: 'bad-file' });
    // The platform's own signature over the right text, but not as an answer; and one over something else.
    const own = await catalogueKey(world);
    writeFileSync(file, `${await own.sign(text)}\n`);
    expect(await imported()).toEqual({ ok: false, error: 'bad-file' });
    const path = '/v1/catalogue?known=0';
    const headers = { 'x-kiosk-id': TERMINAL };
    const { text: reply } = await platform.exchange({
      method: 'GET',
      path,
      headers,
      body: null,
      signal: AbortSignal.timeout(5000),
    });
    writeFileSync(file, `${(JSON.parse(reply) as { catalogue: string }).catalogue}\n`);
    expect(await imported()).toEqual({ ok: false, error: 'bad-file' });
    untouched();
  });

  test('the answer to another kiosk, also under this one’s name', async () => {
    await platform.takeExport(await exported());
    expect(await imported('K-TEST-2')).toEqual({ ok: false, error: 'bad-file' });
    copyFileSync(answerFile(), join(medium, 'madoguchi-K-TEST-2-x.answer'));
    expect(await imported('K-TEST-2')).toEqual({ ok: false, error: 'bad-file' });
    untouched();
  });

  test('answers for rows that are not here are counted, and change nothing', async () => {
    await platform.takeExport(await exported());
    await delivery.stop();
    outbox.close();
    const db = new Database(join(queue, 'outbox.db'));
    db.prepare('DELETE FROM outbox WHERE id = ?').run(ids[0]);
    db.close();
    // The other copy, and the names of what waits, know it as well.
    for (const name of ['journal', 'receipts.log']) rmSync(join(queue, name), { recursive: true });
    const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
    const opened = openOutbox({ folder: queue, limits, clock, log: () => {} });
    if (!opened.ok) throw new Error(opened.error);
    outbox = opened.value;
    const client = createHttpPlatform(
      { exchange: platform.exchange, close: async () => {} },
      TERMINAL,
      () => clock.now(),
      randomBytes,
    );
    const sync = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 0 };
    const random = (length: number) => new Uint8Array(length);
    delivery = createDelivery({ outbox, client, clock, random, log: () => {}, terminal: TERMINAL, sync, challengeStock: 1 });
    expect(await imported()).toEqual({ ok: true, value: { settled: 2, again: 0, unknown: 1 } });
  });

  test.each([
    [
      'a changed row',
      (text: string) => text.replace(/"sealed":"(.)/, (_, first: string) => `"sealed":"${first === 'e' ? 'f' : 'e'}`),
    ],
    ['a row left out', (text: string) => text.split('\n').toSpliced(1, 1).join('\n')],
    [
      'a row twice',
      (text: string) =>
        text
          .split('\n')
          .toSpliced(1, 0, text.split('\n')[1] ?? '')
          .join('\n'),
    ],
    ['no end', (text: string) => text.split('\n').toSpliced(-2, 1).join('\n')],
    ['a cut end', (text: string) => text.slice(0, -20)],
    [
      'the name of another kiosk',
      (text: string) => text.replace('"terminal":"K-TEST-1","count"', '"terminal":"K-TEST-2","count"'),
    ],
  ])('the platform takes no export with %s', async (_name, change) => {
    const file = await exported();
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    await expect(platform.takeExport(file)).rejects.toThrow(/not a whole export|is cut/);
    expect(platform.summary().accepted).toBe(0);
    expect(readdirSync(medium).filter((name) => name.includes('.answer'))).toEqual([]);
  });
});

describe('the medium', () => {
  // Needs root for a file system of its own.
  test.skipIf(!canMount)('is full: said so, nothing left behind, and the rows stay', async () => {
    const tmpfs = mountTmpfs(medium, 1024 * 1024);
    try {
      tmpfs.fill();
      expect(await writeExport({ outbox, medium, terminal: TERMINAL, now: clock.now() })).toEqual({
        ok: false,
        error: 'media-full',
      });
      expect(readdirSync(medium)).toEqual(['filler']);
      expect(outbox.counts().sending).toBe(3);
      tmpfs.empty();
      expect((await writeExport({ outbox, medium, terminal: TERMINAL, now: clock.now() })).ok).toBe(true);
    } finally {
      tmpfs.unmount();
    }
  });

  test('is pulled while it is written: said so, and the rows stay', async () => {
    const { staff } = outbox;
    let rows = 0;
    const pulled: typeof staff = {
      ...staff,
      exportRow(id) {
        rows += 1;
        if (rows === 2) rmSync(medium, { recursive: true });
        return staff.exportRow(id);
      },
    };
    const options = { outbox: { markSending: outbox.markSending, staff: pulled }, medium, terminal: TERMINAL, now: clock.now() };
    expect(await writeExport(options)).toEqual({ ok: false, error: 'no-media' });
    expect(rows).toBeGreaterThan(1);
    expect(outbox.counts()).toMatchObject({ sending: 3, accepted: 0 });
    expect(await imported()).toEqual({ ok: false, error: 'no-media' });
  });

  test('a queue of pictures goes through row by row: each is on the medium before the next is read', async () => {
    const sealed = 'x'.repeat(890 * 1024);
    for (let n = 0; n < 60; n++) {
      const id = `0199bbbb-0000-7000-8000-${String(n).padStart(12, '0')}`;
      outbox.enqueue({ id, kind: 'set-up', receipt: '1234567897', sealed });
    }
    const { staff } = outbox;
    const sizes: number[] = [];
    const watched: typeof staff = {
      ...staff,
      exportRow(id) {
        const part = readdirSync(medium).find((name) => name.endsWith('.part')) ?? '';
        sizes.push(statSync(join(medium, part)).size);
        return staff.exportRow(id);
      },
    };
    const options = { outbox: { markSending: outbox.markSending, staff: watched }, medium, terminal: TERMINAL, now: clock.now() };
    const done = await writeExport(options);
    expect(done).toMatchObject({ ok: true, value: { rows: 63 } });
    const growth = sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0));
    expect(growth.filter((bytes) => bytes > 890 * 1024 && bytes < 892 * 1024)).toHaveLength(59);
    expect(growth.every((bytes) => bytes > 0)).toBe(true);
  });
});

describe('what the platform would not take, and what was set aside', () => {
  const restart = () => {
    const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
    const opened = openOutbox({ folder: queue, limits, clock, log: () => {} });
    if (!opened.ok) throw new Error(opened.error);
    outbox = opened.value;
  };

  test('parked rows leave with the waiting ones, and the platform’s answer settles them', async () => {
    outbox.settle([{ id: ids[1] ?? '', state: 'parked', code: 'http-404' }]);
    const file = await exported();
    expect(await platform.takeExport(file)).toMatchObject({ items: 3, accepted: 3 });
    expect(await imported()).toEqual({ ok: true, value: { settled: 3, again: 0, unknown: 0 } });
    expect(outbox.counts()).toMatchObject({ sending: 0, parked: 0, accepted: 3 });
    expect(await imported()).toEqual({ ok: true, value: { settled: 0, again: 3, unknown: 0 } });
    once();
  });

  test('rows of a file that was set aside are saved, and each act is done once, however often they are saved', async () => {
    await delivery.stop();
    outbox.close();
    const aside = join(queue, 'outbox.db.damaged-2026-11-23T01-00-00-000Z');
    renameSync(join(queue, 'outbox.db'), aside);
    // From the second copy they would come back by themselves; this is the case in which it is gone as well.
    rmSync(join(queue, 'journal'), { recursive: true });
    restart();
    const from = { path: aside, others: [], scratch: queue };
    expect(await salvageFile(outbox.staff, from)).toEqual({ ok: true, value: { restored: 3, known: 0, unreadable: [] } });
    expect(await salvageFile(outbox.staff, from)).toEqual({ ok: true, value: { restored: 0, known: 3, unreadable: [] } });
    expect(outbox.staff.findings().map(({ what, receipts }) => [what, receipts.length])).toContainEqual(['salvaged', 3]);
    const file = await exported();
    expect(await platform.takeExport(file)).toMatchObject({ items: 3, accepted: 3 });
    once();
    outbox.close();
    rmSync(join(queue, 'outbox.db'));
    rmSync(join(queue, 'journal'), { recursive: true });
    restart();
    expect(await salvageFile(outbox.staff, from)).toMatchObject({ ok: true, value: { restored: 3 } });
    clock.advance(1000);
    expect(await platform.takeExport(await exported())).toMatchObject({ items: 3, accepted: 3 });
    expect(platform.summary().duplicates).toBe(3);
    once();
  });

  test('the command exports a set-aside file, and the platform takes it; what was settled since stays out', async () => {
    await delivery.stop();
    outbox.settle([{ id: ids[2] ?? '', state: 'parked', code: 'conflict' }]);
    outbox.close();
    const aside = join(queue, 'outbox.db.damaged-2026-11-23T01-00-00-000Z');
    copyFileSync(join(queue, 'outbox.db'), aside);
    restart();
    outbox.settle([{ id: ids[0] ?? '', state: 'accepted', reference: 'REF-1' }]);
    outbox.close();
    const tool = resolve(import.meta.dirname, '../../main/hosts/core/outbox-tool.ts');
    const out = join(medium, 'carried.jsonl');
    const args = [tool, 'export', aside, '--out', out, '--terminal', TERMINAL];
    expect(spawnSync(process.execPath, args, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: `${out}: 2 rows\n` });
    expect(spawnSync(process.execPath, args, { encoding: 'utf8' })).toMatchObject({
      status: 1,
      stderr: `${out}: is there already, and nothing is written over\n`,
    });
    expect(await platform.takeExport(out)).toMatchObject({ terminal: TERMINAL, items: 2, accepted: 2 });
    expect(platform.summary().perId[ids[0] ?? '']).toBeUndefined();

    // The kiosk's own queue: marked first, so that nobody can take back what may have left.
    const own = join(medium, 'own.jsonl');
    const live = [
      tool,
      'export',
      join(queue, 'outbox.db'),
      '--out',
      own,
      '--terminal',
      TERMINAL,
      '--journal',
      join(queue, 'journal'),
    ];
    expect(spawnSync(process.execPath, live, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: `${own}: 2 rows\n` });
    restart();
    expect(outbox.counts()).toMatchObject({ sending: 1, parked: 1, accepted: 1 });
    expect(await platform.takeExport(own)).toMatchObject({ items: 2 });
    expect(platform.summary().duplicates).toBe(2);
  });
});
