import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HealthCheckId, MAX_STAFF_ANSWER, type StaffAnswer, type StaffRequest } from '../../main/contract/staff.ts';
import { STOOD_STILL } from '../../main/contract/stood-still.ts';
import { type CoreProcess, startCore } from '../../main/hosts/launch/core-process.ts';
import { dialLocal } from '../../main/transport/local-socket.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { ensureTestPki } from '../sandbox/pki/index.ts';
import { childPid } from '../support/child-pid.ts';
import { freePort } from '../support/free-port.ts';
import { makeStaffKey } from '../support/staff-core.ts';
import { driveStaff, type StaffDriver } from '../support/staff-driver.ts';
import { testFolder } from '../support/test-folder.ts';
import { startTlsPlatform, type TlsPlatform } from '../support/tls-platform.ts';

/**
 * Health, queue, settings and enrolment as an engineer has them: a core process that the launcher's own supervisor starts and starts
 * again, a real platform over HTTPS, and the staff's socket.
 */
const root = resolve(import.meta.dirname, '../..');
const PASSCODE = 'umbrella-4471';
let place: string;
let data: string;
let world: string;
let platform: TlsPlatform;
let core: CoreProcess;
let key: string;

beforeEach(async () => {
  await ensureTestPki();
  place = mkdtempSync(join(tmpdir(), 'mado-ops-'));
  data = testFolder('kiosk', 'staff-ops');
  world = testFolder('world', 'staff-ops');
  platform = await startTlsPlatform(world);
  const config = join(place, 'kiosk-config');
  cpSync(join(root, 'kiosk-config'), config, { recursive: true });
  writeFileSync(join(config, 'profiles/play.json'), '{"environment":"sandbox","timeouts":{"idleSeconds":77}}');
  writeFileSync(join(config, 'profiles/broken.json'), '{"environment":"sandbox","timeouts":{"idleSeconds":"long"}}');
  mkdirSync(join(place, 'media/USB'), { recursive: true });
  process.env['MADOGUCHI_VIRTUAL_READER_PORT'] = String(await freePort());
  key = makeStaffKey(data, 'window 1', 'engineer');
  const settings = [
    'terminal.id=OPS-01',
    'terminal.name={"ja":"窓口","en":"Counter"}',
    `platform.url=${platform.url}`,
    `platform.sealingKeyFile=${join(world, 'sealing-key.jwk.json')}`,
    `platform.catalogueKeyFile=${join(world, 'catalogue-key.jwk.json')}`,
    `platform.caFile=${join(world, 'tls/ca.pem')}`,
    'journeys=["check","set-up"]',
    'reader.driver=virtual',
    `reader.host=${join(root, 'test/sandbox/virtual-reader/host-main.ts')}`,
    `staff.mediaFolder=${join(place, 'media')}`,
    ...[
      'printer.driver=none',
      'outbox.minFreeBytes=0',
      'outbox.ballastBytes=65536',
      'sync.pollSeconds=1',
      'sync.startSpreadSeconds=0',
    ],
    'sync.backOffCapSeconds=1',
  ];
  core = startCore({
    node: process.execPath,
    entry: join(root, 'main/hosts/core/index.ts'),
    args: [
      ...['--profile', 'demo', '--config', config, '--data', data, '--socket', join(place, 'core.sock')],
      ...settings.flatMap((pair) => ['--set', pair]),
    ],
    timers: systemTimers,
    log: () => {},
    onLine: () => {},
    stoodStill: join(data, STOOD_STILL),
  });
  expect(await core.ready).toEqual({ staff: join(place, 'core.sock.staff') });
});
afterEach(async () => {
  await core.stop();
  await platform.stop();
  rmSync(place, { recursive: true, force: true });
});

