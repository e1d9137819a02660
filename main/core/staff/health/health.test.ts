import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../../../test/support/manual-clock.ts';
import { HEALTH_FINDINGS } from '../../../contract/health-findings.ts';
import { HealthCheckId, HealthReport, HealthResult, StaffFile } from '../../../contract/staff.ts';
import type { ReaderSeen } from '../../card/reader-health.ts';
import { type OutboxStore, openOutbox } from '../../outbox/outbox.ts';

import type { PlatformAnswer, PlatformStatus } from '../../ports.ts';
import { addonCheck } from './addon.ts';
import { audioCheck } from './audio.ts';
import { cameraCheck } from './camera.ts';
import { cardContactCheck } from './card-contact.ts';
import { type Check, type CheckOf, found } from './check.ts';
import { clockCheck } from './clock.ts';
import { databaseCheck } from './database.ts';
import { deviceCertificateCheck } from './device-certificate.ts';
import { diskCheck } from './disk.ts';
import { healthFile } from './health-file.ts';
import { journeysCheck } from './journeys.ts';
import { pcscdCheck } from './pcscd.ts';
import { platformCheck, takePulse } from './platform.ts';
import { polkitCheck } from './polkit.ts';
import { printerCheck } from './printer.ts';
import { readerCheck } from './reader.ts';
import { type Checks, DEADLINE_MS, runChecks } from './run-checks.ts';
import { scannerCheck } from './scanner.ts';
import { versionsCheck } from './versions.ts';

/** Every finding of every check comes out of a real look at something; the last test counts them. */
const reached = new Map<HealthCheckId, Set<string>>(HealthCheckId.options.map((id) => [id, new Set()]));
async function look<I extends HealthCheckId>(id: I, check: CheckOf<I>) {
  const result = await check();
  reached.get(id)?.add(result.finding);
  HealthResult.parse({ number: 1, id, ...result });
  return result;
}

const quiet: ReaderSeen = {
  service: true,
  trouble: null,
  names: ['SCR3310'],
  present: null,
  mute: false,
  strange: [],
  reads: 0,
  last: null,
  openCode: null,
};
let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-health-'));
  clock = createManualClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('reader and card', () => {
  test('reader', async () => {
    expect(
      await look(
        'reader',
        readerCheck(() => quiet),
      ),
    ).toEqual(found('good', 'there', { count: 1, names: 'SCR3310' }));
    expect(
      await look(
        'reader',
        readerCheck(() => ({ ...quiet, names: [] })),
      ),
    ).toMatchObject({ state: 'bad', finding: 'none' });
    expect(
      await look(
        'reader',
        readerCheck(() => ({ ...quiet, service: false })),
      ),
    ).toMatchObject({ finding: 'no-service' });
    const sam = () => ({ ...quiet, names: ['SCR 00 00', 'SCR 00 01'], strange: ['SCR 00 01'] });
    expect(await look('reader', readerCheck(sam))).toMatchObject({
      state: 'warning',
      finding: 'strange-slot',
      facts: { count: 2, slots: 'SCR 00 01' },
    });
    const many = Array.from({ length: 9 }, (_, n) => `A reader with a long name ${n}`);
    expect(
      (
        await look(
          'reader',
          readerCheck(() => ({ ...quiet, names: many })),
        )
      ).facts,
    ).toMatchObject({ count: 9 });
  });

  test('contact: what the readings of the day say', async () => {
    const check = (seen: Partial<ReaderSeen>) =>
      look('card-contact', cardContactCheck({ seen: () => ({ ...quiet, ...seen }), clock, probe: null }));
    expect(await check({})).toMatchObject({ state: 'unknown', finding: 'none-yet' });
    const at = clock.now() - 120_000;
    expect(await check({ reads: 3, last: { at, problem: null } })).toEqual(found('good', 'read', { minutes: 2, reads: 3 }));
    // A locked or foreign card was read well enough to know it.
    expect(await check({ reads: 3, last: { at, problem: 'pin-locked' } })).toMatchObject({ finding: 'read' });
    expect(await check({ reads: 3, last: { at, problem: 'reader-failed' } })).toEqual(
      found('warning', 'problem', { problem: 'reader-failed', minutes: 2, reads: 3 }),
    );
    expect(await check({ mute: true })).toMatchObject({ state: 'bad', finding: 'mute' });
    // A person's card is never touched.
    expect(await check({ present: 7 })).toMatchObject({ finding: 'none-yet' });
  });

  test('contact: the card that lies there is asked', async () => {
    const check = (probe: Parameters<typeof cardContactCheck>[0]['probe']) =>
      look('card-contact', cardContactCheck({ seen: () => ({ ...quiet, present: 7 }), clock, probe }));
    const asked: number[] = [];
    const good = await check(async (session) => {
      asked.push(session);
      return { ok: true, value: 3 };
    });
    expect(good).toEqual(found('good', 'probed', { triesLeft: 3 }));
    expect(asked).toEqual([7]);
    expect(await check(async () => ({ ok: false, error: { code: 'not-my-number-card' } }))).toMatchObject({
      finding: 'other-card',
    });
    expect(await check(async () => ({ ok: false, error: { code: 'reader-failed' } }))).toEqual(
      found('bad', 'card-fault', { problem: 'reader-failed' }),
    );
  });
});

