import { LOCALES, type StaffLanguage } from '../../../contract/languages.ts';
import { createTexts, type ValueArguments } from '../../../contract/words/texts.ts';
import { REPORT_WORDS, type ReportWords } from './words.generated.ts';

const textOf = createTexts<StaffLanguage, ReportWords>(REPORT_WORDS, LOCALES);

/** A text of the report in one language. */
export type ReportText = <K extends keyof ReportWords>(key: K, ...values: ValueArguments<ReportWords, K>) => string;

export const reportText =
  (language: StaffLanguage): ReportText =>
  (key, ...values) =>
    textOf(language, key, ...values);

/** The first of these keys that has words; `otherwise` where none has. */
function nameOf(t: ReportText, otherwise: string, ...keys: readonly string[]): string {
  const found = keys.find((key) => textOf.has(key));
  return found !== undefined && textOf.has(found) ? t(found) : otherwise;
}

/** Names of the keys by which the report counts; a key that nobody has named is its own name. */
export const nameOfCategory = (t: ReportText, key: string) => nameOf(t, key, `category.${key}`, `together.${key}`);
export const nameOfJourney = (t: ReportText, key: string) => nameOf(t, key, `journey.${key}`, `together.${key}`);
export const nameOfReferral = (t: ReportText, key: string) =>
  nameOf(t, key, `reason.card.${key}`, `reason.refused.${key}`, `together.${key}`);

/** @param key `screen.reason`, or `other` */
export function nameOfAbandonment(t: ReportText, key: string): string {
  const [screen = '', reason] = key.split('.');
  const step = nameOf(t, screen, `screen.${screen}`, `together.${screen}`);
  return reason === undefined ? step : t('report.stepAndReason', { step, reason: nameOf(t, reason, `gaveUp.${reason}`) });
}