/** A staff device, when the core answers (again), with the console open. */
async function openConsole(): Promise<StaffDriver> {
  for (let tried = 0; ; tried++) {
    const port = await dialLocal(join(place, 'core.sock.staff'), MAX_STAFF_ANSWER);
    if (port === null) {
      if (tried > 300) throw new Error('the core does not come back');
      await sleep(100);
      continue;
    }
    const staff = driveStaff(port);
    const { access } = await staff.greet(key);
    if (access === 'no-passcode') {
      staff.say({ type: 'set-passcode', passcode: PASSCODE });
      await staff.until((state) => state.access === 'closed');
    }
    staff.say({ type: 'open', passcode: PASSCODE });
    await staff.until((state) => state.access === 'open');
    return staff;
  }
}
async function answer<W extends StaffAnswer['what']>(staff: StaffDriver, request: StaffRequest, what: W) {
  const said = await staff.ask(request);
  if (typeof said === 'string' || said.what !== what) throw new Error(`not ${what}: ${JSON.stringify(said)}`);
  return said as Extract<StaffAnswer, { what: W }>;
}
const gone = async (staff: StaffDriver) => {
  for (let tried = 0; !staff.closed; tried++) {
    if (tried > 300) throw new Error('the core does not go');
    await sleep(100);
  }
};

describe('settings', () => {
  test('another profile: refused with its sentence where it cannot be used; else it is what every next start goes by', async () => {
    let staff = await openConsole();
    const before = (await answer(staff, { what: 'settings' }, 'settings')).settings;
    expect(before).toMatchObject({
      profile: 'demo',
      profiles: ['broken', 'demo', 'play'],
      identity: 'none',
      certificateDays: null,
    });
    const row = (view: typeof before, name: string) => view.rows.find((found) => found.key === name);
    expect(row(before, 'terminal.id')).toEqual({ key: 'terminal.id', value: 'OPS-01', from: 'command line (--set)' });
    expect(row(before, 'log.level')?.from).toMatch(/profiles\/demo\.json$/);

    const refused = await answer(staff, { what: 'profile', name: 'broken' }, 'profile-refused');
    expect(refused.sentences.join()).toMatch(/broken\.json.*timeouts\.idleSeconds/);
    // Neither to production nor to a file of somebody's own.
    expect((await answer(staff, { what: 'profile', name: 'city-hall' }, 'profile-refused')).sentences.join()).toMatch(
      /environment/,
    );
    await answer(staff, { what: 'profile', name: 'nowhere' }, 'profile-refused');
    expect(existsSync(join(data, 'profile.json'))).toBe(false);

    await answer(staff, { what: 'profile', name: 'play' }, 'done');
    await gone(staff);
    staff = await openConsole();
    const after = (await answer(staff, { what: 'settings' }, 'settings')).settings;
    expect(after.profile).toBe('play');
    expect(row(after, 'timeouts.idleSeconds')).toMatchObject({
      value: '77',
      from: expect.stringMatching(/profiles\/play\.json$/),
    });
    expect(row(after, 'terminal.id')?.from).toBe('command line (--set)');

    const pid = childPid(process.pid, 'hosts/core/index');
    process.kill(pid ?? -1, 'SIGKILL');
    await gone(staff);
    staff = await openConsole();
    expect((await answer(staff, { what: 'settings' }, 'settings')).settings.profile).toBe('play');
    const { audit } = await answer(staff, { what: 'audit', before: null }, 'audit');
    const told = audit.entries.map(({ action, outcome }) => `${action} ${outcome}`);
    // One refusal after the other within a minute is one entry (core/audit).
    expect(told.filter((line) => line.startsWith('ask.profile'))).toEqual(['ask.profile done', 'ask.profile settings-refused']);
  });
});

