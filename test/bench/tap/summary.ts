import { median } from '../rounds.ts';
import type { Transition } from './transitions.ts';

/** The smallest of the values that `share` % of them do not exceed (nearest rank). NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Medians of the parts of a transition, ms. */
export function summary(list: readonly Transition[]): { readonly part: string; readonly value: number }[] {
  const of = (pick: (one: Transition) => number) => median(list.map(pick));
  const work = (...names: string[]) => of((one) => names.reduce((sum, name) => sum + (one.work[name] ?? 0), 0));
  return [
    { part: 'until the next step is in the document (the touch, the core and back, React)', value: of((one) => one.answer) },
    { part: 'until the page has made its frame', value: of((one) => one.page) },
    { part: 'until the frame is on the glass', value: of((one) => one.draw) },
    { part: 'the page at style and layout', value: work('UpdateLayoutTree', 'Layout', 'PrePaint') },
    { part: 'the page at scripts', value: work('FunctionCall') },
  ];
}
