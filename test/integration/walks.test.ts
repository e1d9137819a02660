import { afterEach, expect, test } from 'vitest';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import type { Person } from '../support/person.ts';
import { personAtPort } from '../support/person-at-port.ts';
import { askStatus, commit, leave, nextPersonToEntry, signUp, takeBack, toReadBack, typeAccount } from '../support/walks.ts';

/** The walks of the browser's tests, at the Port: a walk that no longer leads where it says is found in a second. */
let harness: CoreHarness;
let person: Person;
const start = async (set: readonly string[] = []) => {
  harness = await createHarness({ name: 'walks', set: ['helpers=false', ...set] });
  person = personAtPort({ ...harness, name: 'walks' });
};
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.log(harness.page.now.screen, harness.lines.slice(-5));
  await harness.close();
});
/** After a visit the screen says goodbye until its time is over. */
const leaveAndNext = async () => {
  const left = leave(person);
  await harness.until(() => harness.page.now.screen.name === 'goodbye' || harness.page.now.screen.name === 'attract');
  harness.clock.advance(20_000);
  await left;
};

test('set-up, sign-up and status of one person', async () => {
  await start();
  await toReadBack(person, 'fresh');
  await commit(person, 'fresh');
  expect(await person.see('issued', 'received')).toBe('issued');
  await leaveAndNext();
  await signUp(person, 'fresh', 1, { hasId: true });
  expect(await person.see('signed-up', 'received', 'refused')).toBe('signed-up');
  expect(await person.readReceipt()).toMatch(/^\d{10}$/);
  await leaveAndNext();
  await askStatus(person, 'fresh');
  await person.see('status');
  expect(harness.platform.people()).toHaveLength(1);
});

test('a family: the service stands, the account does not', async () => {
  await start();
  await signUp(person, 'fresh', 2);
  await person.see('signed-up');
  await nextPersonToEntry(person, 'fresh-2', { whose: 'child' });
  await typeAccount(person, 3);
  await commit(person, 'fresh-2');
  await person.see('signed-up');
  expect(harness.platform.people()).toHaveLength(2);
});

test('without a line: 受付, and taken back by its number', async () => {
  await start(['platform.waitForAnswerSeconds=1']);
  harness.platform.faults({ type: 'refuse-connections', ms: 3_600_000 });
  await signUp(person, 'fresh', 4);
  await person.see('delivering');
  harness.clock.advance(30_000);
  await person.see('received');
  const receipt = await person.readReceipt();
  await leaveAndNext();
  await takeBack(person, receipt);
  expect([harness.waiting(), harness.platform.people().length]).toEqual([0, 0]);
});