describe('enrolment', () => {
  test('from no identity to a line that is up, with one code', async () => {
    let staff = await openConsole();
    const find = async (id: HealthCheckId) => {
      const { report } = await answer(staff, { what: 'health' }, 'health');
      expect(report.results.map((result) => result.id)).toEqual(HealthCheckId.options);
      return report.results.find((result) => result.id === id);
    };
    expect(await find('platform')).toMatchObject({ state: 'bad', finding: 'refused', facts: { status: 403 } });
    expect(await find('device-certificate')).toMatchObject({ state: 'bad', finding: 'none' });
    expect(await staff.ask({ what: 'enrol', code: 'AAAA-BBBB-CCCC-DDDD' })).toBe('code-refused');
    expect(existsSync(join(data, 'device'))).toBe(false);

    await answer(staff, { what: 'enrol', code: await platform.newCode('OPS-01') }, 'done');
    await gone(staff);
    staff = await openConsole();
    expect(await find('device-certificate')).toMatchObject({
      state: 'good',
      finding: 'good',
      facts: { source: 'enrolled', days: 364 },
    });
    expect(await find('platform')).toMatchObject({ state: 'good', finding: 'answers' });
    expect(await find('clock')).toMatchObject({ state: 'good', finding: 'right' });
    expect((await answer(staff, { what: 'settings' }, 'settings')).settings).toMatchObject({
      identity: 'enrolled',
      certificateDays: 364,
    });
    // Challenges were drawn over it.
    for (let tried = 0; ; tried++) {
      const { queue } = await answer(staff, { what: 'queue' }, 'queue');
      if (queue.line === 'online' && queue.challenges > 0) break;
      if (tried > 100) throw new Error('the line does not come up');
      await sleep(100);
    }
    // Without the platform a code is worth nothing, and nothing is lost.
    const identity = readFileSync(join(data, 'device/identity.json'), 'utf8');
    await platform.stop();
    expect(await staff.ask({ what: 'enrol', code: 'AAAA-BBBB-CCCC-DDDD' })).toBe('platform-away');
    expect(readFileSync(join(data, 'device/identity.json'), 'utf8')).toBe(identity);
  });
});

describe('health and queue', () => {
  test('every check answers, as a picture and as a file; the queue shows where an export can go', async () => {
    const staff = await openConsole();
    const look = async () => (await answer(staff, { what: 'health' }, 'health')).report;
    let report = await look();
    const of = (id: HealthCheckId) => report.results.find((result) => result.id === id);
    // The card host has only just been started.
    for (let tried = 0; of('reader')?.finding !== 'there' && tried < 100; tried++) {
      await sleep(100);
      report = await look();
    }
    expect(of('database')).toMatchObject({ state: 'good', finding: 'whole' });
    expect(of('disk')).toMatchObject({ state: 'good' });
    expect(of('reader')).toMatchObject({ state: 'good', finding: 'there' });
    expect(of('card-contact')).toMatchObject({ finding: 'none-yet' });
    expect(of('versions')).toMatchObject({ state: 'good', facts: { core: '0.1.0', node: process.version } });
    const file = async (as: 'json' | 'text') => {
      const answered = await answer(staff, { what: 'health-file', as }, 'file');
      return Buffer.from(answered.file.base64, 'base64').toString();
    };
    expect(JSON.parse(await file('json'))).toMatchObject({ terminal: 'OPS-01' });
    expect((await file('text')).split('\r\n')).toHaveLength(HealthCheckId.options.length + 4);

    const { queue } = await answer(staff, { what: 'queue' }, 'queue');
    expect(queue).toMatchObject({ media: ['USB'], parked: [], oldestSeconds: null, nextAttempt: null });
    expect(await staff.ask({ what: 'export', media: '../../etc' })).toBe('no-media');
    expect(await staff.ask({ what: 'import', media: 'USB' })).toBe('bad-file');
    expect(await staff.ask({ what: 'export', media: 'USB' })).toEqual({ what: 'exported', rows: 0, file: '' });
    expect(await staff.ask({ what: 'retry-now' })).toEqual({ what: 'done' });
    expect(await staff.ask({ what: 'release', row: '0199aaaa-0000-7000-8000-000000000001' })).toBe('unknown-row');
  });
});
