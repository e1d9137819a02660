import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { AuditView } from '../../main/contract/staff.ts';
import { makeStaffKey, type StaffCore, startStaffCore } from '../support/staff-core.ts';
import type { StaffDriver } from '../support/staff-driver.ts';
import { testFolder } from '../support/test-folder.ts';

/** The staff's side as its devices meet it: a real core process, the real sockets, the real argon2. */
const PASSCODE = '805173';
const cores: StaffCore[] = [];

async function start(data: string, set: readonly string[] = []): Promise<StaffCore> {
  const core = await startStaffCore(data, set);
  cores.push(core);
  return core;
}
afterEach(async () => {
  for (const core of cores.splice(0)) await core.stop();
});

/** A device whose key has its passcode. */
async function device(core: StaffCore, key: string): Promise<StaffDriver> {
  const staff = await core.staff();
  const { access } = await staff.greet(key);
  if (access === 'no-passcode') {
    staff.say({ type: 'set-passcode', passcode: PASSCODE });
    await staff.until((state) => state.access === 'closed');
  }
  return staff;
}
const open = async (staff: StaffDriver) => {
  staff.say({ type: 'open', passcode: PASSCODE });
  return staff.until(({ access, refused }) => access === 'open' || refused !== null);
};
const attract = async (core: StaffCore) => {
  const page = await core.page();
  await page.see('attract');
  return page;
};
const auditOf = async (staff: StaffDriver): Promise<AuditView> => {
  const answer = await staff.ask({ what: 'audit', before: null });
  if (typeof answer === 'string' || answer.what !== 'audit') throw new Error('no audit');
  return answer.audit;
};
const told = ({ entries }: AuditView) => entries.map(({ role, key, action, outcome }) => [role, key, action, outcome].join('|'));

test('without a key there is no staff side at all', async () => {
  const core = await start(testFolder('kiosk', 'staff-none'));
  expect(core.staffSocket).toBeNull();
  await attract(core);
});

test('first use, opening, the public screen meanwhile, the audit of it all', async () => {
  const data = testFolder('kiosk', 'staff-open');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  const core = await start(data);
  const page = await attract(core);
  const staff = await core.staff();
  const first = await staff.greet(key);
  expect(first).toMatchObject({
    access: 'no-passcode',
    role: 'clerk',
    keyName: 'window 1',
    help: { called: false, step: 'attract' },
  });
  for (const weak of ['111111', '123456', '20260401', 'window 1']) {
    staff.say({ type: 'set-passcode', passcode: weak });
    await staff.until(({ refused }) => refused === 'weak-passcode');
  }
  staff.say({ type: 'set-passcode', passcode: PASSCODE });
  await staff.until(({ access, refused }) => access === 'closed' && refused === null);
  expect(await staff.ask({ what: 'audit', before: null })).toBe('not-open');

  expect(await open(staff)).toMatchObject({ access: 'open', closesIn: 300 });
  expect((await page.see('out-of-order')).screen).toEqual({ name: 'out-of-order', reason: 'staff' });
  // Nobody can begin: a press that is meant for the attract screen does nothing.
  page.press('start');
  expect(await staff.ask({ what: 'settings' })).toBe('not-allowed');
  const audit = await auditOf(staff);
  expect(audit.chain).toEqual({ state: 'whole', checked: audit.total });
  staff.say({ type: 'close' });
  await staff.until(({ access }) => access === 'closed');
  await page.see('attract');

  await open(staff);
  expect(told(await auditOf(staff))).toEqual([
    'clerk|window 1|console.open|done',
    'clerk|window 1|console.close|asked',
    'clerk|window 1|ask.audit|done',
    'clerk|window 1|ask.settings|not-allowed',
    'clerk|window 1|console.open|done',
    'clerk|window 1|passcode.set|done',
    ...Array.from({ length: 4 }, () => 'clerk|window 1|passcode.set|weak'),
    'kiosk|window 1|key.made|done',
    'kiosk||core.started|done',
  ]);
});
