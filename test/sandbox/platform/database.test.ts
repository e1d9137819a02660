import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sampleCatalogue } from './catalogue-publisher.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrations } from './migrations.ts';
import { claim } from './scheme/claims.ts';
import { createStore } from './store.ts';

const LINK = {
  person: 1,
  measure: 'mynapoint-2026',
  service: 'sakura-prepaid',
  account: new Uint8Array(32),
  masked: '•1234',
  grant_on: 'charge',
  catalogue: 1,
  since: 1000,
  first_day: '2026-11-20',
};

test('a file of the second step: its links get their right, its claims keep what they held', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'madoguchi-database-'));
  const before = new Database(join(dir, databaseFile));
  for (const step of migrations.slice(0, 2)) before.exec(step);
  before.pragma('user_version = 2');
  before.prepare('INSERT INTO catalogues VALUES (1, ?)').run(JSON.stringify(sampleCatalogue()));
  before.exec(`INSERT INTO people (my_key_id, created_at) VALUES ('ABCDEFG1', 1000)`);
  before
    .prepare(
      'INSERT INTO links VALUES (@person, @measure, @service, @account, @masked, @grant_on, @catalogue, @since, @first_day)',
    )
    .run(LINK);
  before.exec(`
    INSERT INTO grants (person, measure, service, points, at) VALUES
      (1, 'mynapoint-2026', 'sakura-prepaid', 100, 1), (1, 'mynapoint-2026', 'sakura-prepaid', 20, 2), (1, 'mynapoint-2026', 'sakura-prepaid', 3, 3);
    INSERT INTO claims VALUES ('sakura-prepaid', '2026-10', 100, 1, 1, 5), ('sakura-prepaid', '2026-11', 20, 2, 2, NULL);
    INSERT INTO municipal_grants VALUES (1, '990202-health', 1000, 1);
  `);
  before.close();
  const store = createStore(openDatabase(dir));
  expect(store.rights(1)).toEqual([{ person: 1, measure: 'mynapoint-2026', since: 1000 }]);
  expect(store.links()).toEqual([{ ...LINK, account: Buffer.from(LINK.account), frozen_at: null }]);
  expect(store.grantsOf(1, 'mynapoint-2026').map(({ claimed, paid_at }) => [claimed, paid_at])).toEqual([
    ['2026-10', 5],
    ['2026-11', null],
    [null, null],
  ]);
  expect(claim(store, 'sakura-prepaid', '2026-12', 10)).toMatchObject({ points: 3, municipal: 1000 });
  expect(JSON.parse(store.measure('mynapoint-2026')?.body ?? '')).toEqual(sampleCatalogue().measure);
  store.close();
  await rm(dir, { recursive: true });
});

test('no link without the right of its measure, whoever asks the database', () => {
  const store = createStore(openDatabase(null));
  store.addCatalogue(1, '{}');
  const person = store.addPerson('ABCDEFG1', 1000);
  const add = () => store.addLink({ ...LINK, person });
  expect(add).toThrow('a link without a right');
  store.addRight(person, 'another-measure', 1000);
  expect(add).toThrow('a link without a right');
  store.addRight(person, LINK.measure, 1000);
  add();
  expect(store.links()).toHaveLength(1);
  store.close();
});
