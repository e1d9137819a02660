import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { type AuditView, StaffRequest } from '../../main/contract/staff.ts';
import { makeStaffKey, removeStaffKey, type StaffCore, startStaffCore } from '../support/staff-core.ts';
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
  const before = staff.states.length;
  staff.say({ type: 'open', passcode: PASSCODE });
  return staff.until(({ access, refused }) => staff.states.length > before && (access === 'open' || refused !== null));
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
    const before = staff.states.length;
    staff.say({ type: 'set-passcode', passcode: weak });
    await staff.until(({ refused }) => staff.states.length > before && refused === 'weak-passcode');
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
    // Four within a minute.
    'clerk|window 1|passcode.set|weak',
    'kiosk|window 1|key.made|done',
    'kiosk||core.started|done',
  ]);
});

test('never while somebody is at the screen: refused, and end-visit is what staff have; the call lights with step and reason', async () => {
  const data = testFolder('kiosk', 'staff-busy');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  const core = await start(data);
  const page = await attract(core);
  const staff = await device(core, key);
  await page.go('start', 'menu');
  await page.go('check', 'insert-card');
  page.send({ type: 'call-staff' });
  const lit = await staff.until(({ help }) => help?.called === true);
  expect(lit.help).toMatchObject({ journey: 'check', step: 'insert-card', reason: null, busy: true });
  expect(Math.abs(Date.now() - Date.parse(lit.help?.since ?? ''))).toBeLessThan(20_000);
  staff.say({ type: 'coming' });
  await staff.until(({ help }) => help?.called === false);
  // The person still sees that somebody was called.
  expect(page.now.staffCalled).toBe(true);

  expect(await open(staff)).toMatchObject({ access: 'closed', refused: 'in-use' });
  expect(page.now.screen.name).toBe('insert-card');
  staff.say({ type: 'end-visit', passcode: PASSCODE });
  expect((await page.see('goodbye')).screen).toEqual({ name: 'goodbye', reason: 'staff' });
  await page.see('attract');
  expect(await open(staff)).toMatchObject({ access: 'open', refused: null });
  expect(told(await auditOf(staff)).slice(0, 4)).toEqual([
    'clerk|window 1|console.open|done',
    'clerk|window 1|visit.end|done',
    'clerk|window 1|console.open|in-use',
    'clerk|window 1|call.coming|done',
  ]);
});

test('one console at a time; it closes with its device, and by itself without a touch, whatever the page asks meanwhile', async () => {
  const data = testFolder('kiosk', 'staff-one');
  const keys = [makeStaffKey(data, 'window 1', 'clerk'), makeStaffKey(data, 'engineer', 'engineer')] as const;
  const core = await start(data, ['staff.idleSeconds=30']);
  const page = await attract(core);
  const [one, two] = [await device(core, keys[0]), await device(core, keys[1])];
  expect(await open(one)).toMatchObject({ access: 'open' });
  expect(await open(two)).toMatchObject({ access: 'closed', refused: 'other-console' });
  expect(await two.ask({ what: 'audit', before: null })).toBe('not-open');
  one.port.close();
  await page.see('attract');

  expect(await open(two)).toMatchObject({ access: 'open', refused: null });
  await page.see('out-of-order');
  // Asking is not a touch: a page that refreshes itself must not hold the console open.
  const asking = setInterval(() => void two.ask({ what: 'audit', before: null }), 1000);
  const began = Date.now();
  await two.until(({ access }) => access === 'closed');
  clearInterval(asking);
  expect((Date.now() - began) / 1000).toBeGreaterThan(28);
  expect((Date.now() - began) / 1000).toBeLessThan(35);
  await page.see('attract');
  await open(two);
  const lines = told(await auditOf(two));
  expect(lines).toContain('clerk|window 1|console.close|gone');
  expect(lines).toContain('engineer|engineer|console.close|idle');
  // A page that looks thirty times has looked once.
  expect(lines.filter((line) => line === 'engineer|engineer|ask.audit|done')).toHaveLength(1);
});

