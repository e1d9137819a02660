import type { Shown } from '../../../main/contract/staff.ts';
import type { StaffText } from '../words/texts.ts';

/** A count in words; `few` is a word of its own and has no unit. @param unit the text that puts its word to the number */
export function shownIn(
  t: StaffText,
  count: Shown,
  unit: 'report.number' | 'report.cases' | 'report.times' = 'report.number',
): string {
  return count === 'few' ? t('few') : t(unit, { count });
}

/** null: it cannot be said. */
export const percentIn = (t: StaffText, value: number | null): string =>
  value === null ? '—' : t('report.percent', { percent: value });
