import type { Store } from './store.ts';

/** Every test form begins like this: what searches files for form numbers looks for it, and finds those of every test. */
export const TEST_FORM_PREFIX = '990020261126';
const SEEDED = 24;

/** A 申請書ID of the sandbox. Not real: real ones do not begin so. @param n from 0 */
export const testForm = (n: number): string => TEST_FORM_PREFIX + String(n).padStart(11, '0');

/** Forms that are there from the beginning: the demo shows them. Printing more goes on after them. */
export function seedForms(store: Store, now: number): void {
  store.transaction(() => {
    for (let n = 0; n < SEEDED; n++) store.addForm(testForm(n), now);
  });
}

/** Prints one more. @returns its number */
export function printForm(store: Store, now: number): string {
  const form = testForm(store.forms().length);
  store.addForm(form, now);
  return form;
}
