import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldRule, MunicipalPolicy, PaymentService, Words } from '../../../main/contract/catalogue.ts';
import { Catalogue } from '../../../main/contract/catalogue.ts';

/**
 * Writes kiosk-config/catalogue/sample.generated.json: invented services with the rules that real ones had (SOURCES.md,
 * Sign-up: conditions of services). No name is a real one's.
 */
const STEMS: readonly (readonly [ja: string, kana: string, en: string])[] = [
  ['あじさい', 'アジサイ', 'Ajisai'],
  ['いちょう並木', 'イチョウナミキ', 'Ichonamiki'],
  ['うぐいす', 'ウグイス', 'Uguisu'],
  ['えのき坂', 'エノキザカ', 'Enokizaka'],
  ['おおるり', 'オオルリ', 'Ooruri'],
  ['かえで通り', 'カエデドオリ', 'Kaededori'],
  ['きつつき', 'キツツキ', 'Kitsutsuki'],
  ['くすのき', 'クスノキ', 'Kusunoki'],
  ['けやき坂下', 'ケヤキザカシタ', 'Keyakizakashita'],
  ['こもれび', 'コモレビ', 'Komorebi'],
  ['さざなみ', 'サザナミ', 'Sazanami'],
  ['しらかば', 'シラカバ', 'Shirakaba'],
  ['すみれ野', 'スミレノ', 'Sumireno'],
  ['せきれい', 'セキレイ', 'Sekirei'],
  ['そよかぜ', 'ソヨカゼ', 'Soyokaze'],
  ['たんぽぽ', 'タンポポ', 'Tampopo'],
  ['ちどり浜', 'チドリハマ', 'Chidorihama'],
  ['つばき台', 'ツバキダイ', 'Tsubakidai'],
  ['てんとう虫', 'テントウムシ', 'Tentomushi'],
  ['とんぼ池', 'トンボイケ', 'Tomboike'],
  ['なでしこ', 'ナデシコ', 'Nadeshiko'],
  ['にじいろ', 'ニジイロ', 'Nijiiro'],
  ['ぬくもり', 'ヌクモリ', 'Nukumori'],
  ['ねむの木', 'ネムノキ', 'Nemunoki'],
  ['のぎく', 'ノギク', 'Nogiku'],
  ['はなみずき', 'ハナミズキ', 'Hanamizuki'],
  ['ひばりが原', 'ヒバリガハラ', 'Hibarigahara'],
  ['ふくろうの森', 'フクロウノモリ', 'Fukuronomori'],
  ['へちま', 'ヘチマ', 'Hechima'],
  ['ほたる川', 'ホタルガワ', 'Hotarugawa'],
  ['まつかぜ', 'マツカゼ', 'Matsukaze'],
  ['みずうみ', 'ミズウミ', 'Mizuumi'],
  ['むくどり', 'ムクドリ', 'Mukudori'],
  ['めじろ台', 'メジロダイ', 'Mejirodai'],
  ['もみじ谷', 'モミジダニ', 'Momijidani'],
  ['やまなみ', 'ヤマナミ', 'Yamanami'],
  ['ゆうなぎ', 'ユウナギ', 'Yunagi'],
  ['よもぎ', 'ヨモギ', 'Yomogi'],
  ['らんたん', 'ランタン', 'Rantan'],
  ['りんどう', 'リンドウ', 'Rindo'],
  ['るり色', 'ルリイロ', 'Ruriiro'],
  ['れんげ畑', 'レンゲバタケ', 'Rengebatake'],
  ['ろうばい', 'ロウバイ', 'Robai'],
  ['わかば', 'ワカバ', 'Wakaba'],
  ['わたぐも', 'ワタグモ', 'Watagumo'],
];

const KINDS = {
  'e-money': [
    ['カード', 'カード', 'Card'],
    ['マネー', 'マネー', 'Money'],
  ],
  qr: [
    ['ペイ', 'ペイ', 'Pay'],
    ['コードばらい', 'コードバライ', 'Code Pay'],
  ],
  credit: [
    ['クレジット', 'クレジット', 'Credit'],
    ['クレカ', 'クレカ', 'Credit Card'],
  ],
  debit: [
    ['デビット', 'デビット', 'Debit'],
    ['口座ばらい', 'コウザバライ', 'Account Pay'],
  ],
  prepaid: [
    ['プリペイド', 'プリペイド', 'Prepaid'],
    ['チャージカード', 'チャージカード', 'Charge Card'],
  ],
} as const;
const CATEGORIES = ['e-money', 'qr', 'credit', 'debit', 'prepaid'] as const;

