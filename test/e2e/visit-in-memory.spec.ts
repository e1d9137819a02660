import { setTimeout as sleep } from 'node:timers/promises';
import { accountOf } from '../sandbox/providers/accounts.ts';
import { foundInMemory, planted, processesOfTheKiosk } from '../support/kiosk-memory.ts';
import type { MemoryNeedle } from '../support/memory-search.ts';
import { commit, leave, toEntry } from '../support/walks.ts';
import { expect, test } from './counter.ts';

const formsOf = (text: string): MemoryNeedle[] => [
  { form: 'text', bytes: Buffer.from(text) },
  { form: 'two bytes a sign', bytes: Buffer.from(text, 'utf16le') },
  { form: 'base64', bytes: Buffer.from(Buffer.from(text).toString('base64').slice(0, 12)) },
  { form: 'hex', bytes: Buffer.from(Buffer.from(text).toString('hex')) },
];

/** Core and card host live on, and hold nothing of a person who has gone. Of the launcher and the browser the count is printed: README. */
test('after a visit neither core nor card host holds the account that was scanned and signed', async ({ counter }) => {
  test.setTimeout(300_000);
  const { account, codes } = accountOf('mint-pay', 7);
  const needles = formsOf(account);
  const control = await planted(needles);
  const there = foundInMemory(needles, [{ pid: control.pid ?? -1, kind: 'core' }]).hits;
  control.kill();
  expect(Object.keys(there).toSorted()).toEqual(needles.map(({ form }) => `core: ${form}`).toSorted());

  await toEntry(counter, 'fresh', { service: 'mint-pay' });
  await counter.scan(`mintpay:${account}:${codes[0]}`);
  await counter.see('read-back');
  const during = foundInMemory(needles);
  process.stdout.write(`account in memory during the visit: ${during.words}\n`);
  expect(Object.keys(during.hits).some((name) => name.startsWith('core'))).toBe(true);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await leave(counter);
  const ours = () => processesOfTheKiosk().filter(({ kind }) => kind === 'core' || kind === 'card host');
  await sleep(3000);
  process.stdout.write(`account in memory 3 s after the visit: ${foundInMemory(needles).words}\n`);
  await expect.poll(() => foundInMemory(needles, ours()).hits, { timeout: 20_000 }).toEqual({});
});
