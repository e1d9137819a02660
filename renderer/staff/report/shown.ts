import type { Language } from '../../../main/contract/page-protocol.ts';
import { FEW } from '../../../main/contract/report-words.ts';
import type { Shown } from '../../../main/contract/staff.ts';

const grouped = (count: number, language: Language) => count.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB');

/** A count in words; `few` is a word of its own and has no unit. @param unit puts its word to the number */
export function shownIn(language: Language, count: Shown, unit: (count: string) => string = (text) => text): string {
  return count === 'few' ? FEW[language] : unit(grouped(count, language));
}

/** null: it cannot be said. */
export const percentIn = (value: number | null): string => (value === null ? '—' : `${value} %`);