test('five wrong passcodes lock the key, slower each time; a restart forgets neither them nor the lock', async () => {
  const data = testFolder('kiosk', 'staff-lock');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  let core = await start(data);
  let staff = await device(core, key);
  const began = Date.now();
  for (let left = 4; left >= 2; left--) {
    staff.say({ type: 'open', passcode: '999999' });
    await staff.until(({ triesLeft, refused }) => triesLeft === left && refused === 'wrong-passcode');
  }
  expect(Date.now() - began).toBeGreaterThan(3000);
  await core.kill();
  core = await start(data);
  staff = await core.staff();
  expect(await staff.greet(key)).toMatchObject({ access: 'closed', triesLeft: 2 });
  staff.say({ type: 'open', passcode: '999999' });
  // Counted before it is looked at: only its answer lets the next one through.
  await staff.until(({ triesLeft, refused }) => triesLeft === 1 && refused === 'wrong-passcode');
  staff.say({ type: 'open', passcode: '999999' });
  const locked = await staff.until(({ access }) => access === 'locked');
  const minutes = (Date.parse(locked.lockedUntil ?? '') - Date.now()) / 60_000;
  expect(Math.abs(minutes - 15)).toBeLessThan(0.5);
  await core.kill();
  core = await start(data);
  staff = await core.staff();
  const again = await staff.greet(key);
  expect(again.access).toBe('locked');
  // To the second, and rounded.
  expect(Math.abs(Date.parse(again.lockedUntil ?? '') - Date.parse(locked.lockedUntil ?? ''))).toBeLessThanOrEqual(1000);
  // Knocking at a locked key fills no record, and nor does anything else that is refused.
  for (let second = 0; second < 3; second++) {
    for (let times = 0; times < 12; times++) {
      staff.say({ type: 'open', passcode: PASSCODE });
      staff.say({ type: 'end-visit', passcode: PASSCODE });
      staff.say({ type: 'set-passcode', passcode: PASSCODE });
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await core.stop();
  const audit = new Database(join(data, 'staff/audit.db'), { readonly: true });
  const kept = audit.prepare("SELECT action || '|' || outcome AS what, count(*) AS times FROM entry GROUP BY what").all();
  audit.close();
  expect(kept).toContainEqual({ what: 'console.open|locked', times: 1 });
  expect(kept).toContainEqual({ what: 'passcode.set|set', times: 1 });
  expect(JSON.stringify(kept)).not.toContain('visit.end');
  core = await start(data);
  staff = await core.staff();
  await staff.greet(key);
  staff.say({ type: 'open', passcode: PASSCODE });
  staff.say({ type: 'end-visit', passcode: PASSCODE });
  // The help window goes on: calls are heard while the key is locked.
  const page = await core.page();
  await page.see('attract');
  page.send({ type: 'call-staff' });
  const lit = await staff.until(({ help }) => help?.called === true);
  expect(lit.access).toBe('locked');
});

test('a core that is killed with the console open comes back closed, and the record says so', async () => {
  const data = testFolder('kiosk', 'staff-kill');
  const key = makeStaffKey(data, 'engineer', 'engineer');
  let core = await start(data);
  await attract(core);
  const staff = await device(core, key);
  await open(staff);
  await core.kill();
  core = await start(data);
  await attract(core);
  const again = await device(core, key);
  expect(again.states.at(-1)).toMatchObject({ access: 'closed' });
  await open(again);
  const file = await again.ask({ what: 'audit-file', after: 0 });
  if (typeof file === 'string' || file.what !== 'audit-part') throw new Error('no file');
  expect(file.next).toBeNull();
  const lines = file.text.trimEnd().split('\n');
  expect(lines.some((line) => line.includes('"console.close","outcome":"core-restart"'))).toBe(true);
  expect(lines.at(-1)).toContain('"head"');
});

test('a key is printed to a terminal only; without one none is made, unless a program asks for it', () => {
  const data = testFolder('kiosk', 'staff-keys');
  const tool = resolve(import.meta.dirname, '../../main/hosts/core/staff-key.ts');
  const args = [tool, '--data', data, '--name', 'window 1', '--role', 'clerk'];
  const run = (...more: string[]) => spawnSync(process.execPath, [...args, ...more], { encoding: 'utf8' });
  const journal = run();
  expect(journal.status).toBe(1);
  expect(journal.stdout).toBe('');
  expect(journal.stderr).toContain('no terminal');
  const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(terminal.stdout).toMatch(/^[\w-]{43}\r?$/m);
  // The name is taken now, and was not before.
  expect(run('--print').stderr).toContain('there is a key of that name');
});

test('a month that is none is no request', () => {
  for (const month of ['2026-99', '2026-00', '2026-13', '2026-1', '202-011'])
    expect(StaffRequest.safeParse({ what: 'issued', month, cards: 1 }).success, month).toBe(false);
  for (const month of ['2026-01', '2026-12'])
    expect(StaffRequest.safeParse({ what: 'issued', month, cards: 1 }).success).toBe(true);
});

test('a stranger’s key opens nothing; a removed one neither, from one moment to the next', async () => {
  const data = testFolder('kiosk', 'staff-keys');
  const key = makeStaffKey(data, 'window 1', 'clerk');
  const core = await start(data);
  await attract(core);
  const stranger = await core.staff();
  expect(await stranger.greet('A'.repeat(43))).toEqual({
    ...stranger.states[0],
    access: 'unknown-key',
    role: null,
    keyName: '',
    help: null,
  });
  stranger.say({ type: 'open', passcode: PASSCODE });
  stranger.say({ type: 'set-passcode', passcode: PASSCODE });
  stranger.say({ type: 'end-visit', passcode: PASSCODE });
  stranger.say({ type: 'coming' });
  expect(await stranger.ask({ what: 'audit', before: null })).toBe('not-open');

  const staff = await device(core, key);
  await open(staff);
  removeStaffKey(data, 'window 1');
  await staff.until(({ access }) => access === 'unknown-key');
  expect(await staff.ask({ what: 'audit', before: null })).toBe('not-open');
});

describe('the Ports', () => {
  test('what is no staff message is refused and changes nothing; the public Port takes no staff message, the staff’s no intent', async () => {
    const data = testFolder('kiosk', 'staff-ports');
    const key = makeStaffKey(data, 'window 1', 'clerk');
    const core = await start(data);
    const page = await attract(core);
    const staff = await device(core, key);
    const bad = [
      '',
      '{}',
      'null',
      '{"type":"open"}',
      `{"type":"hello","v":2,"key":"${key}"}`,
      '{"type":"ask","id":1,"request":{"what":"x"}}',
    ];
    for (const text of bad) staff.port.send(text);
    staff.port.send(JSON.stringify({ type: 'intent', intent: { type: 'call-staff' } }));
    staff.port.send(JSON.stringify({ type: 'open', passcode: 'x'.repeat(5000) }));
    expect(await open(staff)).toMatchObject({ access: 'open' });
    expect(staff.refusals.toSorted()).toEqual([...Array.from({ length: bad.length + 1 }, () => 'malformed'), 'too-large']);
    staff.say({ type: 'close' });
    await page.see('attract');

    const before = staff.states.length;
    for (const message of [
      { type: 'hello', v: 1, key },
      { type: 'open', passcode: PASSCODE },
      { type: 'end-visit', passcode: PASSCODE },
      { type: 'ask', id: 1, request: { what: 'audit', before: null } },
    ]) {
      page.sendText(JSON.stringify(message));
    }
    await page.go('start', 'menu');
    expect(page.refused).toEqual(Array.from({ length: 4 }, () => 'malformed'));
    expect(staff.states.slice(before).every(({ access }) => access === 'closed')).toBe(true);
    for (let n = 0; n < 200; n++) staff.say({ type: 'active' });
    await staff.until(() => staff.refusals.includes('too-many'));
  });

  test('the staff’s socket is for the core’s own group, and a folder’s rights decide who gets there', async () => {
    const data = testFolder('kiosk', 'staff-socket');
    makeStaffKey(data, 'window 1', 'clerk');
    const core = await start(data);
    expect(statSync(core.staffSocket ?? '').mode & 0o777).toBe(0o660);
    expect(statSync(join(data, 'staff')).mode & 0o777).toBe(0o700);
  });
});

test('neither key nor passcode is anywhere in what the kiosk wrote', async () => {
  const data = testFolder('kiosk', 'staff-secrets');
  const key = makeStaffKey(data, 'window 1', 'engineer');
  const core = await start(data, ['log.level=debug']);
  await attract(core);
  const staff = await device(core, key);
  staff.say({ type: 'open', passcode: 'wrong-one-594817' });
  await staff.until(({ refused }) => refused === 'wrong-passcode');
  await open(staff);
  await core.stop();
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (const secret of [key, Buffer.from(key, 'base64url'), PASSCODE, 'wrong-one-594817']) {
      expect(bytes.includes(secret), file.name).toBe(false);
    }
  }
});

test('a connection shows a known key within five seconds or goes; one key has four, and its silent ones keep no other out', async () => {
  const data = testFolder('kiosk', 'staff-door');
  const [key, other] = [makeStaffKey(data, 'window 1', 'clerk'), makeStaffKey(data, 'window 2', 'clerk')];
  const core = await start(data);
  const silent = await Promise.all(Array.from({ length: 8 }, () => core.staff()));
  const stranger = await core.staff();
  expect((await stranger.greet('x'.repeat(43))).access).toBe('unknown-key');
  const mine: StaffDriver[] = [];
  for (let n = 0; n < 4; n++) {
    const staff = await core.staff();
    await staff.greet(key);
    mine.push(staff);
  }
  const fifth = await core.staff();
  fifth.say({ type: 'hello', v: 1, key });
  await expect.poll(() => fifth.closed).toBe(true);
  expect(fifth.refusals).toEqual(['too-many']);
  const colleague = await core.staff();
  expect((await colleague.greet(other)).keyName).toBe('window 2');
  await expect.poll(() => [...silent, stranger].every(({ closed }) => closed), { timeout: 7000 }).toBe(true);
  expect([...mine, colleague].map(({ closed }) => closed)).toEqual([false, false, false, false, false]);
  // A place that is given back is there for the next; a key that is taken away keeps none.
  mine[0]?.port.close();
  const again = await core.staff();
  expect((await again.greet(key)).access).toBe('no-passcode');
  removeStaffKey(data, 'window 1');
  again.say({ type: 'hello', v: 1, key });
  await expect.poll(() => again.closed, { timeout: 7000 }).toBe(true);
}, 30_000);