const words = (ja: string, en: string) => ({ ja, en }) satisfies Words;
const field = (label: Words, rule: Omit<FieldRule, 'label' | 'secret'>, secret = false): FieldRule => ({
  label,
  secret,
  ...rule,
});

const cardNumber = (prefix: string, checkDigit: FieldRule['checkDigit']): FieldRule =>
  field(words('カード番号', 'Card number'), {
    charset: 'digits',
    least: 16,
    most: 16,
    prefix,
    where: 'card-back',
    ...(checkDigit === undefined ? {} : { checkDigit }),
  });
const code = (label: Words, length: number, where: FieldRule['where']): FieldRule =>
  field(label, { charset: 'digits', least: length, most: length, where }, true);
const serviceId = (least: number, most: number): FieldRule =>
  field(words('決済サービスID', 'Service ID'), { charset: 'upper-digits', least, most, where: 'app-account' });

const securityCode = words('セキュリティコード', 'Security code');
const phoneEnd = code(words('電話番号の下4けた', 'Last 4 digits of your phone number'), 4, 'known');
const birthday: FieldRule = { ...code(words('生年月日（8けた）', 'Date of birth (8 digits)'), 8, 'known'), holds: 'birth-date' };
const nameInKana: FieldRule = field(
  words('お名前（カタカナ）', 'Name (katakana)'),
  { charset: 'kana', least: 2, most: 20, where: 'known' },
  true,
);

/** Rules in turn, so that every one of the evidenced kinds is there several times. */
function fieldsFor(category: PaymentService['category'], n: number): Pick<PaymentService, 'account' | 'codes' | 'appCode'> {
  const two = String(10 + (n % 80));
  switch (category) {
    case 'e-money':
      return n % 2 === 0
        ? { account: cardNumber(`69${two}`, 'luhn'), codes: [code(securityCode, 4, 'card-back-panel')], appCode: null }
        : {
            account: field(words('カードのID番号', 'Card ID'), {
              charset: 'digits',
              least: 17,
              most: 17,
              checkDigit: 'weighted-31',
              where: 'card-back',
            }),
            codes: [phoneEnd],
            appCode: null,
          };
    case 'qr':
      return {
        account: serviceId(10 + (n % 3), 12),
        codes: [code(securityCode, 6, 'app-code')],
        appCode: { prefix: `app${n}pay:`, separator: n % 2 === 0 ? ':' : '/', parts: ['account', 'code-1'] },
      };
    case 'credit':
      return {
        account: cardNumber(`35${two}`, 'luhn'),
        codes:
          n % 2 === 0 ? [code(securityCode, 3, 'card-back'), birthday] : [code(securityCode, 3, 'card-back'), birthday, phoneEnd],
        appCode: null,
      };
    case 'debit':
      return {
        account: field(words('会員番号', 'Member number'), {
          charset: 'digits',
          least: 9,
          most: 9,
          checkDigit: 'mod-11',
          where: 'statement',
        }),
        codes: [nameInKana, phoneEnd],
        appCode: null,
      };
    case 'prepaid':
      return n % 2 === 0
        ? {
            account: cardNumber(`68${two}`, undefined),
            codes: [code(words('PINコード', 'PIN code'), 4, 'card-back-panel')],
            appCode: null,
          }
        : {
            account: field(words('お客様番号', 'Customer number'), {
              charset: 'alphanumeric',
              least: 8,
              most: 10,
              where: 'mail',
            }),
            codes: [code(words('PINコード', 'PIN code'), 6, 'mail')],
            appCode: null,
          };
  }
}

