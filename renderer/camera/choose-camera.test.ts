import { describe, expect, it } from 'vitest';
import { chooseCamera } from './choose-camera.ts';

const front = { deviceId: 'a', label: 'HD Webcam C920 (046d:082d)' };
const down = { deviceId: 'b', label: 'Document Camera (1b17:0211)' };

describe('which camera looks at what', () => {
  it.each([
    ['by USB id', { codes: '1b17:0211', face: '046d:082d' }, 'b', 'a'],
    ['by a part of the label, in any case', { codes: 'document', face: 'c920' }, 'b', 'a'],
    ['the other one, where only the faces’ is named', { codes: null, face: 'C920' }, 'b', 'a'],
    ['the other one, where only the codes’ is named', { codes: 'Document', face: null }, 'b', 'a'],
    ['whichever the browser gives, where none is named', { codes: null, face: null }, null, null],
  ] as const)('%s', (_how, names, codes, face) => {
    for (const cameras of [
      [front, down],
      [down, front],
    ]) {
      expect(chooseCamera(cameras, 'codes', names).deviceId).toBe(codes);
      expect(chooseCamera(cameras, 'face', names).deviceId).toBe(face);
    }
  });

  it('two of one make, by their place among them', () => {
    const twin = { deviceId: 'c', label: front.label };
    const names = { codes: 'C920 #2', face: 'C920 #1' };
    expect(chooseCamera([front, twin], 'codes', names).deviceId).toBe('c');
    expect(chooseCamera([front, twin], 'face', names).deviceId).toBe('a');
    expect(chooseCamera([front], 'codes', names)).toEqual({ by: 'other', deviceId: null });
  });

  it('one that is not there: another stands in, rather one that has nothing else to do, and it is told', () => {
    const names = { codes: 'Document', face: 'C920' };
    const third = { deviceId: 'c', label: 'Built-in (0000:0001)' };
    expect(chooseCamera([front, third], 'codes', names)).toEqual({ by: 'other', deviceId: 'c' });
    expect(chooseCamera([front], 'codes', names)).toEqual({ by: 'other', deviceId: null });
    expect(chooseCamera([], 'codes', names)).toEqual({ by: 'other', deviceId: null });
    expect(chooseCamera([front, down], 'codes', names)).toEqual({ by: 'named', deviceId: 'b' });
  });
});
