import { expect, test } from '@playwright/test';
import { openStage, type Stage, type StagePage } from '../screens/page-stage.ts';
import { SAMPLES } from '../screens/samples.ts';

/**
 * The built page alone, under its own headers and policy, anew for each test of the file that calls this; what the core would get is in
 * `front.sent`. A test ends red when the page complained.
 */
export function onStage(): { readonly front: StagePage } {
  let stage: Stage;
  let front: StagePage;
  test.beforeAll(async () => {
    stage = await openStage();
  });
  test.afterAll(() => stage.close());
  test.beforeEach(async () => {
    front = await stage.open('portrait', 'ja');
  });
  test.afterEach(async () => {
    expect(front.complaints).toEqual([]);
    await front.close();
  });
  return {
    get front() {
      return front;
    },
  };
}

/** @throws when there is no such sample */
export function sample(name: string) {
  const found = SAMPLES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.snapshot('ja');
}