function termsFor(name: Words, on: readonly string[]): PaymentService['terms'] {
  const when = on.includes('charge')
    ? words('チャージ（前払い）したとき', 'when you put money on it')
    : words('お買い物をしたとき', 'when you buy something');
  return {
    version: '2026-10-01',
    title: words(`${name.ja}の特約（見本）`, `${name.en}: conditions (sample)`),
    summary: {
      ja: [
        `ポイントは、${when.ja}に${name.ja}につきます。`,
        'お申し込みのあと、ほかのサービスには変えられません。',
        '番号とコードは、あなたのサービスの番号かを確かめるためだけに使います。',
        'この文は見本です。本物の特約ではありません。',
      ],
      en: [
        `Points come to ${name.en} ${when.en}.`,
        'After the sign-up you cannot change to another service.',
        'Number and codes are used only to check that the account is yours.',
        'This is a sample text. It is not a real agreement.',
      ],
    },
    paragraphs: {
      ja: [
        `第1条（この特約について） この特約は、マイナポイントを${name.ja}で受け取るときの決まりです。窓口の試験に使う見本です。`,
        '第2条（ポイント） ポイントは、期間のうちに対象になった金額に応じて、上限までつきます。有効期限はサービスの決まりによります。',
        '第3条（取り消し） チャージやお買い物が取り消されたときは、その分のポイントも取り消されます。',
      ],
      en: [
        `Article 1. These conditions are for receiving Mynapoints with ${name.en}. They are a sample for trying out this counter.`,
        'Article 2 (Points). Points come for what counts within the time, up to the limit. How long they are valid is for the service to say.',
        'Article 3 (Cancelling). Where a charge or purchase is cancelled, its points are taken back.',
      ],
    },
  };
}

function service(n: number): PaymentService {
  const stem = STEMS[n % STEMS.length] ?? STEMS[0];
  const round = Math.floor(n / STEMS.length);
  const category = CATEGORIES[(n + round * 2) % CATEGORIES.length] ?? 'qr';
  const suffix = KINDS[category][round % 2] ?? KINDS[category][0];
  if (stem === undefined) throw new Error('no stems');
  const name = words(stem[0] + suffix[0], `${stem[2]} ${suffix[2]}`);
  const grantOn: PaymentService['grantOn'] =
    category === 'credit' || category === 'debit'
      ? ['purchase']
      : category === 'qr' && n % 2 === 0
        ? ['charge', 'purchase']
        : ['charge'];
  return {
    id: name.en.toLowerCase().replaceAll(' ', '-'),
    name,
    kana: stem[1] + suffix[1],
    category,
    grantOn,
    ...fieldsFor(category, n),
    appOnly: n % 13 === 5,
    preRegistration:
      category === 'credit' && n % 3 === 0
        ? words('先に、カード会社のページで登録がいります。', 'You must first register on the card company’s page.')
        : null,
    minors: category === 'e-money' || category === 'prepaid' || n % 4 === 0,
    phoneNeeded: category === 'qr' || (category === 'credit' && n % 2 === 0),
    lastDay: n % 11 === 3 ? '2026-10-31' : n % 7 === 2 ? '2026-12-31' : '2027-02-28',
    sameDayCounts: n % 3 !== 1,
    maxChargePerTime: grantOn.includes('charge') ? ([null, 10_000, 20_000, 5000][n % 4] ?? null) : null,
    signUpUrl: `https://${name.en.toLowerCase().replaceAll(' ', '-')}.example.jp/mynapoint`,
    terms: termsFor(name, grantOn),
  };
}

/** The three that the sandbox has simulators of. */
function simulated(): PaymentService[] {
  const base = service(0);
  const sakura = words('さくら坂プリペイド', 'Sakurazaka Prepaid');
  const mint = words('ミント横丁ペイ', 'Mint Yokocho Pay');
  const keyaki = words('けやき広場クレジット', 'Keyaki Hiroba Credit');
  const open = { appOnly: false, preRegistration: null, lastDay: '2027-02-28', sameDayCounts: true };
  return [
    {
      ...base,
      ...open,
      id: 'sakura-prepaid',
      name: sakura,
      kana: 'サクラザカプリペイド',
      category: 'prepaid',
      grantOn: ['charge'],
      account: cardNumber('6900', 'luhn'),
      codes: [code(words('PINコード', 'PIN code'), 4, 'card-back-panel')],
      appCode: null,
      minors: true,
      phoneNeeded: false,
      maxChargePerTime: 10_000,
      signUpUrl: 'https://sakurazaka.example.jp/mynapoint',
      terms: termsFor(sakura, ['charge']),
    },
    {
      ...base,
      ...open,
      id: 'mint-pay',
      name: mint,
      kana: 'ミントヨコチョウペイ',
      category: 'qr',
      grantOn: ['charge', 'purchase'],
      account: serviceId(12, 12),
      codes: [code(securityCode, 6, 'app-code')],
      appCode: { prefix: 'mintpay:', separator: ':', parts: ['account', 'code-1'] },
      minors: false,
      phoneNeeded: true,
      sameDayCounts: false,
      maxChargePerTime: null,
      signUpUrl: 'https://mint-yokocho.example.jp/mynapoint',
      terms: termsFor(mint, ['charge', 'purchase']),
    },
    {
      ...base,
      ...open,
      id: 'keyaki-credit',
      name: keyaki,
      kana: 'ケヤキヒロバクレジット',
      category: 'credit',
      grantOn: ['purchase'],
      account: cardNumber('3590', 'luhn'),
      codes: [code(securityCode, 3, 'card-back'), birthday, phoneEnd],
      appCode: null,
      minors: false,
      phoneNeeded: false,
      maxChargePerTime: null,
      signUpUrl: 'https://keyaki-hiroba.example.jp/mynapoint',
      terms: termsFor(keyaki, ['purchase']),
    },
  ];
}

