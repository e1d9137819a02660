import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import { Catalogue, type PaymentService } from '../../contract/catalogue.ts';
import { KanaRow, NO_FILTER } from '../../contract/service-filter.ts';
import { japanDay } from '../time.ts';
import { createFinder, firstDayThatCounts, hindrancesOf, rowOf, seededOrder } from './finder.ts';

const sample = Catalogue.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json'), 'utf8')),
);
const { services, measure } = sample;
const inOrder = services.map((_, index) => index);
const find = (filter: Partial<typeof NO_FILTER>) => createFinder(services, inOrder).find({ ...NO_FILTER, ...filter });
const first = (id: string): PaymentService => {
  const service = services.find((one) => one.id === id);
  if (service === undefined) throw new Error(id);
  return service;
};

describe('the finder', () => {
  it('no choice: everything; every row and category leads somewhere', () => {
    expect(find({})).toHaveLength(services.length);
    for (const row of KanaRow.options) expect(find({ row }).length, row).toBeGreaterThan(0);
    for (const category of ['e-money', 'qr', 'credit', 'debit', 'prepaid'] as const) {
      expect(find({ category }).length).toBeGreaterThan(10);
      expect(find({ category }).every((service) => service.category === category)).toBe(true);
    }
    expect(KanaRow.options.reduce((sum, row) => sum + find({ row }).length, 0)).toBe(services.length);
  });
  it.each(['ミント', 'みんと', 'ﾐﾝﾄ', 'minto', 'Mint', 'mint-pay', 'ミント横丁', 'ヨコチヨウ'])(
    '%s finds Mint Yokocho Pay',
    (keyword) => {
      expect(find({ keyword }).map(({ id }) => id)).toContain('mint-pay');
    },
  );
  describe('by ear', () => {
    const [model] = services;
    if (model === undefined) throw new Error('an empty sample');
    const known = (kana: string, name = kana) => createFinder([{ ...model, id: 'one', kana, name: { ja: name, en: 'X' } }], [0]);
    it.each([
      ['ヴィオラ', ['ビオラ', 'びおら', 'ﾋﾞｵﾗ', 'ヴィオラ', 'ｳﾞｨｵﾗ', 'ゔぃおら', 'viora', 'biora', 'ヴイオラ', 'ひおら', 'ビオ']],
      ['ベニス', ['ヴェニス', 'ｳﾞｪﾆｽ', 'ゔぇにす', 'venisu', 'べにす', 'ヴェニ']],
      ['ヴァイオリン', ['バイオリン', 'ばいおりん', 'ﾊﾞｲｵﾘﾝ']],
      ['サーヴィス', ['サービス', 'さあびす', 'サアビス', 'ｻｰﾋﾞｽ']],
      ['レヴュー', ['レビュー', 'れびゅう', 'レビユー']],
      ['ラブ', ['ラヴ', 'らゔ']],
      ['カンヅメ', ['かんずめ', 'カンズメ', 'かんづめ', 'かんつめ', 'kanzume', 'kandume', 'ｶﾝｽﾞﾒ']],
      ['ミズホ', ['みづほ', 'みずほ']],
      ['ハナヂ', ['はなじ', 'hanaji']],
      ['ケーキ', ['けいき', 'けえき', 'ケイキ', 'けーき', 'ケ〜キ', 'keeki', 'keiki', 'ｹｰｷ']],
      ['ケイキ', ['ケーキ', 'ｹｰｷ', 'けえき']],
      [
        'トウキョウ',
        ['トーキョー', 'とおきょお', 'とうきょう', 'ﾄｳｷｮｳ', 'tokyo', 'toukyou', 'Tōkyō', 'とーきょー', 'トウキヨウ', 'とうきょ'],
      ],
      ['オオサカ', ['おうさか', 'オーサカ', 'おおさか', 'osaka', 'oosaka']],
      ['コンピューター', ['コンピュータ', 'こんぴゅうたあ', 'コンピュウター']],
      ['スーパー', ['すうぱあ', 'スウパア', 'すーぱー', 'ｽｰﾊﾟｰ']],
      ['オネエサン', ['おねーさん', 'おねいさん']],
      ['イスズ', ['いすゞ', 'イスヾ', 'いすず']],
      ['パーティー', ['パーチー', 'ぱあてぃい', 'ﾊﾟｰﾃｨｰ']],
      ['ラジオ', ['ラヂオ']],
      ['エビス', ['ヱビス', 'ゑびす']],
      ['ギリシャ', ['ギリシア', 'ぎりしあ', 'ギリシヤ', 'ｷﾞﾘｼｱ']],
      ['ダイヤ', ['ダイア', 'だいあ']],
      ['ピアノ', ['ピヤノ']],
      ['カルテット', ['クヮルテット', 'クァルテット', 'くわるてっと', 'クアルテット']],
      ['クァルテット', ['カルテット', 'クヮルテット']],
      ['ウィンティ', ['winti', 'winthi', 'ウインチ', 'うゐんてぃ']],
      ['プラットフォーム', ['プラットホーム', 'ぷらっとほーむ', 'プラツトフオーム', 'ﾌﾟﾗｯﾄﾎｰﾑ', 'purattofoomu', 'purattohoomu']],
      ['セロハン', ['セロファン', 'せろふぁん', 'serofan']],
      ['ホルマリン', ['フォルマリン']],
      ['モルヒネ', ['モルフィネ']],
      ['ヒューズ', ['フューズ', 'ふゅうず']],
      ['サンドウィッチ', ['サンドイッチ', 'さんどいっち', 'サンドウイッチ', 'さんどうぃっち']],
      ['スエーデン', ['スウェーデン', 'すうぇえでん', 'スウエーデン', 'suweeden']],
      ['ウォーター', ['うおーたー', 'うぉおたあ', 'ヲーター']],
      ['クォーター', ['クオーター', 'くおおたあ', 'コーター']],
      ['イェルサレム', ['エルサレム', 'いえるされむ', 'イエルサレム']],
      ['ジュウディ', ['jyuudi', 'jyuudhi', 'juudi', 'ヂュウヂ']],
    ])('%s is found by %o', (kana, typed) => {
      for (const keyword of typed) expect(known(kana).find({ ...NO_FILTER, keyword }), keyword).toHaveLength(1);
    });
    it.each([
      ['ヴィオラ', ['ビール', 'オルガン', 'ビエラ']],
      ['トウキョウ', ['きょうと', 'トキワ', 'tokachi']],
      ['ケーキ', ['けやき', 'コーキ', 'ケン']],
    ])('%s is not found by %o', (kana, typed) => {
      for (const keyword of typed) expect(known(kana).find({ ...NO_FILTER, keyword }), keyword).toEqual([]);
    });
    it('one sound alone does not find everything that holds it', () => {
      expect(known('ケヤキ').find({ ...NO_FILTER, keyword: 'けい' })).toEqual([]);
    });
  });
  it('nothing found is nothing; signs alone are no keyword', () => {
    expect(find({ keyword: 'ほげほげほげ' })).toEqual([]);
    expect(find({ keyword: '・ー ' })).toHaveLength(services.length);
  });
  it('charge, minors and no phone narrow it', () => {
    expect(find({ on: 'purchase' }).every(({ grantOn }) => grantOn.includes('purchase'))).toBe(true);
    expect(find({ minors: true }).every(({ minors }) => minors)).toBe(true);
    expect(find({ noPhone: true }).every(({ phoneNeeded }) => !phoneNeeded)).toBe(true);
  });
  it('anything typed: never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (keyword) => void find({ keyword })),
      { numRuns: runs(50, 10) },
    );
  });
  it('the row of a voiced sign is that of the plain one', () => {
    expect(['ガス', 'ヴィ', 'パン', 'ンジャ'].map(rowOf)).toEqual(['カ', 'ア', 'ハ', 'ワ']);
  });
});

