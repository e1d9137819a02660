import { Buffer } from 'node:buffer';
import { signAt } from '../../contract/key-layout.ts';
import type { ScannedText } from './scan-gate.ts';
import { ScanText } from './scan-text.ts';

/** `struct input_event` on a 64-bit Linux (linux/input.h): two times of 8 bytes, type, code, value. */
const EVENT_BYTES = 24;
const EV_KEY = 1;
const DOWN = 1;
const UP = 0;
/** linux/input-event-codes.h: the keys that a scanner sends, by number, as `KeyboardEvent.code` names them. */
const RUNS: readonly (readonly [first: number, codes: string])[] = [
  [2, 'Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal'],
  [15, 'Tab KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter ControlLeft'],
  [30, 'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote ShiftLeft Backslash'],
  [44, 'KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight NumpadMultiply AltLeft Space'],
  [71, 'Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal'],
  [89, 'IntlRo'],
  [96, 'NumpadEnter ControlRight NumpadDivide'],
  [100, 'AltRight'],
  [124, 'IntlYen'],
];
const CODES = new Map(RUNS.flatMap(([first, codes]) => codes.split(' ').map((code, at) => [first + at, code] as const)));

/** Makes scans of a device's events. Nobody types on that device: whatever comes is of a scan. */
export interface EvdevReader {
  /** @param chunk bytes of the device, cut anywhere @returns scans that ended with Enter or Tab */
  take(chunk: Uint8Array): readonly ScannedText[];
  /** No event for a while: what there is, is a scan. */
  pause(): ScannedText | null;
  /** Something waits for its end. */
  readonly waits: boolean;
  /** The device is gone: half a scan is none. */
  wipe(): void;
}

export function createEvdevReader(): EvdevReader {
  const scan = new ScanText();
  const held = new Set<string>();
  let rest = Buffer.alloc(0);

  const isHeld = (key: 'Shift' | 'Alt' | 'Control') => held.has(`${key}Left`) || held.has(`${key}Right`);
  const press = (code: string): ScannedText | null => {
    if (isHeld('Alt') && /^Numpad[0-9]$/.test(code)) {
      scan.digit(code.slice(-1));
      return null;
    }
    const control = isHeld('Control');
    const line = control && (code === 'KeyM' || code === 'KeyJ');
    if (line || code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') return scan.take();
    const sign = signAt('us', code, isHeld('Shift')) ?? signAt('jis', code, isHeld('Shift'));
    if (sign === null) return null;
    if (control) scan.add(controlSign(sign), controlSign(sign));
    else scan.add(sign, signAt('jis', code, isHeld('Shift')) ?? sign);
    return null;
  };
  return {
    take(chunk) {
      const bytes = Buffer.concat([rest, chunk]);
      const whole = bytes.length - (bytes.length % EVENT_BYTES);
      const scans: ScannedText[] = [];
      for (let at = 0; at < whole; at += EVENT_BYTES) {
        if (bytes.readUInt16LE(at + 16) !== EV_KEY) continue;
        const code = CODES.get(bytes.readUInt16LE(at + 18));
        const value = bytes.readInt32LE(at + 20);
        if (code === undefined) continue;
        if (value === DOWN) held.add(code);
        else if (value === UP) held.delete(code);
        else continue;
        const done = value === DOWN ? press(code) : code.startsWith('Alt') ? scan.endNumber() : null;
        if (done !== null) scans.push(done);
      }
      rest = Buffer.from(bytes.subarray(whole));
      bytes.fill(0);
      return scans;
    },
    pause: () => scan.take(),
    get waits() {
      return scan.some;
    },
    wipe() {
      scan.take();
      held.clear();
      rest = Buffer.alloc(0);
    },
  };
}

/** Ctrl and a key is a control sign: Ctrl-] is GS. */
function controlSign(sign: string): string {
  return /^[@-_a-z]$/.test(sign) ? String.fromCharCode(sign.toUpperCase().charCodeAt(0) & 0x1f) : '';
}