const lives = {
  id: 'lives-here',
  text: words('いま、この市に住んでいますか。', 'Do you live in this city now?'),
  wanted: 'yes',
} as const;
const TOWNS = [
  [words('みどり川市', 'Midorikawa City'), '990101'],
  [words('ひなた町', 'Hinata Town'), '990202'],
  [words('しおさい市', 'Shiosai City'), '990303'],
] as const;
const PURPOSES = [
  [
    'childbirth',
    words('出産お祝いポイント', 'Childbirth points'),
    10_000,
    {
      id: 'child-born',
      text: words('この1年のうちに、お子さんが生まれましたか。', 'Was a child of yours born within the last year?'),
      wanted: 'yes',
    },
  ],
  [
    'migration',
    words('移住応援ポイント', 'Moving-in points'),
    20_000,
    {
      id: 'moved-in',
      text: words('この1年のうちに、市の外から引っ越してきましたか。', 'Did you move here from outside within the last year?'),
      wanted: 'yes',
    },
  ],
  [
    'taxi',
    words('タクシー利用ポイント', 'Taxi points'),
    3000,
    { id: 'drives', text: words('運転免許証をお持ちですか。', 'Do you have a driving licence?'), wanted: 'no' },
  ],
  [
    'elderly',
    words('いきいき長寿ポイント', 'Senior points'),
    5000,
    { id: 'over-70', text: words('70歳以上ですか。', 'Are you 70 or older?'), wanted: 'yes' },
  ],
  [
    'health',
    words('健康診断ポイント', 'Health check points'),
    1000,
    {
      id: 'had-check',
      text: words('今年度、健康診断を受けましたか。', 'Have you had a health check this fiscal year?'),
      wanted: 'yes',
    },
  ],
] as const;
const AREAS = ['anywhere', 'municipality', 'shops'] as const;

function policies(): MunicipalPolicy[] {
  return TOWNS.flatMap(([municipality, municipalityCode], town) =>
    PURPOSES.map(([purpose, title, amount, question], at) => ({
      id: `${municipalityCode}-${purpose}`,
      version: '2026-10-01',
      municipality,
      municipalityCode,
      purpose,
      title,
      amount,
      questions: [lives, question],
      area: AREAS[(town + at) % AREAS.length] ?? 'anywhere',
      from: '2026-04-01',
      lastDay: (town + at) % 6 === 4 ? '2026-09-30' : '2027-03-31',
    })),
  );
}

const sample = Catalogue.parse({
  v: 1,
  version: 1,
  issuedAt: '2026-11-20T00:00:00Z',
  measure: {
    id: 'mynapoint-2026',
    name: words('マイナポイント（見本）', 'Mynapoint (sample)'),
    percent: 25,
    cap: 5000,
    from: '2026-09-01',
    to: '2027-03-31',
    lastDay: '2027-02-28',
  },
  services: [...simulated(), ...Array.from({ length: STEMS.length * 2 + 5 }, (_, n) => service(n))],
  policies: policies(),
} satisfies Catalogue);

const file = join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json');
const text = `${JSON.stringify(sample, null, 1)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is stale: run node test/sandbox/catalogue/make-sample.ts`);
  process.exit(1);
}