describe('a neutral order', () => {
  it('is a permutation, whatever the draw', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (count) => {
        expect(seededOrder(randomBytes, count).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
      { numRuns: 30 },
    );
  });
  it('favours nobody: each of ten comes first about as often', () => {
    const times = new Map<number, number>();
    for (let n = 0; n < 5000; n++) {
      const [head = -1] = seededOrder(randomBytes, 10);
      times.set(head, (times.get(head) ?? 0) + 1);
    }
    // 500 expected, standard deviation 21: ten of them off is no chance.
    for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(210);
    expect(times.size).toBe(10);
  });
});

describe('what stands in the way', () => {
  it('a last day counts to 24:00 in Japan', () => {
    const service = { ...first('sakura-prepaid'), lastDay: '2026-11-23' };
    const at = (text: string) => hindrancesOf(service, measure, japanDay(Date.parse(text)), false);
    expect(at('2026-11-23T23:59:59+09:00')).toEqual([]);
    expect(at('2026-11-24T00:00:00+09:00')).toEqual(['closed']);
  });
  it('app only, minors; a registration that comes first does not: who has done it goes on', () => {
    const service: PaymentService = { ...first('mint-pay'), appOnly: true, preRegistration: { ja: 'x', en: 'x' }, minors: false };
    expect(hindrancesOf(service, measure, '2026-11-23', true)).toEqual(['app-only', 'minors']);
  });
  it('where the day of sign-up does not count, the next one is the first', () => {
    expect(firstDayThatCounts(sample, 'mint-pay', '2026-11-23T14:59:59Z')).toBe('2026-11-24');
    expect(firstDayThatCounts(sample, 'mint-pay', '2026-11-23T15:00:00Z')).toBe('2026-11-25');
    expect(firstDayThatCounts(sample, 'sakura-prepaid', '2026-11-23T03:00:00Z')).toBe('2026-11-23');
    expect(firstDayThatCounts(sample, 'sakura-prepaid', '2026-08-01T03:00:00Z')).toBe('2026-09-01');
  });
});

