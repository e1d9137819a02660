import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Clock } from '../ports.ts';
import { openDatabase } from './database.ts';
import { openOutbox } from './outbox.ts';
import { staffStatementsFor } from './staff-statements.ts';
import { statementsFor } from './statements.ts';

/** Tables that stay small however many rows wait, so that walking through all of them is nothing. */
const SMALL = new Set(['json_each', 'reservation', 'cancelling', 'finding', 'note']);

const folder = mkdtempSync(join(tmpdir(), 'plans-'));
const opened = openDatabase(join(folder, 'outbox.db'));
if (!opened.ok) throw new Error(opened.error);
const db = opened.value;
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection that notes the text of every statement prepared on it. */
function watched(real: Database.Database, sources: string[]): Database.Database {
  return new Proxy(real, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...values: unknown[]) => {
        if (name === 'prepare') sources.push(String(values[0]));
        return Reflect.apply(found, target, values);
      };
    },
  });
}

/** The texts of all statements that a part of the store prepares on its connection. */
function preparedBy(prepareAll: (db: Database.Database) => unknown): string[] {
  const sources: string[] = [];
  prepareAll(watched(db, sources));
  return sources;
}

const clock: Clock = {
  now: () => 1_800_000_000_000,
  monotonic: () => 0,
  // Chores are done by `finishChores`.
  setTimeout: () => null,
  clearTimeout: () => {},
};

/** The texts of statements that the store prepares while it works, beside those prepared once. Opening is left out: it reads every row. */
function preparedAtWork(): string[] {
  const sources: string[] = [];
  const opened = openOutbox({
    folder: join(folder, 'at-work'),
    limits: { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 5 },
    clock,
    log: () => {},
    connect: (path) => watched(new Database(path), sources),
  });
  if (!opened.ok) throw new Error(opened.error);
  const store = opened.value;
  sources.length = 0;
  const ids = Array.from({ length: 6 }, (_, n) => `0199aaaa-0000-7000-8000-00000000000${n}`);
  ids.forEach((id, n) => {
    store.enqueue({ id, kind: 'set-up', receipt: `123456789${n}`, sealed: 'sealed'.repeat(10) });
  });
  const rows = store.due(clock.now(), { items: 4, bytes: 1_000_000 });
  store.markSending(rows);
  const [first, second, third, fourth] = rows.map(({ id }) => id);
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('too few rows');
  store.settle([
    { id: first, state: 'accepted', reference: 'R-1234' },
    { id: second, state: 'parked', code: 'conflict' },
  ]);
  store.postpone([third], clock.now() + 60_000, true);
  store.setAlone(fourth, clock.now() + 60_000);
  store.cancel('1234567894');
  store.staff.startCheck();
  store.finishChores();
  store.staff.makeAllDue();
  store.finishChores();
  store.staff.releaseAll({ code: 'conflict', kind: 'set-up' });
  store.staff.releaseAll({});
  store.tidy();
  store.finishChores();
  store.close();
  return [...new Set(sources)];
}

const Step = z.object({ detail: z.string() });

/** What SQLite would do for a statement, step by step (sqlite.org/eqp.html). */
function planOf(source: string): string[] {
  // A plan does not depend on what is bound, but every place must hold something.
  const explained = db.prepare<unknown[]>(`EXPLAIN QUERY PLAN ${source}`);
  const names = [...new Set([...source.matchAll(/@(\w+)/g)].map(([, name]) => name ?? ''))];
  const places = source.split('?').length - 1;
  const bound = names.length > 0 ? [Object.fromEntries(names.map((name) => [name, 1]))] : Array.from({ length: places }, () => 1);
  return explained.all(...bound).map((row) => Step.parse(row).detail);
}

const oneLine = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim();
/** A SELECT, perhaps inside, that takes the first rows of an order: its conditions. */
const FIRST_ROWS =
  /^.*SELECT (?:(?! WHERE ).)* FROM outbox(?: INDEXED BY \w+)?(?: WHERE (.*))? ORDER BY (?:(?! WHERE ).)* LIMIT (?:1|\?)\)?$/;

/** Takes the first rows of a table, or of a partial index whose conditions are the statement's own: nothing makes it walk past others. */
function takesFirst(source: string, index: string | undefined): boolean {
  const found = FIRST_ROWS.exec(oneLine(source));
  if (found === null) return false;
  const sql = index === undefined ? '' : db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(index);
  return (found[1] ?? '') === (oneLine(z.string().parse(sql)).split(' WHERE ')[1] ?? '');
}

/**
 * Steps that walk through a table that grows with the queue, or sort all that was found because the index has another order. SQLite also says
 * SEARCH, without an index, where it walks through everything for the smallest or greatest value.
 */
function slowSteps(source: string): string[] {
  const plan = planOf(source);
  const sorts = plan.includes('USE TEMP B-TREE FOR ORDER BY');
  return plan.filter((step) => {
    if (step === 'SCAN CONSTANT ROW') return false;
    if (step === 'USE TEMP B-TREE FOR ORDER BY') return true;
    const walked = /^SCAN (\w+)/.exec(step)?.[1] ?? /^SEARCH (\w+)$/.exec(step)?.[1];
    if (walked === undefined || SMALL.has(walked)) return false;
    return sorts || !takesFirst(source, /USING (?:COVERING )?INDEX (\w+)$/.exec(step)?.[1]);
  });
}

describe.each([
  ['the outbox', statementsFor],
  ['the staff side', staffStatementsFor],
])('Q18: every statement of %s', (_, prepareAll) => {
  const sources = preparedBy(prepareAll);

  it('is there to be looked at', () => {
    expect(sources.length).toBeGreaterThan(5);
  });

  it.each(sources.map((source) => [source.replaceAll(/\s+/g, ' ')]))('finds its rows by an index: %s', (source) => {
    expect(slowSteps(source)).toEqual([]);
  });
});

describe('Q18: every statement prepared at work', () => {
  it.each(preparedAtWork().map((source) => [source.replaceAll(/\s+/g, ' ')]))('finds its rows by an index: %s', (source) => {
    expect(slowSteps(source)).toEqual([]);
  });
});

it('a statement that walks through the queue is told', () => {
  expect(slowSteps("SELECT count(*) FROM outbox WHERE reference = 'x'")).toEqual(['SCAN outbox']);
  expect(slowSteps('SELECT min(created_at) FROM outbox')).toEqual(['SEARCH outbox']);
  expect(slowSteps("SELECT seq FROM outbox WHERE state = 'parked' ORDER BY created_at LIMIT 1")).toContain(
    'USE TEMP B-TREE FOR ORDER BY',
  );
});
