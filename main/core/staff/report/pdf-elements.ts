import type { Shown, StaffReport } from '../../../contract/staff.ts';
import { INK, INNER, PAGE, type Paper } from './paper.ts';
import type { ReportText } from './report-text.ts';

/** Where the next part goes on the paper; a new page when it does not fit. */
export interface Flow {
  readonly paper: Paper;
  readonly t: ReportText;
  y: number;
}

const LAST = PAGE.height - PAGE.margin - 18;
const LEFT = PAGE.margin;
/** A count in words; null: it cannot be said. @param unit the text that puts its word to the number */
export const shownIn = (
  t: ReportText,
  count: Shown | null,
  unit: 'report.number' | 'report.cases' | 'report.times' = 'report.number',
): string => (count === null ? '—' : count === 'few' ? t('few') : t(unit, { count }));

export function need(flow: Flow, height: number): void {
  if (flow.y + height <= LAST) return;
  flow.paper.page();
  flow.y = PAGE.margin;
}

export function heading(flow: Flow, words: string, below: number): void {
  need(flow, 30 + below);
  flow.y += 12;
  flow.paper.text(words, LEFT, flow.y, { size: 11, bold: true });
  flow.paper.line(LEFT, flow.y + 17, LEFT + INNER, flow.y + 17);
  flow.y += 23;
}

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

/** A row of numbers, large. */
export function tiles(flow: Flow, row: readonly Tile[]): void {
  need(flow, 62);
  const gap = 8;
  const width = (INNER - gap * (row.length - 1)) / row.length;
  row.forEach(({ label, value, note }, index) => {
    const x = LEFT + index * (width + gap);
    flow.paper.box(x, flow.y, width, 56, INK.pale);
    flow.paper.text(label, x + 8, flow.y + 6, { size: 8.5, colour: INK.soft, width: width - 16 });
    flow.paper.text(value, x + 8, flow.y + 18, { size: 17, bold: true, width: width - 16 });
    if (note !== undefined) flow.paper.text(note, x + 8, flow.y + 42, { size: 7.5, colour: INK.soft, width: width - 16 });
  });
  flow.y += 62;
}

export interface BarRow {
  readonly label: string;
  readonly count: Shown;
}

/** Bars with their words and numbers beside them, in the order given. */
export function bars(flow: Flow, rows: readonly BarRow[], nothing: string): void {
  if (rows.length === 0) {
    need(flow, 14);
    flow.paper.text(nothing, LEFT, flow.y, { colour: INK.soft });
    flow.y += 15;
    return;
  }
  const most = Math.max(1, ...rows.map(({ count }) => (count === 'few' ? 0 : count)));
  const from = LEFT + 190;
  const room = INNER - 190 - 56;
  for (const { label, count } of rows) {
    need(flow, 15);
    flow.paper.text(label, LEFT, flow.y, { width: 184 });
    if (count === 'few') flow.paper.hatch(from, flow.y + 1, 14, 8);
    else if (count > 0) flow.paper.box(from, flow.y + 1, Math.max(1, (room * count) / most), 8, INK.bar);
    flow.paper.text(shownIn(flow.t, count), LEFT + INNER - 50, flow.y, { width: 50, align: 'right' });
    flow.y += 15;
  }
}

type Day = StaffReport['days'][number];

/** One column a day; the number stands on it. */
export function dayColumns(flow: Flow, title: string, days: readonly Day[], of: (day: Day) => Shown): void {
  const high = 52;
  need(flow, high + 40);
  flow.paper.text(title, LEFT, flow.y, { size: 9, bold: true });
  flow.y += 14;
  const counts = days.map(of);
  if (counts.every((count) => count === 'few')) {
    flow.paper.text(flow.t('report.dayFew'), LEFT, flow.y, { colour: INK.soft });
    flow.y += 16;
    return;
  }
  const most = Math.max(1, ...counts.map((count) => (count === 'few' ? 0 : count)));
  const step = INNER / days.length;
  const wide = Math.min(28, step * 0.7);
  const size = Math.min(7.5, step * 0.62);
  const floor = flow.y + 10 + high;
  days.forEach(({ day }, index) => {
    const count = counts[index] ?? 0;
    const middle = LEFT + (index + 0.5) * step;
    const tall = count === 'few' ? 8 : (high * count) / most;
    if (count === 'few') flow.paper.hatch(middle - wide / 2, floor - tall, wide, tall);
    else if (count > 0) flow.paper.box(middle - wide / 2, floor - tall, wide, tall, INK.bar);
    if (count !== 'few' && count > 0)
      flow.paper.text(String(count), middle - 15, floor - tall - size * 1.3, { size, width: 30, align: 'center' });
    if (index === 0 || day.endsWith('-01') || Number(day.slice(8)) % labelEvery(days.length) === 0)
      flow.paper.text(labelOf(day, index), middle - 20, floor + 3, { size: 6.5, colour: INK.soft, width: 40, align: 'center' });
  });
  flow.paper.line(LEFT, floor, LEFT + INNER, floor);
  flow.y = floor + 18;
}

const labelEvery = (days: number): number => (days <= 31 ? 1 : 5);
const labelOf = (day: string, index: number): string => {
  const [, month = 0, date = 0] = day.split('-').map(Number);
  return index === 0 || date === 1 ? `${month}/${date}` : String(date);
};