/** Well above what it is (about a half), well below what folding every name anew at every key would be. */
const MOST_TIMES_THE_FLOOR = 5;

it('500 services: a search is no slower than a plain pass over the text of the same rows', () => {
  const many = Array.from(
    { length: 500 },
    (_, n): PaymentService => ({ ...(services[n % services.length] ?? first('mint-pay')), id: `s${n}` }),
  );
  const finder = createFinder(many, seededOrder(randomBytes, many.length));
  const plain = () =>
    many.filter(({ name, kana }) => [name.ja, name.en ?? '', kana].some((text) => text.normalize('NFKC').includes('ミント')));
  const search = () => finder.find({ ...NO_FILTER, keyword: 'みんと', on: 'charge' });
  const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const timed = (work: () => unknown) => {
    const began = performance.now();
    for (let n = 0; n < 20; n++) work();
    return (performance.now() - began) / 20;
  };
  // In turn, so that whatever else this machine does meets both alike.
  const rounds = Array.from({ length: 21 }, () => ({ search: timed(search), floor: timed(plain) }));
  const [took, floor] = [median(rounds.map((one) => one.search)), median(rounds.map((one) => one.floor))];
  console.log(
    `finder, 500 services: median ${took.toFixed(2)} ms, ${(took / floor).toFixed(1)} x a plain pass over their text (${floor.toFixed(2)} ms); wanted: under 50 ms`,
  );
  expect(took / floor).toBeLessThan(MOST_TIMES_THE_FLOOR);
  // And it found what it should: every service that the plain pass finds and that is charged.
  const found = new Set(search().map(({ id }) => id));
  expect([...found].sort()).toEqual(
    plain()
      .filter(({ grantOn }) => grantOn.includes('charge'))
      .map(({ id }) => id)
      .sort(),
  );
  expect(found.size).toBeGreaterThan(0);
});
