import type { Machine } from '../machine.ts';
import { shown } from '../numbers.ts';
import { type BenchRow, readGoal } from '../row.ts';
import { begun, text } from './html.ts';
import { profileBars } from './profile-bars.ts';
import { type Axis, axisFor, axisHead, sharePlot } from './share-plot.ts';
import { style } from './style.ts';

/** Rows of one bench under one heading: what stands before the colon is said once. */
interface Group {
  readonly title: string;
  readonly rows: { readonly name: string; readonly row: BenchRow }[];
}

/** `longest call at 100,000 rows: due` stands under its first part where others share it. */
function groupsOf(rows: readonly BenchRow[]): Group[] {
  const groups = new Map<string, Group>();
  const halves = rows.map(({ what }) => what.split(': '));
  rows.forEach((row, place) => {
    const [before = '', ...after] = halves[place] ?? [];
    const shared = after.length > 0 && halves.filter(([other]) => other === before).length > 1;
    const title = shared ? begun(before) : `The ${row.bench}`;
    const group = groups.get(title) ?? { title, rows: [] };
    // A name after the colon may be that of a function.
    group.rows.push({ name: shared ? after.join(': ') : begun(row.what), row });
    groups.set(title, group);
  });
  return [...groups.values()];
}

function stateOf(row: BenchRow): string {
  if (readGoal(row.goal) === null && row.ok) return '<td class="state">–</td>';
  return row.ok ? '<td class="state yes">✓ reached</td>' : '<td class="state no">✗ short</td>';
}

const lineOf = ({ name, row }: Group['rows'][number], axis: Axis): string =>
  `<tr><th scope="row">${text(name)}</th>${stateOf(row)}<td class="number">${shown(row.value)} ${text(row.unit)}</td><td class="number">${row.floor === null ? '–' : `${shown(row.floor)} ${text(row.unit)}`}</td><td class="number">${row.ratio === null ? '–' : `${shown(row.ratio)} x`}</td><td class="goal">${text(row.goal)}</td><td class="plot">${sharePlot(row, axis)}</td></tr>`;

function tableOf({ title, rows }: Group, axis: Axis): string {
  const head = ['What', 'Verdict', 'Value', 'Floor', 'Ratio', 'Goal'].map(
    (name, place) => `<th scope="col"${place > 1 && place < 5 ? ' class="number"' : ''}>${name}</th>`,
  );
  const lines = rows.map((row) => lineOf(row, axis));
  return `<section><h2>${text(title)}</h2><div class="wide" tabindex="0" role="region" aria-label="${text(title)}"><table><thead><tr>${head.join('')}<th scope="col" class="plot">Share of what the goal allows${axisHead(axis)}</th></tr></thead><tbody>${lines.join('')}</tbody></table></div></section>`;
}

function profiles(rows: readonly BenchRow[]): string {
  const short = rows.filter((row) => !row.ok);
  if (short.length === 0) return '';
  return `<section><h2>Where the time goes in what falls short</h2><p>Taken in the same run, with the work done once more under a sampling profiler or counted step by step. “Native code” for a place of the queue is SQLite, the disk included.</p><div class="profiles">${short.map(profileBars).join('')}</div></section>`;
}

/** All rows on one page that needs nothing but itself. */
export function benchPage(rows: readonly BenchRow[], { at, facts }: Machine): string {
  const axis = axisFor(rows);
  const asked = rows.filter((row) => readGoal(row.goal) !== null || !row.ok);
  const good = asked.filter((row) => row.ok).length;
  const factList = facts.map(({ name, value }) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Madoguchi: bench of ${text(at)}</title><style>${style}</style></head>
<body><header><h1>Madoguchi: bench</h1><p>${text(at)} UTC. Medians of rounds that took turns with their floor in the same run; ratios are medians of each round’s own. The dot shows how much of what the goal allows was used, on a logarithmic scale: left of the line the goal is reached. The bar through it spans the rounds.</p><p class="verdict">${good} of ${asked.length} goals reached</p><dl class="facts">${factList.join('')}</dl></header>
<main>${groupsOf(rows)
    .map((group) => tableOf(group, axis))
    .join('\n')}
${profiles(rows)}</main></body></html>
`;
}
