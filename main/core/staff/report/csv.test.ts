import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../test/support/runs.ts';
import type { StaffReport } from '../../../contract/staff.ts';
import { csvCell, csvText, reportCsv } from './csv.ts';

/** A reader of RFC 4180, written apart from the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  if (cell !== '' || row.length > 0 || quoted) throw new Error('cut short');
  return rows;
}

const report: StaffReport = {
  from: '2026-11-01',
  to: '2026-11-02',
  visits: 40,
  setUps: 20,
  issued: null,
  planPercent: null,
  signUps: [
    { key: 'all', count: 12 },
    { key: 'qr', count: 'few' },
  ],
  applications: 0,
  municipal: 'few',
  abandoned: [
    { key: 'pin.timeout', count: 6 },
    { key: 'other', count: 'few' },
  ],
  helpedPercent: 25,
  medianMinutes: [{ key: 'set-up', minutes: 3.5 }],
  referrals: [{ key: 'pin-locked', count: 5 }],
  uptimePercent: 99.4,
  opening: null,
  days: [{ day: '2026-11-01', setUps: 20, signUps: 12, applications: 0 }],
  threshold: 5,
};

it('begins with a BOM, ends every line with CRLF, and every row has four cells', () => {
  const text = reportCsv(report, 'K-1 "窓口", 1');
  expect(text.startsWith('\uFEFFsection,key,')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const rows = parseCsv(text.slice(1));
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([4]));
  const value = (section: string, key: string) => rows.find(([a, b]) => a === section && b === key)?.slice(2);
  expect(value('report', 'terminal')).toEqual(['端末 / Terminal', 'K-1 "窓口", 1']);
  expect(value('plan', 'set-ups')?.[1]).toBe('20');
  expect(value('plan', 'percent')?.[1]).toBe('');
  expect(value('sign-ups', 'qr')).toEqual(['QRコード決済 / QR payment', '少数 few']);
  expect(value('abandoned', 'pin.timeout')).toEqual(['暗証番号の入力（時間切れ） / PIN entry (Time-out)', '6']);
  expect(value('abandoned', 'other')?.[1]).toBe('少数 few');
  expect(value('day-sign-ups', '2026-11-01')?.[1]).toBe('12');
});

it('what a site file calls its terminal is never a formula', () => {
  for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) expect(csvCell(evil)).toMatch(/^"?'/);
  expect(csvCell(-1.5)).toBe('-1.5');
});

it('any text comes out of a reader as it went in, but for the guard', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const unguarded = (table: string[][]) => table.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')));
      expect(unguarded(parseCsv(csvText(rows).slice(1)))).toEqual(unguarded(rows));
    }),
    { numRuns: runs(100, 25) },
  );
});
