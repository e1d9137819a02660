import { shown } from '../numbers.ts';
import { type BenchRow, type Goal, judged, readGoal } from '../row.ts';

const WIDTH = 260;
const HEIGHT = 28;
const MARGIN = 22;
const SIZE = 6;

/** Powers of ten from the left end to the right end of the plots of a page. */
export interface Axis {
  readonly from: number;
  readonly to: number;
}

/** How much of the goal is used up: below 1 it is reached, whichever way the goal goes. */
const shareOf = (goal: Goal, value: number): number => (goal.kind === 'at most' ? value / goal.limit : goal.limit / value);

/** @returns null for a row of which nothing is asked */
function sharesOf(row: BenchRow): { readonly at: number; readonly low: number; readonly high: number } | null {
  const goal = readGoal(row.goal);
  if (goal === null) return null;
  const at = shareOf(goal, judged(row, goal));
  const ends = (row.spread ?? []).map((value) => shareOf(goal, value));
  return { at, low: Math.min(at, ...ends), high: Math.max(at, ...ends) };
}

/** One axis for all rows, in whole powers of ten, with the goal well inside. */
export function axisFor(rows: readonly BenchRow[]): Axis {
  const logs = rows
    .flatMap((row) => sharesOf(row) ?? [])
    .flatMap(({ low, high }) => [Math.log10(low), Math.log10(high)])
    .filter((log) => Number.isFinite(log));
  return { from: Math.max(-3, Math.floor(Math.min(-1, ...logs))), to: Math.min(4, Math.ceil(Math.max(1, ...logs))) };
}

const place = (axis: Axis, share: number): number => {
  const log = Math.min(axis.to, Math.max(axis.from, Math.log10(share)));
  return MARGIN + ((log - axis.from) / (axis.to - axis.from)) * (WIDTH - 2 * MARGIN);
};

const powers = ({ from, to }: Axis): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const svg = (label: string, inside: string, height = HEIGHT) =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ${label}>${inside}</svg>`;

/** The axis' own numbers, for the head of a table. */
export function axisHead(axis: Axis): string {
  const labels = powers(axis).map((power) => {
    const [name, kind] = power === 0 ? ['goal', ' goal-label'] : [String(10 ** power), ''];
    return `<text class="tick-label${kind}" x="${place(axis, 10 ** power).toFixed(1)}" y="14" text-anchor="middle">${name}</text>`;
  });
  return svg('aria-hidden="true"', labels.join(''), 18);
}

/** A dot where the row stands between nothing and too much, with the range of its rounds. Round: reached; a diamond: not. */
export function sharePlot(row: BenchRow, axis: Axis): string {
  const shares = sharesOf(row);
  if (shares === null) return '';
  const middle = HEIGHT / 2;
  const x = place(axis, shares.at);
  const grid = powers(axis).map((power) => {
    const at = place(axis, 10 ** power).toFixed(1);
    return `<line class="${power === 0 ? 'goal-line' : 'grid'}" x1="${at}" x2="${at}" y1="0" y2="${HEIGHT}"/>`;
  });
  const range = `<line class="range" x1="${place(axis, shares.low).toFixed(1)}" x2="${place(axis, shares.high).toFixed(1)}" y1="${middle}" y2="${middle}"/>`;
  const dot = row.ok
    ? `<circle class="reached" cx="${x.toFixed(1)}" cy="${middle}" r="${SIZE - 1}"/>`
    : `<path class="short" d="M${x.toFixed(1)} ${middle - SIZE}l${SIZE} ${SIZE}l${-SIZE} ${SIZE}l${-SIZE} ${-SIZE}z"/>`;
  const label = `role="img" aria-label="${shown(shares.at)} of what the goal allows"`;
  return svg(label, `${grid.join('')}${range}${dot}`);
}
