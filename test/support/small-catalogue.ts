import { Catalogue, type PaymentService } from '../../main/contract/catalogue.ts';

const terms: PaymentService['terms'] = {
  version: '2026-10-01',
  title: { ja: '見本の特約', en: 'Sample conditions' },
  summary: { ja: ['見本です。'], en: ['A sample.'] },
  paragraphs: { ja: ['第1条 見本です。'], en: ['Article 1. A sample.'] },
};

const card: PaymentService = {
  id: 'sakura-prepaid',
  name: { ja: 'さくらプリペイド', en: 'Sakura Prepaid' },
  kana: 'サクラプリペイド',
  category: 'prepaid',
  grantOn: ['charge'],
  account: {
    label: { ja: 'カード番号', en: 'Card number' },
    charset: 'digits',
    least: 16,
    most: 16,
    prefix: '6900',
    checkDigit: 'luhn',
    where: 'card-back',
    secret: false,
  },
  codes: [
    {
      label: { ja: 'PINコード', en: 'Code' },
      charset: 'digits',
      least: 4,
      most: 4,
      where: 'card-back-panel',
      secret: true,
    },
  ],
  appCode: null,
  appOnly: false,
  preRegistration: null,
  minors: true,
  phoneNeeded: false,
  lastDay: '2040-02-28',
  sameDayCounts: true,
  maxChargePerTime: 10_000,
  signUpUrl: 'https://sakura.example.jp/mynapoint',
  terms,
};

const app: PaymentService = {
  ...card,
  id: 'mint-pay',
  name: { ja: 'ミントペイ', en: 'Mint Pay' },
  kana: 'ミントペイ',
  category: 'qr',
  grantOn: ['charge', 'purchase'],
  account: {
    label: { ja: '決済サービスID', en: 'Service ID' },
    charset: 'upper-digits',
    least: 12,
    most: 12,
    where: 'app-account',
    secret: false,
  },
  codes: [
    {
      label: { ja: 'セキュリティコード', en: 'Security code' },
      charset: 'digits',
      least: 6,
      most: 6,
      where: 'app-code',
      secret: true,
    },
  ],
  appCode: { prefix: 'mintpay:', separator: ':', parts: ['account', 'code-1'] },
  minors: false,
  phoneNeeded: true,
  sameDayCounts: false,
  maxChargePerTime: null,
  signUpUrl: 'https://mint.example.jp/mynapoint',
};

const closed: PaymentService = {
  ...card,
  id: 'kaede-card',
  name: { ja: 'かえでカード', en: 'Kaede Card' },
  kana: 'カエデカード',
  category: 'e-money',
  lastDay: '2026-10-31',
};

const registered: PaymentService = {
  ...card,
  id: 'tsubaki-credit',
  name: { ja: 'つばきクレジット', en: 'Tsubaki Credit' },
  kana: 'ツバキクレジット',
  category: 'credit',
  preRegistration: { ja: '先に、カード会社のページで登録がいります。', en: 'Register on the card company’s page first.' },
};

/** Four services: a card by its number, an app by its code, one that is closed, and one that wants a registration first. */
export const smallCatalogue: Catalogue = Catalogue.parse({
  v: 1,
  version: 1,
  issuedAt: '2026-11-01T00:00:00Z',
  measure: {
    id: 'mynapoint-2026',
    name: { ja: 'マイナポイント', en: 'Mynapoint' },
    percent: 25,
    cap: 5000,
    from: '2026-09-01',
    to: '2040-03-31',
    lastDay: '2040-02-28',
  },
  services: [card, app, closed, registered],
  policies: [
    {
      id: 'town-health',
      version: '2026-10-01',
      municipality: { ja: 'みどり川市', en: 'Midorikawa City' },
      municipalityCode: '990101',
      purpose: 'health',
      title: { ja: '健康診断ポイント', en: 'Health check points' },
      amount: 1000,
      questions: [
        { id: 'lives-here', text: { ja: '住んでいますか。', en: 'Do you live here?' }, wanted: 'yes' },
        { id: 'had-check', text: { ja: '受けましたか。', en: 'Have you had one?' }, wanted: 'yes' },
      ],
      area: 'anywhere',
      from: '2020-04-01',
      lastDay: '2040-03-31',
    },
  ],
} satisfies Catalogue);
