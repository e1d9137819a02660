import { readdirSync } from 'node:fs';
import { Summary } from '../sandbox/platform/views.ts';
import { expect, test } from './ops-desk.ts';

/** At the platform's own sandbox address. */
async function world(url: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/sandbox/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

test('a dead line: two acts leave on a stick, the answer comes back on it, and each is done once', async ({ desk }) => {
  const { page, sandbox, medium } = desk;
  const count = (state: string) => page.locator(`[data-count="${state}"] dd`);
  await desk.visit('fresh');
  sandbox.line.cut();
  await desk.visit('fresh-2');
  await desk.visit('wrong-pin-once');

  await desk.open('clerk', 'queue');
  await expect(page.locator('.dead-line')).toHaveCount(0);
  await desk.close();
  await desk.open('engineer', 'queue');
  await expect(count('accepted')).toHaveText('1');
  const waits = async () => Number(await count('pending').innerText()) + Number(await count('sending').innerText());
  expect(await waits()).toBe(2);
  await desk.axe();
  await desk.shoot('queue-waiting');

  await desk.push('export');
  await desk.shoot('queue-sure');
  await desk.push('export-yes');
  await expect(page.locator('.queue [role="status"]')).toContainText('2件を書き出しました');
  expect(readdirSync(medium)).toEqual([expect.stringMatching(/^madoguchi-DEMO-01-\d{8}-\d{6}\.jsonl$/)]);
  await desk.push('import');
  await expect(page.locator('.queue [role="alert"]')).toContainText('何も変えていません');

  expect(await sandbox.stick.take()).toBe(1);
  await desk.push('import');
  await expect(page.locator('.queue [role="status"]')).toContainText('2件が決まりました');
  await expect(count('accepted')).toHaveText('3');
  expect(await waits()).toBe(0);
  await desk.shoot('queue-imported');

  sandbox.line.mend();
  await desk.push('retry-now');
  await expect(async () => {
    await desk.push('queue-again');
    await expect(page.locator('.queue .say.ok')).toContainText('つながっています', { timeout: 500 });
  }).toPass();
  const summary = Summary.parse(await world(sandbox.platform.url, 'summary'));
  expect(summary).toMatchObject({ accepted: 3, duplicates: 0, conflicts: 0, people: 3 });
});

test('a parked row is shown with its reason, and let go again', async ({ desk }) => {
  const { page, sandbox } = desk;
  await world(sandbox.platform.url, 'faults', { type: 'status', status: 422, on: ['batches'] });
  await desk.visit('fresh');
  await desk.open('clerk', 'queue');
  await expect(page.locator('[data-parked]')).toHaveCount(1);
  await expect(page.locator('[data-parked]')).toContainText('422');
  await desk.axe();
  await desk.shoot('queue-parked');
  await fetch(`${sandbox.platform.url}/sandbox/faults`, { method: 'DELETE' });
  const receipt = (await page.locator('[data-parked]').getAttribute('data-parked')) ?? '';
  await desk.surely(`release-${receipt}`);
  await expect(page.locator('[data-parked]')).toHaveCount(0);
  await expect(async () => {
    await desk.push('queue-again');
    await expect(page.locator('[data-count="accepted"] dd')).toHaveText('1', { timeout: 500 });
  }).toPass();
});
