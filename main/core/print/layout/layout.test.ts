import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { glyphsOf, widthOf } from './characters.ts';
import { mayEnd, mayStart } from './kinsoku.ts';
import { layOut } from './lay-out.ts';
import { a4Papers, CELL, rolls } from './paper.ts';
import { wrap } from './wrap.ts';

const textOf = (lines: readonly (readonly { text: string }[])[]) => lines.map((line) => line.map(({ text }) => text).join(''));
const lines = (text: string, columns: number) => textOf(wrap(text, columns));
const unspaced = (text: string) => text.replaceAll(' ', '');

const japanese = fc.string({
  unit: fc.constantFrom(...'あいうかなっゃ漢字受付票番号。、」「）（ーァアイマポント円・…〜ABz09 -.,!?¥𠮷①é½ｱﾞ'),
  maxLength: 120,
});
const how = fc.constantFrom('anywhere' as const, 'phrases' as const);
const anything = fc.string({ unit: 'grapheme', maxLength: 120 });

describe('wrapping', () => {
  it('keeps every line within the width, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.oneof(japanese, anything), fc.integer({ min: 2, max: 64 }), how, (text, columns, breaking) => {
        const set = wrap(text, columns, breaking);
        for (const line of set) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        for (const line of set) expect(line.length).toBeGreaterThan(0);
        expect(unspaced(textOf(set).join(''))).toBe(unspaced(textOf([glyphsOf(text)]).join('')));
      }),
    );
  });

  it('begins no line with what may not begin one, and ends none with what may not end one', () => {
    // Kinsoku yields only where what belongs together is longer than the line: here it is not.
    const word = fc.string({ unit: fc.constantFrom(...'あ漢字受付票'), minLength: 1, maxLength: 4 });
    const sentence = fc
      .array(
        fc.tuple(fc.constantFrom('', '「', '（'), word, fc.constantFrom('', '。', '、', '」', '）。', 'っ', '々', 'ー', '…')),
        {
          maxLength: 30,
        },
      )
      .map((parts) => parts.map((part) => part.join('')).join(''));
    fc.assert(
      fc.property(sentence, fc.integer({ min: 14, max: 48 }), (text, columns) => {
        const set = wrap(text, columns);
        for (const line of set.slice(1)) expect(mayStart(line[0]?.text ?? '')).toBe(true);
        for (const line of set.slice(0, -1)) expect(mayEnd(line.at(-1)?.text ?? '')).toBe(true);
      }),
    );
  });

  it('keeps words whole: Latin, numbers, katakana', () => {
    expect(lines('Please go to your office', 10)).toEqual(['Please go', 'to your', 'office']);
    expect(lines('およそ5週間です', 7)).toEqual(['およそ', '5週間', 'です']);
    expect(lines('お問い合わせ 0120-95-0178', 16)).toEqual(['お問い合わせ', '0120-95-0178']);
    expect(lines('受付票（マイナポイントの申し込み）', 16)).toEqual(['受付票', '（マイナポイント', 'の申し込み）']);
  });

  it('ends the lines of a title where a phrase ends', () => {
    const title = (text: string, columns: number) => textOf(wrap(text, columns, 'phrases'));
    expect(title('受付票（マイナポイントの申し込み）', 24)).toEqual(['受付票（マイナポイントの', '申し込み）']);
    expect(title('新しい申請書をおすすめします', 16)).toEqual(['新しい申請書を', 'おすすめします']);
    expect(title('取り消せませんでした', 16)).toEqual(['取り', '消せませんでした']);
  });

  it('breaks what is longer than a line', () => {
    expect(lines('マイナンバーカードの申請', 16)).toEqual(['マイナンバー', 'カードの申請']);
    expect(lines('ABCDEFGH', 4)).toEqual(['ABCD', 'EFGH']);
    expect(lines('マイナポイント', 8)).toEqual(['マイナ', 'ポイント']);
    expect(lines('', 8)).toEqual([]);
    expect(lines('   ', 8)).toEqual([]);
  });

  it('takes a comma along instead of leaving it alone', () => {
    expect(lines('申し込みました。次の人', 14)).toEqual(['申し込みまし', 'た。次の人']);
    expect(lines('今日、行く', 4)).toEqual(['今', '日、', '行く']);
  });

  it('leaves no last line to a character or two', () => {
    expect(lines('次にお越しのときに確認できます。', 28)).toEqual(['次にお越しのときに確認で', 'きます。']);
  });

  it('lets no control sign through: it would be a command to the printer', () => {
    expect(lines('a\u001b@b\u001dV\u0000c\r\nd\u2028e\ud800f', 40)).toEqual(['a @b V c  d e f']);
  });

  it('counts a composed character once', () => {
    expect(glyphsOf('か\u3099👩‍👧').map(({ width }) => width)).toEqual([2, 2]);
    expect(widthOf(glyphsOf('¥1,000 é ｱ'))).toBe(10);
    expect(glyphsOf('ｶﾞ').map(({ text }) => text)).toEqual(['ｶ', 'ﾞ']);
  });
});

describe('layout', () => {
  const slip = (large: boolean) => ({
    id: 's',
    receipt: null,
    large,
    lines: [
      { type: 'title' as const, text: '受付票' },
      { type: 'text' as const, text: 'お申し込みを、この端末で受け付けました。' },
      { type: 'number' as const, label: '受付番号', value: '123-456-7897' },
      { type: 'number' as const, label: 'サービス', value: 'とてもとてもとても長い名前のけやき広場クレジット' },
      { type: 'code' as const, text: 'MADO1R:1234567897' },
      { type: 'rule' as const },
    ],
  });

  it('fits every row to the paper, in both sizes of type', () => {
    for (const paper of [rolls[58], rolls[80], ...a4Papers])
      for (const large of [false, true])
        for (const row of layOut(slip(large), paper))
          if (row.type === 'text') {
            expect(widthOf(row.glyphs) * row.scale * CELL.width).toBeLessThanOrEqual(paper.dots);
            expect(row.height).toBeGreaterThan(row.scale * CELL.height);
          }
  });

  it('sets large type twice as large, and a number as large as a line allows', () => {
    const scales = (large: boolean, paper: 58 | 80) =>
      layOut(slip(large), rolls[paper]).flatMap((row) => (row.type === 'text' ? [row] : []));
    const scaleOf = (large: boolean, paper: 58 | 80, start: string) =>
      scales(large, paper).find(({ glyphs }) => textOf([glyphs])[0]?.startsWith(start))?.scale;
    expect(scaleOf(false, 80, 'お申')).toBe(1);
    expect(scaleOf(true, 80, 'お申')).toBe(2);
    expect(scaleOf(false, 58, '123')).toBe(2);
    expect(scaleOf(true, 58, '123')).toBe(2);
    expect(scaleOf(true, 80, '123')).toBe(3);
    expect(scaleOf(false, 58, 'とて')).toBe(1);
    expect(scaleOf(true, 58, 'とて')).toBe(2);
  });
});
