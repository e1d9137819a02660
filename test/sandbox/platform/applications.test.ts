import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApplicationReply } from '../../../main/core/platform-http/wire.ts';
import { AKARI, BUNTA } from '../../support/applicants.ts';
import { pictureOf } from '../../support/pictures.ts';
import { type Application, type Counter, createCounter } from './counter.ts';
import { testForm } from './forms.ts';
import { migrations } from './migrations.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let platform: Platform;
let counter: Counter;
let runs = 0;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const photo = base64(AKARI.photo());

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-applications-'));
});
beforeEach(async () => {
  runs += 1;
  platform = await startPlatform({ data: join(scratch, String(runs)), port: null });
  counter = await createCounter(platform);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const get = async (receipt: string, kiosk = 'K-TEST-1') => {
  const { status, text } = await platform.exchange({
    method: 'GET',
    path: `/v1/applications/${receipt}`,
    headers: { 'x-kiosk-id': kiosk },
    body: null,
    signal: new AbortController().signal,
  });
  return status === 200 ? ApplicationReply.parse(JSON.parse(text)).application : status;
};
const send = async (application: Application) => counter.send(application.item);
const code = async (given: Parameters<Counter['apply']>[0]) => {
  const result = await send(await counter.apply(given));
  return result.outcome === 'refused' ? result.code : result.outcome;
};

test('taken: of nobody, with the weeks for the session only, and how it stands by receipt', async () => {
  const application = await counter.apply({ form: AKARI.form, photo });
  const result = await send(application);
  if (result.outcome !== 'accepted') throw new Error(result.outcome);
  expect(await application.replyKey.open(result.reply ?? '')).toEqual({
    ok: true,
    value: { kind: 'card-application', weeks: 5 },
  });
  expect(platform.submissions()).toMatchObject([{ outcome: 'accepted', person: null, content: application.content }]);
  expect(platform.people()).toEqual([]);
  const { receipt } = application.content;
  expect(await get(receipt)).toEqual({ state: 'received' });
  for (const state of [{ state: 'making' }, { state: 'returned', reasons: ['photo-face', 'form-void'] }] as const) {
    platform.moveApplication({
      receipt,
      terminal: 'K-TEST-1',
      application: { ...state, ...('reasons' in state ? { reasons: [...state.reasons] } : {}) } as never,
    });
    expect(await get(receipt)).toEqual(state);
  }
  expect(await get('1234567897')).toBe(404);
  expect(await get(receipt, 'K-TEST-2')).toBe(404);
  expect(await get('nonsense')).toBe(400);
});

test('one form, one application, however many come at once', async () => {
  const applications = await Promise.all(Array.from({ length: 6 }, () => counter.apply({ form: BUNTA.form, photo })));
  const results = await Promise.all(applications.map(send));
  expect(results.map((one) => (one.outcome === 'refused' ? one.code : one.outcome)).sort()).toEqual([
    'accepted',
    ...Array.from({ length: 5 }, () => 'already-applied'),
  ]);
  expect(platform.applications()).toHaveLength(1);
});

test('the same item again is the first outcome again', async () => {
  const application = await counter.apply({ form: AKARI.form, photo });
  const first = await send(application);
  expect(await send(application)).toEqual({ ...first, outcome: 'duplicate' });
  expect(platform.applications()).toHaveLength(1);
});

describe('refused', () => {
  test('form-unknown: never printed', async () => {
    expect(await code({ form: testForm(9_000), photo })).toBe('form-unknown');
    expect(await code({ form: platform.printForm(), photo })).toBe('accepted');
  });

  test.each<[string, () => Uint8Array]>([
    ['random bytes', () => randomBytes(60_000)],
    ['too small a side', () => pictureOf(5, { width: 350, height: 450, noise: 90 })],
    ['landscape', () => pictureOf(5, { width: 900, height: 700 })],
    ['too few bytes', () => pictureOf(5, { noise: 0, quality: 5 })],
    ['cut off', () => AKARI.photo().subarray(0, 60_000)],
    ['nothing', () => Uint8Array.of()],
  ])('photo-refused: %s', async (_, bytes) => {
    expect(await code({ form: AKARI.form, photo: base64(bytes()) })).toBe('photo-refused');
    expect(platform.applications()).toEqual([]);
  });

  test('challenge-unknown, challenge-used, content-refused', async () => {
    expect(await code({ form: AKARI.form, photo, challenge: 'A'.repeat(32) })).toBe('challenge-unknown');
    const challenge = await counter.challenge();
    expect(await code({ form: testForm(9_000), photo, challenge })).toBe('form-unknown');
    expect(await code({ form: AKARI.form, photo, challenge })).toBe('challenge-used');
    expect(await code({ form: AKARI.form, photo, at: new Date(Date.now() + 9 * 3_600_000).toISOString() })).toBe(
      'content-refused',
    );
  });

  test('binding-mismatch and unreadable: another kind outside, another receipt', async () => {
    const { item } = await counter.apply({ form: AKARI.form, photo });
    expect(await counter.send({ ...item, kind: 'set-up' })).toMatchObject({ outcome: 'refused', code: 'unreadable' });
    const other = await counter.apply({ form: AKARI.form, photo });
    expect(await counter.send({ ...other.item, receipt: '1234567897' })).toMatchObject({ code: 'binding-mismatch' });
    const foreign = await counter.apply({ form: AKARI.form, photo, terminal: 'K-TEST-2' });
    expect(await counter.send(foreign.item)).toMatchObject({ code: 'binding-mismatch' });
  });
});

test('a database from before applications is widened with all its rows, and still refuses an accepted act of nobody', async () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  for (const step of migrations.slice(0, 3)) db.exec(step);
  db.exec(`INSERT INTO people (person, my_key_id, created_at) VALUES (1, 'KMHT2345', 1);
    INSERT INTO submissions VALUES ('id-1', 'set-up', '1', 'K', x'00', 'accepted', NULL, 'R1', NULL, 1, 5), ('id-2', 'set-up', '2', 'K', x'00', 'refused', 'unreadable', 'R2', NULL, NULL, 6);
    INSERT INTO witness VALUES ('id-1', '{}')`);
  const before = db.prepare('SELECT * FROM submissions ORDER BY rowid').all();
  db.transaction(() => db.exec(migrations[3] ?? ''))();
  expect(db.prepare('SELECT * FROM submissions ORDER BY rowid').all()).toEqual(before);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.prepare('SELECT * FROM witness').all()).toEqual([{ id: 'id-1', content: '{}' }]);
  const add = (id: string, kind: string, person: number | null) =>
    db
      .prepare(`INSERT INTO submissions VALUES (?, ?, '3', 'K', x'00', 'accepted', NULL, ?, NULL, ?, 7)`)
      .run(id, kind, `R-${id}`, person);
  add('id-3', 'card-application', null);
  expect(() => add('id-4', 'set-up', null)).toThrow(/CHECK/);
  expect(() => add('id-5', 'card-application', 1)).toThrow(/CHECK/);
  expect(() => db.prepare(`INSERT INTO witness VALUES ('id-9', '{}')`).run()).toThrow(/FOREIGN KEY/);
  db.close();
});
