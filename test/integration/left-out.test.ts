import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Journey } from '../../main/contract/screens.ts';
import { loadSettings } from '../../main/core/settings/load-settings.ts';
import { offersOf, partsOf } from '../../main/core/visit/offers.ts';
import { makeStaffKey, type StaffCore, startStaffCore } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';

/** A real core that lacks parts: what it offers, and where it says what it leaves out. */
let core: StaffCore | null = null;
afterEach(async () => {
  await core?.stop();
  core = null;
});
const journeys = (...named: Journey[]) => `journeys=${JSON.stringify(named)}`;

test('without a catalogue key: attract and menu hold what is left, in the settings’ order; log, help window and health say the rest', async () => {
  const data = testFolder('kiosk', 'left-out');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  core = await startStaffCore(data, [journeys('receipt-lookup', 'set-up', 'sign-up', 'check', 'municipal')]);
  const page = await core.page();
  await page.see('attract');
  expect(page.now.screen).toEqual({ name: 'attract', can: ['receipt-lookup', 'set-up', 'check'] });
  await page.go('start', 'menu');
  expect(page.now.screen).toMatchObject({ can: ['receipt-lookup', 'set-up', 'check'] });
  await page.go('home', 'attract');
  // No printer is named here, and none is needed: a receipt's number was on the screen, and can be typed.
  await page.go('receipt-lookup', 'receipt-find');
  await page.go('home', 'attract');
  // What is not offered cannot be pressed; what is begins at once.
  page.press('sign-up');
  await page.go('set-up', 'about-set-up');
  await page.go('home', 'attract');

  const leftOut = [
    { journey: 'sign-up', lacks: 'catalogue-key' },
    { journey: 'municipal', lacks: 'catalogue-key' },
  ];
  const log = readdirSync(join(data, 'log')).flatMap((file) =>
    readFileSync(join(data, 'log', file), 'utf8')
      .trim()
      .split('\n'),
  );
  const said = log.map((line) => JSON.parse(line)).filter(({ event }) => event === 'journey.left-out');
  expect(said.map(({ journey, lacks }) => ({ journey, lacks }))).toEqual(leftOut);

  const staff = await core.staff();
  expect((await staff.greet(key)).help?.leftOut).toEqual(leftOut);
  staff.say({ type: 'set-passcode', passcode: '805173' });
  await staff.until(({ access }) => access === 'closed');
  staff.say({ type: 'open', passcode: '805173' });
  await staff.until(({ access }) => access === 'open');
  const answer = await staff.ask({ what: 'health' });
  if (typeof answer === 'string' || answer.what !== 'health') throw new Error('no report');
  expect(answer.report.results.find(({ id }) => id === 'journeys')).toMatchObject({
    state: 'warning',
    finding: 'left-out',
    facts: { list: 'sign-up: catalogue-key, municipal: catalogue-key' },
  });
});

test('a terminal for which nothing is left does not start, and says why', async () => {
  await expect(startStaffCore(testFolder('kiosk', 'nothing-left'), [journeys('sign-up')])).rejects.toThrow('code 2');
});

test.each(['city-hall', 'retail', 'atm'])('%s offers every journey whose parts are there', (profile) => {
  const root = resolve(import.meta.dirname, '../..');
  const terms = join(root, 'kiosk-config/terms/programme.json');
  const loaded = loadSettings({
    configDir: join(root, 'kiosk-config'),
    profile,
    set: [
      'terminal={"id":"T-1","name":{"ja":"窓口","en":"Counter"}}',
      `platform={"url":"https://platform.example.jp","sealingKeyFile":"${terms}","catalogueKeyFile":"${terms}"}`,
      'printer={"driver":"cups","queue":"office"}',
    ],
    cwd: root,
  });
  if (!loaded.ok) throw new Error(loaded.error.join('; '));
  const { journeys: named } = loaded.value;
  const { journeys: offered, leftOut } = offersOf(named, partsOf(loaded.value, true));
  expect([...offered].sort()).toEqual([...Journey.options].sort());
  expect(offered).toEqual(named);
  expect(leftOut).toEqual([]);
});
