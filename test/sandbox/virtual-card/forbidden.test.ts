import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { findForbidden } from './forbidden.ts';
import { type LogEntry, parseLog } from './log.ts';

const at = '2026-01-01T00:00:00.000Z';
const card = 'fresh';
const SELECT = '00A4040C0AD392F000260100000001';
const apdu = (text: string, index: number): LogEntry => {
  const [command = '', sw = '9000'] = text.split(' ');
  return { event: 'apdu', at, card, n: index + 1, command, sw: sw === 'none' ? null : sw, bytes: 0 };
};
const log = (...commands: string[]): LogEntry[] => [{ event: 'insert', at, card, reader: 'x:1' }, ...commands.map(apdu)];
const hits = (...commands: string[]): string[] => findForbidden(log(...commands)).map(({ command }) => command);

test('a whole sign-in, short and extended, is clean', () => {
  const signIn = [
    `${SELECT} 6F00`,
    SELECT,
    '00B0860020',
    '00B0880003',
    '00200098 63C3',
    '00B08A0000',
    '00B0010000',
    '00B08A00000000 6700',
    '00B08B0000',
    '0020009804********',
    `802A009733${'00'.repeat(51)}00`,
  ];
  expect(hits(...signIn)).toEqual([]);
  expect(
    hits(
      SELECT,
      '00A4020C020018',
      '00200080 63C3',
      '0020008004********',
      '00A4020C020017',
      `802A008033${'00'.repeat(51)}`,
      '00C0000000',
    ),
  ).toEqual([]);
});

test.each([
  ['another application', '00A4040C0AD3921000310001010408 6A82'],
  ['a prefix of the AID', '00A4040C05D392F00026'],
  ['an AID behind an extended length', '00A4040C00000AD3921000310001010408'],
  ['no file name', '00A40000'],
  ['the signature certificate', '00A4020C020001'],
  ['the signature PIN file', '00A4020C02001B'],
  ['the signature key file', '00A4020C02001A'],
  ['a read of it by SFI', '00B0810000 6982'],
  ['a read of a file outside the list', '00B0890000'],
  ['a read with nothing selected', '00B0000000 6986'],
  ['the signature password', '0020009B06************'],
  ['its counter', '0020009B 63C5'],
  ['VERIFY with other P1', '0020019804********'],
  ['VERIFY of the selected file, which is none', '0020008004********'],
  ['the signature key', '802A009A33'],
  ['a signature with other P1', '802A029733'],
  ['change of a PIN', '0024019804********'],
  ['GET CHALLENGE', '0084000008'],
  ['an unknown class', 'E0A4040C'],
  ['a card that left at it', '00B0810000 none'],
])('%s is a hit', (_, command) => {
  expect(hits(SELECT, command)).toEqual([command.split(' ')[0]]);
});

test('outside the JPKI application even listed files are hits: before its selection, and after a power cycle', () => {
  expect(hits('00B08A0000', '00200098', '00A4020C02000A')).toHaveLength(3);
  expect(hits(`${SELECT} 6A82`, '00B08A0000')).toEqual(['00B08A0000']);
  const entries = [...log(SELECT), { event: 'power', at, card, power: 'off' } as const, ...log('00200098').slice(1)];
  expect(findForbidden(entries).map(({ index }) => index)).toEqual([3]);
});

const dir = mkdtempSync(join(tmpdir(), 'madoguchi-forbidden-'));
afterAll(() => rmSync(dir, { recursive: true }));
const run = (...files: string[]): number | null =>
  spawnSync(process.execPath, [fileURLToPath(new URL('./forbidden.ts', import.meta.url)), ...files]).status;

test('as a program: 0 clean, 1 a hit, 2 nothing to judge; a line that is not of the log is an error', () => {
  const write = (name: string, entries: readonly LogEntry[]): string => {
    writeFileSync(join(dir, name), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return join(dir, name);
  };
  const clean = write('clean', log(SELECT));
  expect(run(clean)).toBe(0);
  expect(run(clean, write('bad', log(SELECT, '00B0810000')))).toBe(1);
  expect(run(write('empty', log()))).toBe(2);
  expect(run()).toBe(2);
  expect(() => parseLog('{"event":"apdu"}\n')).toThrow();
  expect(() => parseLog('half a li')).toThrow();
});
