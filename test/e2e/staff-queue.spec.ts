import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOutbox } from '../../main/core/outbox/outbox.ts';
import { Summary } from '../sandbox/platform/views.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { testFolder } from '../support/test-folder.ts';
import { expect, test } from './staff-world.ts';

/** At the platform's own sandbox address. */
async function world(url: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${url}/sandbox/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

test('a dead line: two acts leave on a stick, the answer comes back on it, and each is done once', async ({ staffWorld }) => {
  const { page, sandbox, medium } = staffWorld;
  const count = (state: string) => page.locator(`[data-count="${state}"] dd`);
  await staffWorld.visit('fresh');
  sandbox.line.cut();
  await staffWorld.visit('fresh-2');
  await staffWorld.visit('wrong-pin-once');

  await staffWorld.open('clerk', 'queue');
  await expect(page.locator('[data-dead-line]')).toHaveCount(0);
  await staffWorld.close();
  await staffWorld.open('engineer', 'queue');
  await expect(count('accepted')).toHaveText('1');
  const waits = async () => Number(await count('pending').innerText()) + Number(await count('sending').innerText());
  expect(await waits()).toBe(2);
  await staffWorld.axe();
  await staffWorld.shoot('queue-waiting');

  await staffWorld.push('export');
  await staffWorld.shoot('queue-sure');
  await staffWorld.push('export-yes');
  await expect(page.locator('#panel-queue [role="status"]')).toContainText('2件を書き出しました');
  expect(readdirSync(medium)).toEqual([expect.stringMatching(/^madoguchi-DEMO-01-\d{8}-\d{6}\.jsonl$/)]);
  await staffWorld.push('import');
  await expect(page.locator('#panel-queue [role="alert"]')).toContainText('何も変えていません');

  expect(await sandbox.stick.take()).toBe(1);
  await staffWorld.push('import');
  await expect(page.locator('#panel-queue [role="status"]')).toContainText('2件が決まりました');
  await expect(count('accepted')).toHaveText('3');
  expect(await waits()).toBe(0);
  await staffWorld.shoot('queue-imported');

  sandbox.line.mend();
  await staffWorld.push('retry-now');
  await expect(async () => {
    await staffWorld.push('queue-again');
    await expect(page.locator('[data-line="online"]')).toContainText('つながっています', { timeout: 500 });
  }).toPass();
  const summary = Summary.parse(await world(sandbox.platform.url, 'summary'));
  expect(summary).toMatchObject({ accepted: 3, duplicates: 0, conflicts: 0, people: 3 });
});

test('a parked row is shown with its reason, and let go again', async ({ staffWorld }) => {
  const { page, sandbox } = staffWorld;
  await world(sandbox.platform.url, 'faults', { type: 'status', status: 422, on: ['batches'] });
  await staffWorld.visit('fresh');
  await staffWorld.open('clerk', 'queue');
  await expect(page.locator('[data-parked]')).toHaveCount(1);
  await expect(page.locator('[data-parked]')).toContainText('422');
  await staffWorld.axe();
  await staffWorld.shoot('queue-parked');
  await fetch(`${sandbox.platform.url}/sandbox/faults`, { method: 'DELETE' });
  const receipt = (await page.locator('[data-parked]').getAttribute('data-parked')) ?? '';
  await staffWorld.surely(`release-${receipt}`);
  await expect(page.locator('[data-parked]')).toHaveCount(0);
  await expect(async () => {
    await staffWorld.push('queue-again');
    await expect(page.locator('[data-count="accepted"] dd')).toHaveText('1', { timeout: 500 });
  }).toPass();
});

test('many parked rows are chosen by reason and by kind, and let go all at once', async ({ staffWorld }) => {
  const { page, sandbox } = staffWorld;
  await world(sandbox.platform.url, 'faults', { type: 'status', status: 422, on: ['batches'] });
  await staffWorld.visit('fresh');
  await staffWorld.visit('fresh-2');
  await staffWorld.open('clerk', 'queue');
  await expect(page.locator('[data-parked]')).toHaveCount(2);
  await staffWorld.push('kind-sign-up');
  await expect(page.locator('[data-parked]')).toHaveCount(0);
  await expect(page.locator('[data-push="release-all"]')).toHaveCount(0);
  await staffWorld.push('kind-set-up');
  await staffWorld.push('reason-http-422');
  await expect(page.locator('[data-parked]')).toHaveCount(2);
  await expect(page.locator('[data-shown]')).toContainText('2件のうち2件');
  await staffWorld.axe();
  await staffWorld.shoot('queue-many-parked');
  await fetch(`${sandbox.platform.url}/sandbox/faults`, { method: 'DELETE' });
  await staffWorld.push('kind-any');
  await staffWorld.surely('release-all');
  await expect(page.locator('#panel-queue [role="status"]')).toContainText('2件を送信待ちに戻しました');
  await expect(async () => {
    await staffWorld.push('queue-again');
    await expect(page.locator('[data-count="accepted"] dd')).toHaveText('2', { timeout: 500 });
  }).toPass();
});

/** A queue's file as it is set aside, with two unsent rows that this kiosk does not know; and one of which nothing can be read. */
function setAside(queue: string): string {
  const folder = testFolder('world', 'set-aside');
  const limits = { maxRows: 10, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
  const opened = openOutbox({ folder, limits, clock: createManualClock(), log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  for (const [n, receipt] of ['1234567897', '9876543217'].entries()) {
    const id = `0199cccc-0000-7000-8000-00000000000${n}`;
    opened.value.enqueue({ id, kind: 'set-up', receipt, sealed: `nothing-that-opens-${n}` });
  }
  opened.value.close();
  const name = 'outbox.db.damaged-2026-11-23T01-00-00-000Z';
  copyFileSync(join(folder, 'outbox.db'), join(queue, name));
  writeFileSync(join(queue, 'outbox.db.damaged-2026-11-22T01-00-00-000Z'), 'x'.repeat(20_000));
  rmSync(folder, { recursive: true });
  return name;
}

test('the queue is checked, and rows of a set-aside file are saved, told by receipt, and delivered once @campaign', async ({
  staffWorld,
}) => {
  const { page, sandbox } = staffWorld;
  const name = setAside(staffWorld.queue);
  await staffWorld.open('clerk', 'queue');
  await expect(page.locator('[data-push="set-aside"]')).toHaveCount(0);
  await staffWorld.push('check-queue');
  await expect(page.locator('#panel-queue [role="status"]')).toContainText('検査を始めました');
  await expect(async () => {
    await staffWorld.push('queue-again');
    await expect(page.locator('[data-verdict="good"]')).toContainText('異常はありません', { timeout: 500 });
  }).toPass();
  await staffWorld.close();

  await staffWorld.open('engineer', 'queue');
  await staffWorld.push('set-aside');
  await expect(page.locator('[data-file]')).toHaveCount(2);
  await expect(page.locator(`[data-file="${name}"]`)).toContainText('いまの保管にないもの2件');
  await expect(page.locator('[data-file]').last()).toContainText('読めません');
  await staffWorld.axe();
  await staffWorld.shoot('queue-set-aside');
  await staffWorld.surely(`salvage-${name}`);
  await expect(page.locator('#panel-queue [role="status"]')).toContainText('2件を戻しました');
  const finding = page.locator('[data-finding="salvaged"]');
  await expect(finding).toContainText('123-456-7897, 987-654-3217');
  await staffWorld.axe();
  await staffWorld.shoot('queue-findings');
  // The platform has judged them, once each: nothing that opens is in them.
  await expect(async () => {
    await staffWorld.push('queue-again');
    await expect(page.locator('[data-count="refused"] dd')).toHaveText('2', { timeout: 500 });
  }).toPass();
  await staffWorld.push('set-aside');
  await expect(page.locator(`[data-file="${name}"]`)).toContainText('戻すものはありません');
  const { perId } = Summary.parse(await world(sandbox.platform.url, 'summary'));
  expect(Object.values(perId).map(({ refused }) => refused)).toEqual([1, 1]);
  await staffWorld.surely('seen-findings');
  await expect(finding).toHaveCount(0);
});
