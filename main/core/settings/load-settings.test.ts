import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSettings, resolveSettings } from './load-settings.ts';
import { loadTerms } from './load-terms.ts';

/** Every mistake a town's engineer can make in a file: one sentence that names file and key. */
const configDir = resolve(import.meta.dirname, '../../../kiosk-config');
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'madoguchi-settings-'));
  writeFileSync(join(cwd, 'key.jwk.json'), '{}');
});
afterEach(() => rmSync(cwd, { recursive: true }));

const site = (content: unknown, name = 'site.json'): string => {
  const file = join(cwd, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const town = {
  terminal: { id: 'TOWN-01', name: { ja: '1番窓口', en: 'Counter 1' } },
  platform: { url: 'https://platform.example.jp', sealingKeyFile: 'key.jwk.json' },
};
const load = (content: unknown, set: readonly string[] = [], profile = 'city-hall') =>
  loadSettings({ configDir, profile, site: site(content), set, cwd });
const sentences = (...given: Parameters<typeof load>): string => {
  const loaded = load(...given);
  if (loaded.ok) throw new Error('accepted');
  return loaded.error.join('\n');
};

describe('what is accepted', () => {
  test.each([
    { driver: 'escpos', device: '/dev/usb/lp0', paperMm: 58, kanji: false },
    { driver: 'escpos', device: '/dev/ttyUSB0', baud: 19_200, flow: 'rts-cts', parity: 'even', dataBits: 8, stopBits: 2 },
    { driver: 'escpos', device: 'tcp://192.0.2.7:9100' },
    { driver: 'escpos', device: 'tcp://[2001:db8::7]:9100' },
    { driver: 'cups', queue: 'Counter_1' },
  ])('a printer: %j', (printer) => {
    const loaded = load({ ...town, printer });
    expect(loaded.ok ? loaded.value.printer : loaded.error).toMatchObject(printer);
  });

  test('opening hours; none: always open', () => {
    const hours = {
      week: { mon: ['08:30-12:00', '13:00-17:15'], fri: ['00:00-24:00'], sun: [] },
      closed: ['12-29/01-03', '02-29', '2027-03-31', '2026-12-28/2027-01-04'],
      exceptions: { '2027-03-28': ['09:00-12:00', '12:00-13:00'] },
    };
    const loaded = load({ ...town, hours });
    expect(loaded.ok ? loaded.value.hours : loaded.error).toEqual(hours);
    const none = load(town);
    expect(none.ok && none.value.hours).toBeUndefined();
  });

  test.each(['city-hall', 'retail', 'atm'])('profile %s with a site file', (profile) => {
    const loaded = load(town, [], profile);
    if (!loaded.ok) throw new Error(loaded.error.join('\n'));
    expect(loaded.value).toMatchObject({ environment: 'production', terminal: { id: 'TOWN-01' }, reader: { driver: 'pcsc' } });
    expect(loadTerms(loaded.value.terms).ok).toBe(true);
  });

  test('the command line wins over the site, the site over the profile, the profile over the defaults', () => {
    const loaded = load({ ...town, timeouts: { warningSeconds: 25 } }, ['timeouts.goodbyeSeconds=7']);
    expect(loaded.ok && loaded.value.timeouts).toMatchObject({ idleSeconds: 90, warningSeconds: 25, goodbyeSeconds: 7 });
  });

  test('a file named in a file is looked for beside it', () => {
    mkdirSync(join(cwd, 'deep'));
    const file = site(town, 'deep/site.json');
    writeFileSync(join(cwd, 'deep/key.jwk.json'), '{}');
    const loaded = loadSettings({ configDir, profile: 'city-hall', site: file, set: [], cwd: '/' });
    expect(loaded.ok && loaded.value.platform.sealingKeyFile).toBe(join(cwd, 'deep/key.jwk.json'));
  });
});

describe('a file of an earlier version', () => {
  const resolve = (content: unknown, set: readonly string[] = []) => {
    const resolved = resolveSettings({ configDir, profile: 'city-hall', site: site(content), set, cwd });
    if (!resolved.ok) throw new Error(resolved.error.join('\n'));
    return resolved.value;
  };

  test('still says the old name of a journey: it is read as the new one, and the start says so', () => {
    const { settings, notices } = resolve({ ...town, journeys: ['pending', 'check'] });
    expect(settings.journeys).toEqual(['receipt-lookup', 'check']);
    expect(notices).toEqual(['site.json: journeys: "pending" is called "receipt-lookup" now, and is read as that']);
    const line = resolve(town, ['journeys=["check","pending"]']);
    expect(line.settings.journeys).toEqual(['check', 'receipt-lookup']);
    expect(line.notices[0]).toContain('command line (--set): journeys: "pending"');
  });

  test('still has a setting that is none any more: it is left out, and the start says so', () => {
    const { settings, notices } = resolve({ ...town, timeouts: { resultSeconds: 30, warningSeconds: 25 } });
    expect(settings.timeouts).toMatchObject({ warningSeconds: 25 });
    expect(settings.timeouts).not.toHaveProperty('resultSeconds');
    expect(notices).toEqual([expect.stringMatching(/^site.json: timeouts.resultSeconds: /)]);
  });

  test("today's files have nothing of the kind", () => {
    expect(resolve(town).notices).toEqual([]);
  });

  test.each(['toString', 'nonsense'])('no journey was ever called %s', (journey) => {
    expect(sentences({ ...town, journeys: [journey] })).toContain('journeys.0');
  });
});

describe('what is refused, and in which words', () => {
  test('an unknown key', () => {
    const text = sentences({ ...town, raeder: {} });
    expect(text).toContain('site.json');
    expect(text).toContain('raeder');
  });

  test('an unknown key further down', () => {
    const text = sentences({ ...town, reader: { driverr: 'pcsc' } });
    expect(text).toContain('site.json');
    expect(text).toMatch(/reader.*driverr/);
  });

  test.each([
    [{ timeouts: { idleSeconds: 'long' } }, 'timeouts.idleSeconds'],
    [{ timeouts: { idleSeconds: 3 } }, 'timeouts.idleSeconds'],
    [{ languages: 'ja' }, 'languages'],
    [{ pinPad: { shuffle: 'yes' } }, 'pinPad.shuffle'],
    [{ terminal: { id: 'town 1' } }, 'terminal.id'],
    [{ platform: { url: 'platform' } }, 'platform.url'],
  ])('a wrong value: %j', (wrong, key) => {
    const merged = {
      ...town,
      ...wrong,
      terminal: { ...town.terminal, ...('terminal' in wrong ? wrong.terminal : {}) },
      platform: { ...town.platform, ...('platform' in wrong ? wrong.platform : {}) },
    };
    const text = sentences(merged);
    expect(text).toContain('site.json');
    expect(text).toContain(key);
  });

  test('a wrong value on the command line is said to be there', () => {
    const text = sentences(town, ['timeouts.idleSeconds=soon']);
    expect(text).toContain('timeouts.idleSeconds');
    expect(text).not.toContain('site.json');
  });

  test('the virtual reader and an http platform outside the sandbox', () => {
    expect(sentences({ ...town, reader: { driver: 'virtual', host: 'host.ts' } })).toMatch(/reader\.driver/);
    expect(sentences({ ...town, platform: { ...town.platform, url: 'http://platform.example.jp' } })).toMatch(/platform\.url/);
    expect(sentences({ ...town, printer: { driver: 'sandbox', url: 'http://127.0.0.1:1' } })).toMatch(/printer\.driver/);
  });

  test.each([
    [{ driver: 'escpos' }, 'printer.device'],
    [{ driver: 'cups' }, 'printer.queue'],
    [{ driver: 'escpos', device: 'http://printer:9100' }, 'printer.device'],
    [{ driver: 'escpos', device: 'tcp://printer' }, 'printer.device'],
    [{ driver: 'escpos', device: '/dev/ttyS0', flow: 'dtr-dsr' }, 'printer.flow'],
    [{ driver: 'escpos', device: '/dev/ttyS0', parity: 'mark' }, 'printer.parity'],
    [{ driver: 'escpos', device: '/dev/ttyS0', dataBits: 7 }, 'printer.dataBits'],
    [{ driver: 'escpos', device: '/dev/ttyS0', stopBits: 3 }, 'printer.stopBits'],
    [{ driver: 'escpos', device: 'tcp://192.0.2.7:9100', flow: 'xon-xoff' }, 'printer.flow'],
    [{ driver: 'escpos', device: 'usb/lp0' }, 'printer.device'],
    [{ driver: 'cups', queue: 'a queue; rm' }, 'printer.queue'],
    [{ driver: 'escpos', device: '/dev/usb/lp0', paperMm: 57 }, 'printer.paperMm'],
  ])('a printer that cannot be used: %j', (printer, key) => {
    const text = sentences({ ...town, printer });
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toMatch(/^site\.json: /);
    expect(text).toContain(`${key}: `);
  });

  test.each([
    [{ week: { mon: ['8:30-12:00'] } }, 'hours.week.mon.0: wants "HH:MM-HH:MM"'],
    [{ week: { mon: ['08:30-12:00', '13:00-25:00'] } }, 'hours.week.mon.1: wants "HH:MM-HH:MM"'],
    [{ week: { mon: ['08:30 - 12:00'] } }, 'hours.week.mon.0: wants "HH:MM-HH:MM"'],
    [{ week: { mon: ['22:00-02:00'] } }, 'hours.week.mon.0: ends before it begins: hours over midnight are two spans'],
    [{ week: { mon: ['08:30-08:30'] } }, 'hours.week.mon.0: is empty'],
    [{ week: { mon: ['08:30-12:00', '11:59-17:00'] } }, 'hours.week.mon.1: overlaps another span'],
    [{ week: { mon: ['13:00-14:00', '08:30-17:00'] } }, 'hours.week.mon.1: overlaps another span'],
    [{ week: { mon: '08:30-12:00' } }, 'hours.week.mon: '],
    [{ week: { monday: [] } }, 'hours.week.monday: no such setting'],
    [{ week: {} }, 'hours.week: names no time at all; leave "hours" out'],
    [{ week: { mon: [] }, exceptions: { '2027-03-28': [] } }, 'hours.week: names no time at all'],
    [{ closed: ['12-29/01-03'] }, 'hours.week: '],
    [{ week: { mon: ['08:30-12:00'] }, closed: ['2027-02-29'] }, 'hours.closed.0: wants a day that exists'],
    [{ week: { mon: ['08:30-12:00'] }, closed: ['12-29', '02-30'] }, 'hours.closed.1: wants a day that exists'],
    [{ week: { mon: ['08:30-12:00'] }, closed: ['2026-12-29/01-03'] }, 'hours.closed.0: wants a day that exists'],
    [{ week: { mon: ['08:30-12:00'] }, closed: ['2027-01-03/2026-12-29'] }, 'hours.closed.0: ends before it begins'],
    [{ week: { mon: ['08:30-12:00'] }, closed: ['New Year'] }, 'hours.closed.0: wants a day that exists'],
    [{ week: { mon: ['08:30-12:00'] }, exceptions: { '2027-02-30': [] } }, 'hours.exceptions.2027-02-30: '],
    [{ week: { mon: ['08:30-12:00'] }, exceptions: { '03-28': ['09:00-12:00'] } }, 'hours.exceptions.03-28: '],
    [{ week: { mon: ['08:30-12:00'] }, exceptions: { '2027-03-28': ['9-12'] } }, 'hours.exceptions.2027-03-28.0: wants "HH:MM'],
    [{ week: { mon: ['08:30-12:00'] }, closd: [] }, 'hours.closd: no such setting'],
  ])('opening hours that are none: %j', (hours, told) => {
    const text = sentences({ ...town, hours });
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toMatch(/^(?:site\.json|city-hall|.*city-hall\.json): /);
    expect(text).toContain(`: ${told}`);
  });

  test('files that are not there', () => {
    expect(sentences({ ...town, platform: { ...town.platform, sealingKeyFile: 'lost.json' } })).toMatch(
      /platform\.sealingKeyFile.*lost\.json|lost\.json.*platform\.sealingKeyFile/,
    );
    const profile = loadSettings({ configDir, profile: 'town-hall', set: [], cwd });
    expect(profile.ok ? '' : profile.error.join()).toMatch(/town-hall.*profiles: atm, city-hall, demo, retail$/);
    const lost = loadSettings({ configDir, profile: 'city-hall', site: join(cwd, 'none.json'), set: [], cwd });
    expect(lost.ok ? '' : lost.error.join()).toContain('none.json');
  });

  test('a journey that there is not: those that there are', () => {
    expect(sentences({ ...town, journeys: ['check', 'passport'] })).toMatch(/journeys\.1: .*"check".*"card-application"/);
  });

  test('a file that is no JSON, and one that is no object', () => {
    expect(sentences('{ "terminal": ')).toContain('site.json');
    expect(sentences('[]')).toContain('site.json');
  });

  test('what is missing is named, with the file to put it into', () => {
    const text = sentences({});
    expect(text).toContain('terminal');
    expect(text).toContain('platform.url');
  });

  test('a pair on the command line that is no pair', () => {
    expect(sentences(town, ['idle'])).toContain('idle');
    expect(sentences(town, ['__proto__.x=1'])).toContain('__proto__');
  });
});
