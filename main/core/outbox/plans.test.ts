import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from './database.ts';
import { staffStatementsFor } from './staff-statements.ts';
import { statementsFor } from './statements.ts';

/** Tables that stay small however many rows wait, so that walking through all of them is nothing. */
const SMALL = new Set(['state_count', 'reservation', 'cancelling', 'finding', 'note']);

const folder = mkdtempSync(join(tmpdir(), 'plans-'));
const opened = openDatabase(join(folder, 'outbox.db'));
if (!opened.ok) throw new Error(opened.error);
const db = opened.value;
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The texts of all statements that a part of the store prepares on its connection. */
function preparedBy(prepareAll: (db: Database.Database) => unknown): string[] {
  const sources: string[] = [];
  const watched = new Proxy(db, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...values: unknown[]) => {
        if (name === 'prepare') sources.push(String(values[0]));
        return Reflect.apply(found, target, values);
      };
    },
  });
  prepareAll(watched);
  return sources;
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
])('every statement of %s', (_, prepareAll) => {
  const sources = preparedBy(prepareAll);

  it('is there to be looked at', () => {
    expect(sources.length).toBeGreaterThan(5);
  });

  it.each(sources.map((source) => [source.replaceAll(/\s+/g, ' ')]))('finds its rows by an index: %s', (source) => {
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