describe('the way to PC/SC', () => {
  test('addon', async () => {
    const node = process.execPath;
    const check = (file: string, driver: 'pcsc' | 'virtual' = 'pcsc') => look('addon', addonCheck({ driver, file, node }));
    expect(await check(join(folder, 'none.node'))).toMatchObject({ state: 'bad', finding: 'missing' });
    const text = join(folder, 'text.node');
    writeFileSync(text, 'no library');
    expect(await check(text)).toMatchObject({ state: 'bad', finding: 'does-not-load' });
    writeFileSync(text, 'symbols: _ZN2v87Isolate10GetCurrentEv');
    expect(await check(text)).toMatchObject({ state: 'bad', finding: 'not-node-api' });
    expect(await check(text, 'virtual')).toMatchObject({ state: 'good', finding: 'not-used' });
    // Any Node-API addon will do: the one that every machine with the modules has.
    const root = resolve(import.meta.dirname, '../../../..');
    const own = join(root, 'native/pcsc/build/Release/pcsc.node');
    const other = join(root, 'node_modules/better-sqlite3/prebuilds', `${process.platform}-${process.arch}.node`);
    expect(await check(existsSync(own) ? own : other)).toMatchObject({
      state: 'good',
      finding: 'loads',
      facts: { napi: Number(process.versions.napi) },
    });
  });

  test('pcscd', async () => {
    const check = (service: boolean | null, driver: 'pcsc' | 'virtual' = 'pcsc') =>
      look(
        'pcscd',
        pcscdCheck(driver, () => ({ ...quiet, service })),
      );
    expect(await check(true)).toMatchObject({ state: 'good', finding: 'up' });
    expect(await check(false)).toMatchObject({ state: 'bad', finding: 'down' });
    const troubled = (trouble: 'silent' | 'not-allowed' | 'host-gone') =>
      look(
        'pcscd',
        pcscdCheck('pcsc', () => ({ ...quiet, service: false, trouble })),
      );
    expect(await troubled('silent')).toMatchObject({ state: 'bad', finding: 'silent' });
    expect(await troubled('host-gone')).toMatchObject({ state: 'bad', finding: 'down' });
    // It runs; polkit says what is wrong.
    expect(await troubled('not-allowed')).toMatchObject({ state: 'good', finding: 'up' });
    expect(await check(null)).toMatchObject({ state: 'unknown', finding: 'starting' });
    expect(await check(false, 'virtual')).toMatchObject({ state: 'good', finding: 'not-used' });
  });

  test('polkit: a service that can be reached and does not answer has refused us', async () => {
    const socket = join(folder, 'pcscd.comm');
    const check = (seen: Partial<ReaderSeen>, more: { platform?: NodeJS.Platform; driver?: 'virtual' } = {}) =>
      look('polkit', polkitCheck({ driver: 'pcsc', platform: 'linux', seen: () => ({ ...quiet, ...seen }), socket, ...more }));
    expect(await check({})).toMatchObject({ state: 'good', finding: 'allowed' });
    expect(await check({ openCode: 0x8010006a })).toMatchObject({ state: 'bad', finding: 'card-refused' });
    expect(await check({ openCode: 0x8010000b })).toMatchObject({ finding: 'allowed' });
    expect(await check({ service: false })).toMatchObject({ state: 'unknown', finding: 'no-service' });
    expect(await check({ service: false, trouble: 'not-allowed' })).toMatchObject({ state: 'bad', finding: 'refused' });
    const server = createServer((connection) => connection.end()).listen(socket);
    await new Promise((listening) => server.once('listening', listening));
    expect(await check({ service: false })).toMatchObject({ state: 'bad', finding: 'refused' });
    expect(await check({ service: false }, { platform: 'win32' })).toMatchObject({ finding: 'cannot-tell' });
    expect(await check({ service: false }, { driver: 'virtual' })).toMatchObject({ finding: 'not-used' });
    await new Promise((closed) => server.close(closed));
  });

  // Root passes every mode: as another user the kernel says what it says to a core that may not.
  test('polkit: the socket itself is denied', async () => {
    if (process.getuid?.() !== 0) chmodSync(folder, 0o000);
    const seen = () => ({ ...quiet, service: false });
    const check = polkitCheck({ driver: 'pcsc', platform: 'linux', seen, socket: join(folder, 'pcscd.comm') });
    const result = process.getuid?.() === 0 ? await asNobody(folder) : await check();
    chmodSync(folder, 0o700);
    reached.get('polkit')?.add(result.finding);
    expect(result).toMatchObject({ state: 'bad', finding: 'socket-denied' });
  });
});

