import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createScriptedKiosk } from '../../../test/support/scripted-kiosk.ts';
import { asMeant, type KeyLayout, LAYOUT_CODE } from '../../contract/key-layout.ts';
import { DeviceTrial } from '../../contract/staff.ts';
import { openLayoutChoice } from '../scan/layout-choice.ts';
import { createDeviceTrials } from './device-trial.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'mado-trial-'));
  folders.push(made);
  return made;
};
/** What a scanner of that layout types for a text, as both layouts read its keys. */
const typed = (text: string, scanner: KeyLayout) => ({
  text,
  us: scanner === 'us' ? text : asMeant(text, 'us'),
  jis: scanner === 'jis' ? text : asMeant(text, 'jis'),
});
const up = () => {
  const scripted = createScriptedKiosk();
  scripted.reader({ type: 'service', up: true });
  scripted.reader({ type: 'readers', names: ['R'] });
  const scan = (what: { text: string; us?: string; jis?: string }) =>
    scripted.kiosk.handle({ type: 'scanned', step: scripted.kiosk.snapshot().step, ...what });
  return { scripted, scan, staff: scripted.kiosk.staff };
};

it('a trial is for an open console only, is on the public screen, and ends with the console', () => {
  const { scripted, staff } = up();
  expect(staff.tryDevices('codes')).toBe(false);
  expect(scripted.screen.name).toBe('attract');
  staff.open();
  for (const use of ['codes', 'face'] as const) {
    expect(staff.tryDevices(use)).toBe(true);
    expect(scripted.screen).toEqual({ name: 'out-of-order', reason: 'staff', trial: use });
  }
  staff.close();
  expect(scripted.screen).toEqual({ name: 'attract', can: ['check', 'set-up'] });
  staff.open();
  expect(scripted.screen).toEqual({ name: 'out-of-order', reason: 'staff' });
  expect(DeviceTrial.parse(staff.trial).use).toBeNull();
});

it('tells what the page said of that camera since then, and nothing older', () => {
  const { scripted, staff } = up();
  const running = { use: 'face', state: 'running', standIn: false, name: 'HD Cam', found: ['HD Cam'] } as const;
  scripted.kiosk.cameras.take(running);
  staff.open();
  staff.tryDevices('face');
  expect(staff.trial.camera).toBeNull();
  scripted.kiosk.cameras.take({ ...running, state: 'black' });
  expect(DeviceTrial.parse(staff.trial).camera).toEqual({ state: 'black', standIn: false, name: 'HD Cam' });
  staff.tryDevices('codes');
  expect(staff.trial.camera).toBeNull();
});

it('of a code it tells the length; a scan where only the face is tried, or nothing, is not needed', () => {
  const { scripted, staff, scan } = up();
  staff.open();
  scan({ text: '4901234567894' });
  staff.tryDevices('face');
  scripted.clock.advance(3000);
  scan({ text: '4901234567894' });
  expect([staff.trial.codes, scripted.kiosk.snapshot().scanNote]).toEqual([0, 'not-needed']);
  staff.tryDevices('codes');
  scripted.clock.advance(3000);
  scan({ text: '4901234567894' });
  expect(DeviceTrial.parse(staff.trial)).toMatchObject({ codes: 1, code: { by: 'camera', signs: 13, layout: null } });
  scan(typed('MADO1R:1234567897', 'us'));
  expect(staff.trial).toMatchObject({
    codes: 2,
    code: { by: 'scanner', signs: 17, layout: null },
    layout: 'auto',
    named: 'nobody',
  });
  expect(JSON.stringify(staff.trial)).not.toContain('1234');
});

it.each(['us', 'jis'] as const)('the set-up code says that a scanner is set to %s; then it is read so', (layout) => {
  const { scripted, staff, scan } = up();
  staff.open();
  staff.tryDevices('codes');
  scan(typed(LAYOUT_CODE, layout));
  expect(staff.trial).toMatchObject({ code: { layout }, layout, named: 'set-up-code' });
  staff.close();
  // A number field of its own takes what the scanner meant, at once.
  scripted.press('start');
  scripted.press('receipt-lookup');
  scripted.clock.advance(3000);
  scan({ ...typed('MADO1R:1234567897', layout), text: 'unread' });
  expect(JSON.stringify(scripted.screen)).not.toContain('unread');
});

it('the camera names no layout, and neither does somebody without the console', () => {
  const { staff, scan, scripted } = up();
  scan(typed(LAYOUT_CODE, 'us'));
  staff.open();
  scripted.clock.advance(3000);
  scan(typed(LAYOUT_CODE, 'us'));
  staff.tryDevices('codes');
  scripted.clock.advance(3000);
  scan({ text: LAYOUT_CODE });
  expect(staff.trial).toMatchObject({ codes: 1, layout: 'auto', named: 'nobody' });
});

it('a layout in the settings wins over the code', () => {
  const choice = openLayoutChoice(folder());
  choice.choose('us');
  const trials = createDeviceTrials({
    settings: { scanner: { layout: 'jis', prefix: '~', suffix: '' } },
    choice,
    lastReport: () => null,
  });
  expect(trials.scanner()).toEqual({ layout: 'jis', prefix: '~', suffix: '' });
  expect(trials.view('codes')).toMatchObject({ layout: 'jis', named: 'settings', device: false, keys: 'none' });
});

it('what a code named holds after a start; a damaged or foreign file is none', () => {
  const data = folder();
  expect(openLayoutChoice(data).layout).toBeNull();
  expect(openLayoutChoice(data).choose('jis')).toBe(true);
  expect(openLayoutChoice(data).layout).toBe('jis');
  expect(statSync(join(data, 'scanner.json')).mode & 0o777).toBe(0o600);
  for (const text of ['', '{"v":1,"layout":"dvorak"}', '{"v":2,"layout":"us"}']) {
    writeFileSync(join(data, 'scanner.json'), text);
    expect(openLayoutChoice(data).layout).toBeNull();
  }
  // A disk that cannot take it: it holds until the next start, and says so.
  const gone = openLayoutChoice(join(data, 'none'));
  expect([gone.choose('us'), gone.layout]).toEqual([false, 'us']);
});
