import { afterEach, expect, test } from 'vitest';
import type { HoursOrder } from '../../main/contract/hours.ts';
import { makeStaffKey, type StaffCore, startStaffCore } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';

/** A real core whose staff open and close it by hand: the public screen follows when the console is closed. */
let core: StaffCore | null = null;
afterEach(async () => {
  await core?.stop();
  core = null;
});
const PASSCODE = '805173';
/** One minute of one day years ago: closed now, and no opening ahead. */
const NEVER = 'hours={"week":{},"exceptions":{"2020-01-01":["09:00-09:01"]}}';

test.each([
  ['closed and given back, where no hours are set', [], 'attract', 'close', 'closed'],
  ['opened for today and given back, outside the hours', [NEVER], 'closed', 'open-today', 'attract'],
] as const)('%s', async (_name, settings, first, one, then) => {
  const data = testFolder('kiosk', 'opening');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  core = await startStaffCore(data, [...settings]);
  const page = await core.page();
  await page.see(first);
  const staff = await core.staff();
  await staff.greet(key);
  staff.say({ type: 'set-passcode', passcode: PASSCODE });
  await staff.until(({ access }) => access === 'closed');
  const order = async (wanted: HoursOrder) => {
    staff.say({ type: 'open', passcode: PASSCODE });
    await staff.until(({ access }) => access === 'open');
    const answer = await staff.ask({ what: 'set-opening', order: wanted });
    if (typeof answer === 'string' || answer.what !== 'opening') throw new Error('no view of the opening');
    staff.say({ type: 'close' });
    await staff.until(({ access }) => access === 'closed');
    return answer.opening;
  };
  const hours = settings.length > 0;
  expect(await order(one)).toMatchObject({ open: then === 'attract', by: 'staff', hours });
  await page.see(then);
  expect(await order('follow')).toMatchObject({ open: first === 'attract', by: hours ? 'hours' : 'always', hours });
  await page.see(first);
});
