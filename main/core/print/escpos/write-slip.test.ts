import { describe, expect, it } from 'vitest';
import type { Slip, SlipLine } from '../../../contract/slip.ts';
import { rolls } from '../layout/paper.ts';
import { raster } from './commands.ts';
import { kanjiCode } from './kanji.ts';
import { writeSlip } from './write-slip.ts';

const slip = (...lines: SlipLine[]): Slip => ({ id: 's', receipt: null, large: false, lines });
const bytes = (of: Slip, kanji = true) => writeSlip(of, { paper: rolls[58], kanji, qr: 'command' });
const hex = (of: Slip, kanji = true) => bytes(of, kanji).toString('hex');

/** A stream from its parts, in hex. */
const stream = (...parts: string[]) => [START, ...parts, CUT].join('');
const START = '1b40' + '1d50cbcb' + '1b5208' + '1b7401' + '1c26' + '1c4301' + '1c530000';
const CUT = '1d564218';

describe('ESC/POS, byte by byte', () => {
  it('sets a title twice the size and emphasised, in Shift_JIS', () => {
    // 受 8EF3, 付 9574, 票 955B
    expect(hex(slip({ type: 'title', text: '受付票' }))).toBe(
      stream('1b333a', '1d2111', '1b4501', '8ef39574955b', '0a', '1b4a0c'),
    );
  });

  it('sets a number twice the size below its label', () => {
    const label = '1b3320' + '1d2100' + '1b4500' + '94d48d86' + '0a';
    const value = '1b333a' + '1d2111' + '1b4501' + '3132332d343536' + '0a';
    expect(hex(slip({ type: 'number', label: '番号', value: '123-456' }))).toBe(`${START + label + value}1b4a08${CUT}`);
  });

  it('breaks a sentence itself: the printer never has to', () => {
    expect(hex(slip({ type: 'text', text: 'あいうえおかきくけこさしすせそたちつ' }))).toBe(
      START +
        '1b3320' +
        '1d2100' +
        '1b4500' +
        '82a082a282a482a682a882a982ab82ad82af82b182b382b582b782b9' +
        '0a' +
        '1b3320' +
        '1d2100' +
        '1b4500' +
        '82bb82bd82bf82c2' +
        '0a' +
        '1b4a0c' +
        CUT,
    );
  });

  it('draws a rule across the paper', () => {
    expect(hex(slip({ type: 'rule' }))).toBe(`${START}1b3318` + `1d21001b4500${'2d'.repeat(32)}0a${CUT}`);
  });

  it('has the printer make the code: model 2, six dots, correction M, in the middle', () => {
    const text = Buffer.from('MADO1R:1234567897').toString('hex');
    expect(hex(slip({ type: 'code', text: 'MADO1R:1234567897' }))).toBe(
      START +
        '1b4a18' +
        '1b6101' +
        '1d286b0400' +
        '31413200' +
        '1d286b0300' +
        '314306' +
        '1d286b0300' +
        '314531' +
        '1d286b1400' +
        '315030' +
        text +
        '1d286b0300' +
        '315130' +
        '1b6100' +
        '1b4a18' +
        '1b4a08' +
        CUT,
    );
  });

  it('sends a line as a picture when the font lacks a character of it, and only that line', () => {
    const sent = bytes(slip({ type: 'text', text: '𠮷田' }, { type: 'text', text: '受付' }));
    const picture = sent.indexOf(Buffer.from('1d763000' + '3000' + '2000', 'hex'));
    expect(picture).toBeGreaterThan(0);
    expect(sent.indexOf(Buffer.from('8ef39574', 'hex'))).toBe(picture + 8 + 48 * 32 + '1b4a0c1b33201d21001b4500'.length / 2);
    // Something is on it.
    expect(sent.subarray(picture + 8, picture + 8 + 48 * 32).some((byte) => byte !== 0)).toBe(true);
  });

  it('sends pictures only to a printer without kanji', () => {
    const sent = bytes(slip({ type: 'title', text: 'AB' }, { type: 'rule' }, { type: 'code', text: 'MADO1R:1234567897' }), false);
    // Title, its gap, the rule, the code, its gap.
    expect(sent.toString('hex').startsWith('1b40' + '1d50cbcb' + '1d76300030003a00')).toBe(true);
    expect(sent.includes(Buffer.from('1d286b', 'hex'))).toBe(false);
    expect(sent.length).toBe(2 + 4 + 8 + 48 * 58 + 3 + 8 + 48 * 24 + 8 + 48 * 29 * 6 + 3 + 4);
  });

  it('sends the code as a picture to a printer that has no command for it, and the words as words', () => {
    const of = slip({ type: 'text', text: '受付' }, { type: 'code', text: 'MADO1R:1234567897' });
    const sent = writeSlip(of, { paper: rolls[58], kanji: true, qr: 'picture' });
    expect(sent.includes(Buffer.from('1d286b', 'hex'))).toBe(false);
    expect(sent.includes(Buffer.from('MADO1R'))).toBe(false);
    expect(sent.includes(Buffer.from('8ef39574', 'hex'))).toBe(true);
    expect(sent.includes(Buffer.from('1d763000' + '3000' + 'ae00', 'hex'))).toBe(true);
  });

  it('sends trail bytes 5C, the wave dash and half-width kana as words, and what the font lacks as one picture a line', () => {
    const words = (text: string) => hex(slip({ type: 'text', text }));
    expect(words('表ソ能十')).toContain('955c835c945c8f5c');
    expect(words('10〜12')).toContain('3130' + '8160' + '3132');
    expect(words('ﾔﾏﾀﾞ')).toContain('d4cfc0de');
    expect(words('¥100')).toContain('5c313030');
    for (const rare of ['麵', '鷗', '葛\u{e0100}', '\\']) {
      const sent = words(`あ${rare}`);
      expect(sent, rare).toContain('1d763000');
      expect(sent, rare).not.toContain('82a0');
    }
  });

  it('lets no sign of a name become a command', () => {
    const sent = hex(slip({ type: 'text', text: 'a\u001b@\u001dV0' }));
    expect(sent).toBe(`${START}1b3320${'1d2100'}1b4500${'61204020' + '5630'}0a1b4a0c${CUT}`);
  });
});

describe('kanji', () => {
  it.each([
    ['A', '41'],
    ['¥', '5c'],
    ['ｱ', 'b1'],
    ['ﾞ', 'de'],
    ['。', '8142'],
    ['〜', '8160'],
    ['～', '8160'],
    ['−', '817c'],
    ['か\u3099', '82aa'],
    ['熙', 'eaa4'],
  ])('%s is %s', (character, code) => {
    expect(kanjiCode(character)?.toString('hex')).toBe(code);
  });

  it.each(['\\', '~', '①', '㈱', '髙', '﨑', '𠮷', '😀', 'é', '•', '👩‍👧', '?\u0301'])(
    '%s is not in a plain printer',
    (character) => {
      expect(kanjiCode(character)).toBeNull();
    },
  );
});

describe('pictures', () => {
  it('hold no pair that a printer takes for a real-time command', () => {
    for (const second of [0x04, 0x05, 0x14]) {
      const sent = raster(16, 1, Uint8Array.of(0x10, second));
      expect([...sent.subarray(8)]).toEqual([0x18, second]);
    }
    expect([...raster(16, 1, Uint8Array.of(0x10, 0x06)).subarray(8)]).toEqual([0x10, 0x06]);
  });
});
