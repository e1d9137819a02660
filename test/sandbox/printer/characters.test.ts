import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { Slip } from '../../../main/contract/slip.ts';
import { slipPdf } from '../../../main/core/print/cups/pdf.ts';
import { GETA, partFor } from '../../../main/core/print/draw/fonts.ts';
import { drawRows } from '../../../main/core/print/draw/picture.ts';
import { kanjiCode } from '../../../main/core/print/escpos/kanji.ts';
import { writeSlip } from '../../../main/core/print/escpos/write-slip.ts';
import { glyphsOf } from '../../../main/core/print/layout/characters.ts';
import { rolls } from '../../../main/core/print/layout/paper.ts';

/** All that code page 932 holds: JIS X 0208, NEC's row 13 and selected characters, IBM's extensions. */
const windows31J = (() => {
  const found = new Set<string>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const text = iconv.decode(Buffer.from([lead, trail]), 'cp932');
      if ([...text].length === 1 && text !== '\ufffd' && !/\p{Co}/u.test(text)) found.add(text);
    }
  return [...found];
})();
/** What JIS X 0213:2004 adds; its last line holds those that are two characters of Unicode. */
const jisX0213 = (() => {
  const lines = readFileSync(join(import.meta.dirname, 'jis-x-0213.txt'), 'utf8')
    .trim()
    .split('\n');
  return [...lines.slice(0, -1).flatMap((line) => [...line]), ...(lines.at(-1) ?? '').split(' ')];
})();

const dots = (text: string, bold = false): Buffer => {
  const row = { type: 'text' as const, glyphs: [{ text, width: 2 as const }], scale: 3 as const, bold, keep: false, height: 72 };
  return Buffer.from(drawRows([row], { columns: 6, dots: 72 }).data);
};
const one = (text: string): Slip => ({ id: 's', receipt: null, large: false, lines: [{ type: 'text', text }] });

describe('characters of Japanese names on paper', () => {
  it('all of Windows’ Japanese characters have a picture, in both weights', () => {
    expect(windows31J.length).toBeGreaterThan(7200);
    for (const weight of [400, 700] as const)
      expect(windows31J.filter((text) => text !== GETA && partFor(text, weight).text !== text)).toEqual([]);
  }, 60_000);

  it('all of JIS X 0213 but three signs have one', () => {
    expect(jisX0213.length).toBeGreaterThan(4000);
    // Soft hyphens are no characters of a line; the other three no font here has.
    expect(jisX0213.filter((text) => partFor(text, 400).text === GETA)).toEqual(['ǵ', '⦅', '⦆']);
  }, 60_000);

  it.each(['𠮷', '𩸽', 'Ⅰ', 'Ⅹ', 'ⅷ', 'Ω', 'λ', '≒', '\u2011', '髙', '﨑', '①', '㈱', '㋿', '丟', 'か゚'])(
    '%s is drawn, thin and bold, and is no geta',
    (text) => {
      for (const bold of [false, true]) {
        expect(dots(text, bold).equals(dots(GETA, bold))).toBe(false);
        expect(dots(text, bold).some((byte) => byte !== 0)).toBe(true);
      }
      expect(dots(text, true).equals(dots(text, false))).toBe(false);
    },
  );

  it('what no font has is a geta', () => {
    expect(dots('\u{2ebf0}').equals(dots(GETA))).toBe(true);
  });

  it('a kanji of the compatibility area is itself, in a picture and in a printer’s own font', () => {
    // U+FA19 神 with 示, U+FA1B 福: their normal forms are the everyday ones.
    for (const [own, everyday] of [
      ['\ufa19', '\u795e'],
      ['\ufa1b', '\u798f'],
      ['\ufa10', '\u585a'],
    ] as const) {
      expect(dots(own).equals(dots(everyday)), own).toBe(false);
      expect(kanjiCode(own), own).toBeNull();
    }
  });

  it('a kanji with a selector is drawn as its kanji', () => {
    const [glyph, ...others] = glyphsOf('葛\u{e0100}');
    expect(others).toEqual([]);
    expect(dots(glyph?.text ?? '').equals(dots('葛'))).toBe(true);
  });

  it('a PDF has them all, as text that can be read back', async () => {
    const text = '𠮷田髙﨑ⅢΩ\u2011①';
    const pdf = (await slipPdf({ ...one(text), lines: [{ type: 'title', text }] })).toString('latin1');
    // Grid parts for the kanji that they have, the whole BIZ UDPGothic, Noto Sans JP.
    expect(pdf).toMatch(/BIZUDPGothic/);
    expect(pdf).toMatch(/NotoSansJP/);
  });

  it('held: 5C trail bytes, 麵, 鷗, wave dash and half-width kana go on paper as they are', () => {
    const sent = writeSlip(one('表ソ能十'), { paper: rolls[58], kanji: true, qr: 'command' });
    expect(sent.includes(Buffer.from('955c835c945c8f5c', 'hex'))).toBe(true);
    expect(kanjiCode('〜')?.toString('hex')).toBe('8160');
    expect(kanjiCode('ｱ')?.toString('hex')).toBe('b1');
    for (const rare of ['麵', '鷗']) {
      expect(kanjiCode(rare), rare).toBeNull();
      expect(dots(rare).equals(dots(GETA)), rare).toBe(false);
      expect(dots(rare).equals(dots(rare === '麵' ? '麺' : '鴎')), rare).toBe(false);
    }
    expect(kanjiCode('\\')).toBeNull();
    expect(dots('\\').equals(dots('¥'))).toBe(false);
  });
});
