import { shown } from './numbers.ts';
import type { BenchRow } from './row.ts';

/** A row on one line. */
export function textLine(row: BenchRow): string {
  const floor = row.floor === null ? '' : ` (floor ${shown(row.floor)})`;
  const ratio = row.ratio === null ? '' : `${shown(row.ratio)} x`;
  const head = [
    row.ok ? 'ok  ' : 'LOW ',
    row.what.padEnd(66),
    `${shown(row.value)} ${row.unit}${floor}`.padEnd(34),
    ratio.padStart(8),
  ];
  return `${head.join(' ')}  ${row.goal}`;
}

/** The rows for a terminal, each that falls short with where its time goes. */
export function textTable(rows: readonly BenchRow[]): string {
  const lines = rows.flatMap((row) => [
    textLine(row),
    ...(row.profile ?? []).map(({ part, value, unit }) => `       ${shown(value)} ${unit}  ${part}`),
  ]);
  const short = rows.filter((row) => !row.ok).length;
  return `${lines.join('\n')}\n${rows.length - short} of ${rows.length} reach their goal\n`;
}
