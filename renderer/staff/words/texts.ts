import { LOCALES, type StaffLanguage } from '../../../main/contract/languages.ts';
import { LeftOut } from '../../../main/contract/left-out.ts';
import type { HealthResult } from '../../../main/contract/staff.ts';
import { listIn } from '../../../main/contract/words/formats.ts';
import { createTexts, type ValueArguments, type ValuesOf } from '../../../main/contract/words/texts.ts';
import { STAFF_WORDS, type StaffWords } from './words.generated.ts';

type StaffKey = keyof StaffWords;
/** The staff's texts in the language of whoever sits here. */
export type StaffText = <K extends StaffKey>(key: K, ...values: ValueArguments<StaffWords, K>) => string;

const textOf = createTexts<StaffLanguage, StaffWords>(STAFF_WORDS, LOCALES);

export const staffText =
  (language: StaffLanguage): StaffText =>
  (key, ...values) =>
    textOf(language, key, ...values);

/** The first of these keys that has words; `otherwise` where none has: a code that staff can at least say on the telephone. */
export function nameOf(t: StaffText, otherwise: string, ...keys: readonly string[]): string {
  const found = keys.find((key) => textOf.has(key));
  return found !== undefined && textOf.has(found) ? t(found) : otherwise;
}

/** `card.pin-locked` in words, and what staff can do about it. */
export function reasonInWords(t: StaffText, code: string): string {
  const reason = nameOf(t, code, `reason.${code}`);
  const advice = nameOf(t, '', `advice.${code}`);
  return advice === '' ? reason : t('reason.withAdvice', { reason, advice });
}

export const leftOutInWords = (t: StaffText, { journey, lacks }: LeftOut): string =>
  t('help.leftOut', { journey: t(`journey.${journey}`), part: t(`help.parts.${lacks}`) });

type FindingKey = Extract<StaffKey, `finding.${string}`>;
const FINDINGS: ReadonlySet<string> = new Set(
  STAFF_WORDS.ja.flatMap((file) => Object.keys(file)).filter((key) => key.startsWith('finding.')),
);
const isFinding = (key: string): key is FindingKey => FINDINGS.has(key);

/** What stands for a fact that a check did not give. */
const NO_FACTS: ValuesOf<StaffWords, FindingKey> = {
  ...{ count: '–', names: '–', slots: '–', triesLeft: '–', minutes: '–', reads: '–', problem: '–', napi: '–', kib: '–' },
  ...{ waiting: '–', parked: '–', noticed: '–', files: '–', wrong: '–', freeMb: '–', leastMb: '–', seconds: '–', ms: '–' },
  ...{ status: '–', days: '–', pinned: '–', list: '–' },
};

/** A finding in words: what it is, and what to do. */
export function findingInWords(
  language: StaffLanguage,
  { id, finding, facts }: HealthResult,
): { readonly name: string; readonly says: string; readonly todo: string } {
  const t = staffText(language);
  const list = typeof facts['list'] === 'string' ? { list: listInWords(language, facts['list']) } : {};
  const values = { ...NO_FACTS, ...facts, ...list };
  const say = (what: 'says' | 'todo', otherwise: string) => {
    const key = [`finding.${id}.${finding}.${what}`, `finding.any.${finding}.${what}`].find(isFinding);
    return key === undefined ? otherwise : t(key, values);
  };
  return { name: t(`finding.${id}.name`), says: say('says', finding), todo: say('todo', '') };
}

/** `sign-up: catalogue-key, receipt-lookup: printer` in words. What cannot be read is shown as it is. */
function listInWords(language: StaffLanguage, list: string): string {
  const entries = list.split(', ').map((entry) => {
    const [journey, lacks] = entry.split(': ');
    const read = LeftOut.safeParse({ journey, lacks });
    return read.success ? leftOutInWords(staffText(language), read.data) : entry;
  });
  return listIn(language, entries);
}
