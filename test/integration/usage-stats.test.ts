import { afterEach, expect, test } from 'vitest';
import { StaffReport } from '../../main/contract/staff.ts';
import { reportHandlers } from '../../main/core/staff/report/handlers.ts';
import { japanDay } from '../../main/core/time.ts';
import { createUsageCollector } from '../../main/core/usage-stats/collector.ts';
import { openUsageStats, type UsageStats } from '../../main/core/usage-stats/usage-stats.ts';
import { personOf } from '../sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { walkToCard, walkToPin } from '../support/page-driver.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';
import { confirmReadBack, typeFields, walkToEntry } from '../support/sign-up-walk.ts';

let harness: CoreHarness;
afterEach(() => harness.close());

const card = (state: CardStateName) => loggedCard(createVirtualCard(state, harness.pki), 'tally');
const lay = (state: CardStateName) => () => void harness.reader.insert(card(state));

function count() {
  const faults: string[] = [];
  const usageStats = openUsageStats({ data: harness.data, clock: harness.clock, log: (event) => faults.push(event) });
  const stop = createUsageCollector(
    harness.kiosk,
    harness.clock,
    { id: 'one', uptimeMs: () => harness.clock.monotonic() },
    usageStats,
    () => faults.push('feed'),
  );
  return { usageStats, faults, stop };
}

/** As the staff's page asks for it. Nobody comes in the night in this test, so yesterday is in it should midnight pass meanwhile. */
async function reportOf(usageStats: UsageStats, threshold: number): Promise<StaffReport> {
  const handlers = reportHandlers({
    usageStats,
    clock: harness.clock,
    terminal: { id: 'K-TEST-1', name: { ja: '試験', en: 'Test' } },
    threshold,
  });
  const to = japanDay(harness.clock.now());
  const from = japanDay(harness.clock.now() - 3_600_000);
  const answer = await handlers.report({ what: 'report', from, to }, { role: 'clerk', key: 'window 1' });
  if (!answer.ok || answer.value.what !== 'report') throw new Error('no report');
  return StaffReport.parse(answer.value.report);
}

test('what people did is what the report says, and a restart keeps it', async () => {
  harness = await createHarness({ name: 'tally' });
  const { page, clock } = harness;
  const { usageStats, faults, stop } = count();

  // Done.
  await harness.visit('fresh');
  await page.see('issued');
  await harness.leave();
  // Given up before the card.
  await walkToCard(page);
  await page.go('home', 'attract');
  // Timed out at the first terms.
  await page.go('start', 'menu');
  await page.go('set-up', 'about-set-up');
  await page.go('next', 'whose-card');
  await page.go('self', 'who-types');
  await page.go('holder', 'terms');
  clock.advance(600_000);
  await page.see('goodbye', 'attract');
  // The card taken off at the PIN pad.
  await walkToPin(page, lay('fresh-2'));
  await harness.leave();
  // Somebody typed for the holder.
  await walkToEntry(page, { lay: lay('fresh'), helped: true, hasId: true });
  await typeFields(page, [sakuraAccount(1), '1234']);
  await confirmReadBack(page);
  page.enterPin(personOf(harness.pki, 'fresh').pin);
  await page.see('signed-up');
  await harness.leave();
  // A locked card.
  await walkToCard(page);
  lay('locked')();
  await page.see('card-problem');
  await harness.leave();
  // Ended by staff.
  await walkToPin(page, lay('fresh-2'));
  harness.kiosk.staffCancel();
  await page.see('take-card');
  await harness.leave();
  // Received, not delivered.
  harness.platform.faults({ type: 'retry-items', afterMs: 60_000, times: 1 });
  await harness.visit('fresh-2');
  await page.see('delivering');
  clock.advance(30_000);
  await page.see('received');
  await harness.leave();

  const expected = {
    visits: 8,
    setUps: 2,
    applications: 0,
    municipal: 0,
    abandoned: [
      { key: 'insert-card.home', count: 1 },
      { key: 'pin.removed', count: 1 },
      { key: 'pin.staff', count: 1 },
      { key: 'terms.timeout', count: 1 },
    ],
    referrals: [{ key: 'pin-unusable', count: 1 }],
    helpedPercent: 100,
    uptimePercent: 100,
  };
  const now = await reportOf(usageStats, 1);
  expect(now).toMatchObject(expected);
  expect(now.signUps).toContainEqual({ key: 'all', count: 1 });
  expect(now.signUps).toContainEqual({ key: 'prepaid', count: 1 });
  expect(now.medianMinutes.map(({ key }) => key).sort()).toEqual(['set-up', 'sign-up']);
  // The visits take minutes: in Japan it may be midnight in between.
  const overDays = (key: 'setUps' | 'signUps' | 'applications') => now.days.reduce((sum, day) => sum + Number(day[key]), 0);
  expect([overDays('setUps'), overDays('signUps'), overDays('applications')]).toEqual([2, 1, 0]);

  stop();
  usageStats.close();
  const again = openUsageStats({ data: harness.data, clock, log: (event) => faults.push(event) });
  expect(await reportOf(again, 1)).toEqual(now);
  // One person each is nobody's business: all that is left to see is that something was.
  const shown = await reportOf(again, 5);
  expect(shown).toMatchObject({ visits: 'few', setUps: 'few', applications: 0, helpedPercent: null, medianMinutes: [] });
  expect(shown.abandoned).toEqual([{ key: 'other', count: 'few' }]);
  again.close();
  expect(faults).toEqual([]);
});

test('a 受付 that is answered while the person stands there is one set-up, not two', async () => {
  harness = await createHarness({ name: 'tally' });
  const { usageStats, stop } = count();
  harness.platform.faults({ type: 'latency', ms: 12_000, on: ['batches'] });
  await harness.visit();
  await harness.until(() => harness.inFlight() === 1);
  harness.clock.advance(8000);
  await harness.page.see('received');
  expect(await reportOf(usageStats, 1)).toMatchObject({ visits: 1, setUps: 1 });
  harness.clock.advance(4000);
  await harness.page.see('issued');
  expect(await reportOf(usageStats, 1)).toMatchObject({ visits: 1, setUps: 1, abandoned: [] });
  const counted = usageStats.read('2020-01-01', '2999-12-31');
  const rows = counted.ok ? counted.value.rows : [];
  const sum = (key: string) => rows.filter((row) => row.key === key).reduce((total, row) => total + row.count, 0);
  expect([sum('outcome:set-up:received'), sum('outcome:set-up:issued')]).toEqual([0, 1]);
  stop();
  usageStats.close();
});
