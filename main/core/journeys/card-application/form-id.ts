import { FormId } from '../../../contract/application.ts';
import type { FormProblem } from '../../../contract/screens.ts';
import { readReceiptCode } from '../../catalogue/scanned.ts';
import { halfWidth, type Reading, readings } from '../../scan/readings.ts';

/** Digits of a 申請書ID. */
export const FORM_DIGITS = 23;

/** What a scanner read, where a form is asked for. */
export type FormScan = { readonly form: string } | { readonly problem: FormProblem };

/** Spaces and whatever is written for a hyphen, the long vowel mark of a Japanese keyboard among them. */
const withoutSeparators = (text: string): string => text.replaceAll(/[\s\p{Pd}\u2212ー]/gu, '');

/**
 * The form's number in whatever a camera or a hand scanner read: 23 digits alone, or in a web address that holds exactly one run of
 * exactly 23 digits (smartphone forms carry one). Never guesses: two numbers in one address are none.
 */
export function readFormScan(read: string): FormScan {
  const found = readings(read).map(readOne);
  const form = found.find((one) => 'form' in one);
  if (form !== undefined) return form;
  for (const problem of ['scan-receipt', 'scan-url'] as const) {
    if (found.some((one) => 'problem' in one && one.problem === problem)) return { problem };
  }
  return { problem: 'scan-garbage' };
}

function readOne({ text, bareNumber }: Reading): FormScan {
  const digits = withoutSeparators(text);
  if (bareNumber && FormId.safeParse(digits).success) return { form: digits };
  if (text.startsWith('MADO1R:') || (bareNumber && readReceiptCode(text) !== null)) return { problem: 'scan-receipt' };
  if (!/^(?:https?:|www\.)/i.test(text)) return { problem: 'scan-garbage' };
  const runs = (text.match(/\d+/g) ?? []).filter((run) => run.length === FORM_DIGITS);
  const [only] = runs;
  return only !== undefined && runs.length === 1 ? { form: only } : { problem: 'scan-url' };
}

/** The digits after one more key. `null`: the key does not belong there, or there is no room. */
export function typeFormDigit(text: string, key: string): string | null {
  const digit = halfWidth(key);
  return /^\d$/.test(digit) && text.length < FORM_DIGITS ? text + digit : null;
}
