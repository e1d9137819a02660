import { shown } from '../numbers.ts';
import type { BenchRow } from '../row.ts';
import { begun, text } from './html.ts';

/** Where the time of a row that falls short goes: one bar a part, each against the longest of its unit. */
export function profileBars(row: BenchRow): string {
  const parts = row.profile ?? [];
  const longest = new Map<string, number>();
  for (const { unit, value } of parts) longest.set(unit, Math.max(longest.get(unit) ?? 0, value));
  const items = parts.map(({ part, value, unit }) => {
    const width = (value / (longest.get(unit) || 1)) * 100;
    return `<tr><td class="number">${shown(value)} ${text(unit)}</td><td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${width.toFixed(1)}" height="10"/></svg></td><td>${text(part)}</td></tr>`;
  });
  if (items.length === 0) return '';
  return `<article><h3>${text(begun(row.what))}</h3><table class="profile"><thead><tr><th scope="col">Share</th><th scope="col"><span class="unseen">Bar</span></th><th scope="col">Part</th></tr></thead><tbody>${items.join('')}</tbody></table></article>`;
}
