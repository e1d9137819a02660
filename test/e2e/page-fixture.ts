import { expect, test } from '@playwright/test';
import { type Harness, type HarnessPage, openHarness } from '../screens/page-harness.ts';
import { SAMPLES } from '../screens/samples.ts';

/**
 * The built page alone, under its own headers and policy, anew for each test of the file that calls this; what the core would get is in
 * `shown.sent`. A test ends red when the page complained.
 */
export function pageFixture(): { readonly shown: HarnessPage } {
  let harness: Harness;
  let shown: HarnessPage;
  test.beforeAll(async () => {
    harness = await openHarness();
  });
  test.afterAll(() => harness.close());
  test.beforeEach(async () => {
    shown = await harness.open('portrait', 'ja');
  });
  test.afterEach(async () => {
    expect(shown.complaints).toEqual([]);
    await shown.close();
  });
  return {
    get shown() {
      return shown;
    },
  };
}

/** @throws when there is no such sample */
export function sample(name: string) {
  const found = SAMPLES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.snapshot('ja');
}