/** The same check in a process of the user `nobody`. */
async function asNobody(closed: string): Promise<{ state: string; finding: string }> {
  chmodSync(closed, 0o700);
  const module = join(import.meta.dirname, 'polkit.ts');
  const script = `const { polkitCheck } = await import(${JSON.stringify(module)});
    process.seteuid(65534);
    const socket = ${JSON.stringify(join(closed, 'pcscd.comm'))};
    const seen = () => ({ service: false, trouble: 'not-running', names: [], present: null, mute: false, strange: [], reads: 0, last: null, openCode: null });
    const result = await polkitCheck({ driver: 'pcsc', platform: 'linux', seen, socket })();
    console.log(JSON.stringify(result));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return JSON.parse(out) as { state: string; finding: string };
}

describe('disk and queue', () => {
  let outbox: OutboxStore;
  beforeEach(() => {
    const limits = { maxRows: 10, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
    const opened = openOutbox({ folder, limits, clock, log: () => {} });
    if (!opened.ok) throw new Error(opened.error);
    outbox = opened.value;
  });
  afterEach(() => outbox.close());

  test('database', async () => {
    const check = (given: Parameters<typeof databaseCheck>[0]) => look('database', databaseCheck(given));
    const facts = { waiting: 0, parked: 0, lost: 0 };
    const saying = (staff: Partial<OutboxStore['staff']>) => ({ ...outbox, staff: { ...outbox.staff, ...staff } });
    outbox.finishChores();
    expect(await check(outbox)).toEqual(found('good', 'whole', facts));
    expect(await check(null)).toMatchObject({ state: 'bad', finding: 'none' });
    const running = { state: 'running', at: null, checked: 0, wrong: 0 } as const;
    expect(await check(saying({ verdict: () => running }))).toEqual(found('unknown', 'checking', facts));
    expect(await check(saying({ verdict: () => ({ ...running, state: 'put-off' }) }))).toEqual(
      found('unknown', 'put-off', facts),
    );
    expect(await check(saying({ verdict: () => ({ ...running, at: 1 }) }))).toMatchObject({ finding: 'whole' });
    expect(await check(saying({ setAsideFiles: () => ['outbox.db.damaged-1'] }))).toEqual(
      found('warning', 'set-aside', { ...facts, files: 1 }),
    );
    const noticed = saying({ findings: () => [{ at: 0, what: 'row-lost', receipts: ['1234567897'] }] });
    expect(await check(noticed)).toEqual(found('warning', 'noticed', { ...facts, noticed: 1 }));
    const damaged = saying({ verdict: () => ({ state: 'damaged', at: 1, checked: 9, wrong: 2 }) });
    expect(await check(damaged)).toEqual(found('bad', 'damaged', { ...facts, wrong: 2 }));
    outbox.close();
    expect(await check(outbox)).toMatchObject({ state: 'bad', finding: 'unreadable' });
  });

  test('disk', async () => {
    const check = (least: number, where = folder) => look('disk', diskCheck(where, least));
    expect(await check(0)).toMatchObject({ state: 'good', finding: 'room', facts: { leastMb: 0 } });
    const { facts } = await check(0);
    const free = Number(facts['freeMb']) * 1_000_000;
    expect(await check(Math.round(free * 0.75))).toMatchObject({ state: 'warning', finding: 'low' });
    expect(await check(free * 2)).toMatchObject({ state: 'bad', finding: 'full' });
    expect(await check(0, join(folder, 'nowhere'))).toMatchObject({ state: 'unknown', finding: 'unreadable' });
  });
});

describe('platform and clock, with one question for both', () => {
  const pulseOf = (answer: PlatformAnswer<PlatformStatus>, took = 0) => {
    let asked = 0;
    const status = async () => {
      asked += 1;
      clock.advance(took);
      return answer;
    };
    return { pulse: takePulse({ status }, clock), asked: () => asked };
  };
  const at = (ms: number, maintenance = false): PlatformAnswer<PlatformStatus> => ({
    ok: true,
    value: { body: { time: new Date(clock.now() + ms).toISOString(), maintenance }, date: null },
  });

  test.each([
    ['answers', 'good', 200],
    ['slow', 'warning', 4000],
  ] as const)('%s', async (finding, state, took) => {
    const { pulse, asked } = pulseOf(at(took / 2), took);
    expect(await look('platform', platformCheck(pulse))).toEqual(found(state, finding, { ms: took }));
    // The way there is not the clock's fault.
    expect(await look('clock', clockCheck(pulse))).toEqual(found('good', 'right', { skewMs: 0, seconds: 0 }));
    expect(asked()).toBe(1);
  });

  test.each([
    [-12_000, 'off', 'warning', 12],
    [12_000, 'off', 'warning', 12],
    [3_600_000, 'far-off', 'bad', 3600],
  ] as const)('a platform that is %i ms ahead: %s', async (ahead, finding, state, seconds) => {
    const { pulse } = pulseOf(at(ahead));
    expect(await look('clock', clockCheck(pulse))).toEqual(found(state, finding, { skewMs: -ahead, seconds }));
  });

  test.each([
    [{ kind: 'line', cause: 'cut', status: null, retryAfterMs: null }, 'away', 'bad'],
    [{ kind: 'line', cause: 'unmarked', status: 404, retryAfterMs: null }, 'garbage', 'bad'],
    [{ kind: 'failed', status: 500, retryAfterMs: null }, 'busy', 'warning'],
    [{ kind: 'busy', status: 503, retryAfterMs: null }, 'busy', 'warning'],
    [{ kind: 'denied', status: 403 }, 'refused', 'bad'],
    [{ kind: 'rejected', status: 404 }, 'refused', 'bad'],
    [{ kind: 'garbage' }, 'garbage', 'bad'],
  ] as const)('%j', async (error, finding, state) => {
    const { pulse } = pulseOf({ ok: false, error });
    expect(await look('platform', platformCheck(pulse))).toMatchObject({ state, finding });
    expect(await look('clock', clockCheck(pulse))).toMatchObject({ state: 'unknown', finding: 'platform-away' });
  });

  test('maintenance', async () => {
    expect(await look('platform', platformCheck(pulseOf(at(0, true)).pulse))).toMatchObject({ finding: 'maintenance' });
  });
});

describe('what hangs on it', () => {
  test('device certificate', async () => {
    const check = (certificate: Parameters<typeof deviceCertificateCheck>[0]['certificate'], plain = false) =>
      look('device-certificate', deviceCertificateCheck({ certificate, plain }));
    const held = (days: number, begun = true) => check(() => ({ source: 'enrolled', readable: true, days, begun }));
    expect(await held(200)).toEqual(found('good', 'good', { source: 'enrolled', days: 200 }));
    expect(await held(29)).toMatchObject({ state: 'warning', finding: 'ends-soon' });
    expect(await held(-1)).toMatchObject({ state: 'bad', finding: 'ended' });
    expect(await held(300, false)).toMatchObject({ state: 'bad', finding: 'not-yet' });
    expect(await check(() => ({ source: 'settings', readable: false }))).toMatchObject({ state: 'bad', finding: 'unreadable' });
    expect(await check(() => ({ source: 'none' }))).toMatchObject({ state: 'bad', finding: 'none' });
    expect(await check(() => ({ source: 'none' }), true)).toMatchObject({ state: 'good', finding: 'not-needed' });
  });

  test('printer: as it says itself', async () => {
    const check = (
      answer: 'ready' | 'no-printer' | 'offline' | 'paper-out' | 'cover-open' | 'refused' | 'line-not-set-up',
      used = true,
      paperLow = false,
    ) => {
      const result = answer === 'ready' ? ({ ok: true, value: null } as const) : ({ ok: false, error: answer } as const);
      return look('printer', printerCheck({ check: async () => result, paperLow }, used));
    };
    expect(await check('ready')).toMatchObject({ state: 'good', finding: 'ready' });
    expect(await check('offline', false)).toMatchObject({ state: 'good', finding: 'not-used' });
    expect(await check('ready', true, true)).toMatchObject({ state: 'warning', finding: 'paper-low' });
    expect(await check('offline', true, true)).toMatchObject({ state: 'bad', finding: 'offline' });
    for (const trouble of ['no-printer', 'offline', 'paper-out', 'cover-open', 'refused', 'line-not-set-up'] as const) {
      expect(await check(trouble)).toMatchObject({ state: 'bad', finding: trouble });
    }
  });

  test('camera and sound, as the kernel lists them', async () => {
    const camera = (platform: NodeJS.Platform = 'linux') => look('camera', cameraCheck(platform, join(folder, 'video4linux')));
    expect(await camera()).toMatchObject({ state: 'warning', finding: 'none' });
    mkdirSync(join(folder, 'video4linux/video0'), { recursive: true });
    mkdirSync(join(folder, 'video4linux/v4l-subdev0'));
    writeFileSync(join(folder, 'video4linux/video0/name'), 'HD Webcam C920\n');
    expect(await camera()).toEqual(found('good', 'there', { count: 1, names: 'HD Webcam C920' }));
    for (const [node, name] of [
      ['video1', 'HD Webcam C920'],
      ['video2', 'Document Camera'],
    ] as const) {
      mkdirSync(join(folder, 'video4linux', node));
      writeFileSync(join(folder, 'video4linux', node, 'name'), `${name}\n`);
    }
    mkdirSync(join(folder, 'video4linux/video3'));
    expect(await camera()).toEqual(found('good', 'there', { count: 4, names: 'Document Camera, HD Webcam C920' }));
    expect(await camera('darwin')).toMatchObject({ finding: 'cannot-tell' });

    const cards = join(folder, 'cards');
    const audio = (platform: NodeJS.Platform = 'linux') => look('audio', audioCheck(platform, cards));
    expect(await audio()).toMatchObject({ state: 'warning', finding: 'none' });
    writeFileSync(cards, '--- no soundcards ---\n');
    expect(await audio()).toMatchObject({ finding: 'none' });
    writeFileSync(
      cards,
      ' 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7f10000 irq 32\n',
    );
    expect(await audio()).toEqual(found('good', 'there', { count: 1, names: 'HDA-Intel - HDA Intel PCH' }));
    expect(await audio('win32')).toMatchObject({ finding: 'cannot-tell' });
  });

  test('versions', async () => {
    const page = join(folder, 'index.html');
    writeFileSync(page, '<!doctype html>');
    const check = (node: string, electron: string | null = null) =>
      look('versions', versionsCheck({ core: '0.1.0', node, pinnedNode: 24, outbox: null, page, electron }));
    expect(await check('v24.1.0', '45.4.1')).toMatchObject({
      state: 'good',
      facts: { core: '0.1.0', node: 'v24.1.0', electron: '45.4.1', sqlite: '-', page: expect.stringMatching(/^[0-9a-f]{12}$/) },
    });
    expect(await check('v20.9.0')).toMatchObject({ state: 'warning', finding: 'other-node', facts: { pinned: 24 } });
    expect((await check('v24.1.0')).facts['electron']).toBeUndefined();
  });
});

describe('hand scanner', () => {
  test('the one that the settings name: there, pulled out, closed to us', async () => {
    const device = join(folder, 'usb-scanner-event-kbd');
    expect(await look('scanner', scannerCheck(undefined))).toEqual(found('good', 'not-used'));
    expect(await look('scanner', scannerCheck(device))).toEqual(found('bad', 'missing'));
    writeFileSync(device, '');
    expect(await look('scanner', scannerCheck(device))).toEqual(found('good', 'there'));
    // Root may open everything: asked as somebody else.
    chmodSync(folder, 0o755);
    chmodSync(device, 0o000);
    const module = join(import.meta.dirname, '../../scan/scanner-device.ts');
    const script = `const { stateOf } = await import(${JSON.stringify(module)});
      if (process.getuid() === 0) process.setuid(65534);
      process.stdout.write(stateOf(${JSON.stringify(device)}));`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe('denied');
    reached.get('scanner')?.add('denied');
  });
});

test('journeys: every one that the settings name and the terminal cannot offer, with the part that it lacks', async () => {
  expect(
    await look(
      'journeys',
      journeysCheck(() => []),
    ),
  ).toEqual(found('good', 'all'));
  const leftOut = [
    { journey: 'sign-up', lacks: 'catalogue-key' },
    { journey: 'card-application', lacks: 'camera' },
  ] as const;
  expect(
    await look(
      'journeys',
      journeysCheck(() => leftOut),
    ),
  ).toEqual(found('warning', 'left-out', { list: 'sign-up: catalogue-key, card-application: camera' }));
});

describe('the whole look', () => {
  const all = (of: (id: HealthCheckId) => Check): Checks =>
    Object.fromEntries(HealthCheckId.options.map((id) => [id, of(id)])) as unknown as Checks;

  test('numbered in the fixed order, whatever ends first; at most four at a time', async () => {
    let running = 0;
    let most = 0;
    const checks = all((id) => async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done, id === 'reader' ? 30 : 2));
      running -= 1;
      return found('good', 'there');
    });
    const report = HealthReport.parse(await runChecks(checks, 'TOWN-01', clock));
    expect(report.results.map(({ number, id }) => [number, id])).toEqual(HealthCheckId.options.map((id, n) => [n + 1, id]));
    expect(most).toBe(4);
  });

  test('one that throws and one that hangs are findings, and the others are told', async () => {
    const checks = all((id) => async () => {
      if (id === 'disk') throw new Error('a bug');
      if (id === 'printer') return new Promise(() => {});
      return found('good', 'there');
    });
    const running = runChecks(checks, 'TOWN-01', clock);
    for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next));
    clock.advance(DEADLINE_MS);
    const report = await running;
    const of = (id: HealthCheckId) => report.results.find((result) => result.id === id);
    expect(of('disk')).toMatchObject({ state: 'unknown', finding: 'failed' });
    expect(of('printer')).toMatchObject({ state: 'unknown', finding: 'no-answer' });
    expect(report.results.filter(({ state }) => state === 'good')).toHaveLength(HealthCheckId.options.length - 2);
    expect(clock.pending).toBe(0);
  });

  test('as a file: JSON that parses back, and text that can be read out', async () => {
    const checks = all((id) => async () => found(id === 'pcscd' ? 'bad' : 'good', 'down', id === 'disk' ? { freeMb: 12 } : {}));
    const report = await runChecks(checks, 'TOWN-01', clock);
    const json = StaffFile.parse(healthFile(report, 'json'));
    expect(json.name).toBe('health-town-01-20261123-0100.json');
    expect(JSON.parse(Buffer.from(json.base64, 'base64').toString())).toEqual(report);
    const text = Buffer.from(StaffFile.parse(healthFile(report, 'text')).base64, 'base64').toString();
    expect(text).toContain('Madoguchi TOWN-01\r\n2026-11-23 01:00 UTC\r\n');
    expect(text).toContain(' 4 BAD     pcscd: down\r\n');
    expect(text).toContain(' 7 GOOD    disk: down (freeMb=12)\r\n');
  });
});

afterAll(() => {
  const missing = HealthCheckId.options.flatMap((id) =>
    HEALTH_FINDINGS[id].filter((finding) => reached.get(id)?.has(finding) !== true).map((finding) => `${id}.${finding}`),
  );
  if (missing.length > 0) throw new Error(`never found: ${missing.join(', ')}`);
});
