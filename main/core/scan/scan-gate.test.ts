import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { createScriptedKiosk } from '../../../test/support/scripted-kiosk.ts';
import type { Intent, Snapshot } from '../../contract/page-protocol.ts';
import { createScanGate, type ScannerSettings } from './scan-gate.ts';

const plain = (): ScannerSettings => ({ layout: 'auto', prefix: '', suffix: '' });
const find = { name: 'receipt-find', text: '', problem: null, camera: false } as const;

describe('the same code again', () => {
  it("within two seconds is the scanner's own repeat, also when its first reading brought another screen", () => {
    const clock = createManualClock();
    const gate = createScanGate(clock, () => undefined, plain);
    const scan = { text: 'MADO1R:1234567897' };
    expect(gate.pass(scan, find).do).toBe('take');
    for (const ms of [300, 1900, 1999]) {
      clock.advance(ms);
      expect(gate.pass(scan, find).do).toBe('nothing');
      expect(gate.pass(scan, { name: 'attract', can: [] }).do).toBe('nothing');
      expect(gate.pass(scan, find).do).toBe('nothing');
    }
    clock.advance(2001);
    expect(gate.pass(scan, find).do).toBe('take');
    expect(gate.pass({ text: 'MADO1R:1234567905' }, find).do).toBe('take');
  });

  it('is read by another screen that asks for a code', () => {
    const gate = createScanGate(createManualClock(), () => undefined, plain);
    const scan = { text: '99002026112600000000007' };
    expect(gate.pass(scan, { name: 'form-read', text: '', problem: null, camera: false }).do).toBe('take');
    expect(gate.pass(scan, find).do).toBe('take');
  });

  it('is forgotten after the visit', () => {
    const gate = createScanGate(createManualClock(), () => undefined, plain);
    gate.pass({ text: 'x' }, { name: 'attract', can: [] });
    gate.moved({ name: 'attract', can: [] });
    expect(gate.pass({ text: 'x' }, { name: 'attract', can: [] }).do).toBe('note');
  });
});

describe('a scanner as the settings name it', () => {
  const pass = (set: ScannerSettings | undefined, scan: Parameters<ReturnType<typeof createScanGate>['pass']>[0]) => {
    const fate = createScanGate(
      createManualClock(),
      () => undefined,
      () => set ?? plain(),
    ).pass(scan, find);
    return fate.do === 'take' ? fate.text : fate.do;
  };
  const keys = { text: 'MADO1R+1', us: 'MADO1R:1', jis: 'MADO1R+1' };

  it('is read in its own layout; in none, as the machine has it', () => {
    expect(pass({ layout: 'us', prefix: '', suffix: '' }, keys)).toBe('MADO1R:1');
    expect(pass({ layout: 'jis', prefix: '', suffix: '' }, keys)).toBe('MADO1R+1');
    expect(pass(undefined, keys)).toBe('MADO1R+1');
    expect(pass({ layout: 'us', prefix: '', suffix: '' }, { text: 'by camera' })).toBe('by camera');
    expect(pass(undefined, { text: 'ちとせ', us: 'asp', jis: 'asp' })).toBe('asp');
  });

  it('without what it sends around a code', () => {
    expect(pass({ layout: 'auto', prefix: '~', suffix: '#' }, { text: '~1234#\r\n' })).toBe('1234');
    expect(pass({ layout: 'auto', prefix: '~', suffix: '#' }, { text: '1234' })).toBe('1234');
  });
});

describe('a scan that nobody asked for', () => {
  const scan = (k: ReturnType<typeof createScriptedKiosk>, text = '4901234567894'): Intent => ({
    type: 'scanned',
    step: k.kiosk.snapshot().step,
    text,
  });
  const without = ({ scanNote: _, ...rest }: Snapshot) => rest;

  it('changes nothing, is told for a moment, and answers no question', () => {
    const k = createScriptedKiosk();
    k.kiosk.start();
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    k.press('start');
    const before = k.kiosk.snapshot();
    expect(before.screen.name).toBe('menu');
    k.kiosk.handle(scan(k));
    expect(k.kiosk.snapshot().scanNote).toBe('not-needed');
    expect(without(k.kiosk.snapshot())).toEqual(before);
    k.clock.advance(6001);
    expect(k.kiosk.snapshot()).toEqual(before);

    // It is nobody at the screen: the clock runs on, and the question stays.
    for (let n = 0; n < 300 && k.kiosk.snapshot().warning === null; n += 1) {
      k.clock.advance(1000);
      k.kiosk.handle(scan(k, String(n)));
    }
    const asked = k.kiosk.snapshot();
    expect(asked.warning).not.toBeNull();
    k.kiosk.handle(scan(k, 'x'));
    expect(k.kiosk.snapshot().warning).toEqual(asked.warning);
  });

  it('is over when the screen is', () => {
    const k = createScriptedKiosk();
    k.kiosk.start();
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    k.kiosk.handle(scan(k));
    expect(k.kiosk.snapshot().scanNote).toBe('not-needed');
    k.press('start');
    expect(k.kiosk.snapshot().scanNote).toBeUndefined();
  });
});
