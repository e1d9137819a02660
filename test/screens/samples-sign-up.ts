import { WhereToFind } from '../../main/contract/catalogue.ts';
import { inLanguage, type Localised, type PublicLanguage } from '../../main/contract/languages.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { HistoryItem, Linked } from '../../main/contract/platform.ts';
import type { Hit, Prospect, ReadBack, Screen, ScreenOf, SlipState } from '../../main/contract/screens.ts';
import { EntryProblem } from '../../main/contract/screens.ts';
import { NO_FILTER, ServiceHindrance } from '../../main/contract/service-filter.ts';

/** A screen to look at, in the language that is up. */
export interface ScreenSample {
  readonly name: string;
  readonly screen: (language: PublicLanguage) => Screen;
  readonly some: Partial<Omit<Snapshot, 'prefs'>>;
}

const made: ScreenSample[] = [];
const add = (name: string, screen: Screen | ((language: PublicLanguage) => Screen), some: ScreenSample['some'] = {}) => {
  made.push({ name, screen: typeof screen === 'function' ? screen : () => screen, some });
};
const open = { session: true };
const none: SlipState = { state: 'none' };
const receipt = '1234567897';
const at = '2026-11-23T05:07:09.123Z';
const fresh = { issuedAt: '2026-11-23T01:00:00.000Z', old: false };
const old = { issuedAt: '2026-11-20T01:00:00.000Z', old: true };
const prospect: Prospect = {
  percent: 25,
  cap: 5000,
  spend: 20000,
  from: '2026-12-01',
  to: '2027-03-31',
  maxChargePerTime: 10000,
};

type Names = readonly [string, string, string, string, string, string];
const NAMES: Localised<Names> = {
  ja: [
    'さくらマネー',
    'みなとペイ',
    'あおぞら銀行デビットカード（普通預金）',
    'わかばクレジット',
    'やまびこプリペイド',
    'ひかりショッピングセンター共通ポイントカード',
  ],
  en: [
    'Sakura Money',
    'Minato Pay',
    'Aozora Bank Debit (savings account)',
    'Wakaba Credit',
    'Yamabiko Prepaid',
    'Hikari Shopping Centre Common Card',
  ],
};
const namesIn = (language: PublicLanguage) => inLanguage(NAMES, language);
const CATEGORIES = ['e-money', 'qr', 'debit', 'credit', 'prepaid', 'e-money'] as const;
const hit = (language: PublicLanguage, index: number, some: Partial<Hit> = {}): Hit => ({
  id: `service-${index}`,
  name: namesIn(language)[index % 6] ?? '',
  kana: 'サクラマネー',
  category: CATEGORIES[index % 6] ?? 'qr',
  on: index % 3 === 0 ? ['charge'] : index % 3 === 1 ? ['purchase'] : ['charge', 'purchase'],
  hindrances: index % 6 === 3 ? ['app-only'] : index % 6 === 5 ? ['closed', 'minors'] : [],
  registerFirst: index % 6 === 4,
  ...some,
});
const hits = (language: PublicLanguage, count: number) => Array.from({ length: count }, (_, index) => hit(language, index));

// Menus
const all = ['check', 'set-up', 'sign-up', 'status', 'municipal', 'receipt-lookup'] as const;
add('menu-six', { name: 'menu', can: [...all], cardPresent: false });
add('menu-six-card', { name: 'menu', can: [...all], cardPresent: true }, open);
add('menu-three', { name: 'menu', can: ['check', 'set-up', 'sign-up'], cardPresent: false });
add('menu-five', { name: 'menu', can: ['check', 'set-up', 'sign-up', 'status', 'receipt-lookup'], cardPresent: false });

// Sign-up
const about: ScreenOf<'about-sign-up'> = {
  name: 'about-sign-up',
  percent: 25,
  cap: 5000,
  from: '2026-12-01',
  to: '2027-03-31',
  lastDay: '2027-02-28',
  age: fresh,
  family: null,
  scan: 'ready',
  scanProblem: null,
};
add('about-sign-up', about);
add('about-sign-up-camera', { ...about, scan: 'camera' });
add('about-sign-up-camera-several', { ...about, scan: 'camera', scanProblem: 'scan-several' });
add('about-sign-up-garbage', { ...about, scanProblem: 'scan-garbage' });
add('about-sign-up-family', (language) => ({ ...about, family: namesIn(language)[5], age: old }));
add('no-catalogue', { name: 'no-catalogue', journey: 'sign-up' }, { line: 'offline' });

const finder = (language: PublicLanguage, some: Partial<ScreenOf<'finder'>> = {}): Screen => ({
  name: 'finder',
  filter: NO_FILTER,
  typing: false,
  hits: hits(language, 5),
  page: 1,
  pages: 20,
  total: 98,
  age: fresh,
  ...some,
});
const chosen = { ...NO_FILTER, category: 'qr', row: 'サ', on: 'charge', minors: true, noPhone: true } as const;
add('finder', finder);
add('finder-old', (language) => finder(language, { age: old, hits: hits(language, 2), pages: 1, total: 2 }), { line: 'offline' });
add('finder-six', (language) => finder(language, { hits: hits(language, 6) }));
add('finder-twelve', (language) =>
  finder(language, {
    hits: Array.from({ length: 12 }, (_, index) =>
      hit(language, index, { name: language === 'ja' ? `見本ペイ${index + 1}` : `Sample ${index + 1}` }),
    ),
  }),
);
add('finder-chosen', (language) =>
  finder(language, { filter: { ...chosen, keyword: 'さく' }, hits: hits(language, 1), pages: 1, total: 1 }),
);
add('finder-empty', (language) => finder(language, { filter: { ...chosen, keyword: 'んんん' }, hits: [], pages: 0, total: 0 }));
add('finder-typing', (language) => finder(language, { typing: true }));
add('finder-typing-word', (language) =>
  finder(language, {
    typing: true,
    filter: { ...NO_FILTER, keyword: language === 'ja' ? 'ショッピング' : 'shopping' },
    hits: hits(language, 3),
    total: 3,
    pages: 1,
  }),
);
add('finder-typing-long', (language) =>
  finder(language, {
    typing: true,
    filter: { ...NO_FILTER, keyword: 'ショッピングセンターキョウツウポイント'.slice(0, 20) },
    hits: [],
    total: 0,
    pages: 0,
  }),
);

const service = (
  language: PublicLanguage,
  some: Partial<ScreenOf<'service'>> = {},
  hindrances: Hit['hindrances'] = [],
): Screen => ({
  name: 'service',
  hit: hit(language, 2, { hindrances }),
  lastDay: '2027-02-28',
  sameDayCounts: false,
  maxChargePerTime: 10000,
  minors: false,
  phoneNeeded: true,
  preRegistration: null,
  needs: [
    { label: language === 'ja' ? '会員番号' : 'Member number', where: 'card-back' },
    { label: language === 'ja' ? 'セキュリティコード' : 'Security code', where: 'card-back-panel' },
  ],
  url: 'https://pay.example/minato/point-sign-up?from=counter',
  ...some,
});
add('service', service);
add('service-one', (language) =>
  service(language, { hit: hit(language, 0), maxChargePerTime: null, minors: true, phoneNeeded: false }),
);
for (const hindrance of ServiceHindrance.options) add(`service-${hindrance}`, (language) => service(language, {}, [hindrance]));
const registration = (language: PublicLanguage) =>
  language === 'ja'
    ? 'サービスのホームページで、先に会員登録をして、会員番号をもらってください。'
    : 'Please register as a member on the page of the service first, and get a number.';
add('service-pre-registration', (language) => service(language, { preRegistration: registration(language) }));
add('pre-registration', (language) => ({
  name: 'pre-registration',
  service: namesIn(language)[5],
  text: registration(language),
}));
add('has-id', { name: 'has-id' });
add('who-types', { name: 'who-types' });

const entry = (language: PublicLanguage, some: Partial<ScreenOf<'entry'>> = {}): Screen => ({
  name: 'entry',
  service: namesIn(language)[1],
  label: language === 'ja' ? 'カード番号' : 'Card number',
  where: 'card-back',
  charset: 'digits',
  least: 16,
  most: 16,
  prefix: '',
  text: '',
  index: 0,
  count: 2,
  problem: null,
  similar: '',
  scan: 'off',
  scanned: false,
  usedByFamily: false,
  ...some,
});
add('entry-empty', (language) => entry(language, { prefix: '6900', scan: 'ready' }), open);
add('entry-part', (language) => entry(language, { text: '690012', scan: 'ready' }), open);
add('entry-full', (language) => entry(language, { text: '6900123412345678', scanned: true, scan: 'ready' }), open);
add('entry-family', (language) => entry(language, { text: '6900123412345678', usedByFamily: true, scan: 'ready' }), open);
add('entry-camera', (language) => entry(language, { scan: 'camera', text: '69' }), open);
add('entry-camera-letters', (language) => entry(language, { scan: 'camera', charset: 'upper-digits' }), open);
add(
  'entry-upper-long',
  (language) =>
    entry(language, {
      service: namesIn(language)[5],
      label: language === 'ja' ? 'ショッピングセンター会員の管理番号' : 'Number of the shopping centre membership',
      charset: 'upper-digits',
      least: 32,
      most: 32,
      text: 'AB01CDO8EFI1GHS5JKZ2LMNOPQRSTUVW',
      similar: '0OI1',
      where: 'app-account',
      scan: 'ready',
    }),
  open,
);
add(
  'entry-alphanumeric',
  (language) => entry(language, { charset: 'alphanumeric', least: 6, most: 12, text: 'aB3l', similar: 'l', where: 'mail' }),
  open,
);
add(
  'entry-kana',
  (language) =>
    entry(language, {
      charset: 'kana',
      least: 2,
      most: 32,
      text: 'ヤマダタロウ',
      label: language === 'ja' ? 'お名前（カナ）' : 'Name in kana',
      where: 'known',
      index: 1,
    }),
  open,
);
add(
  'entry-kana-long',
  (language) => entry(language, { charset: 'kana', least: 2, most: 32, text: 'カ'.repeat(32), where: 'known', index: 1 }),
  open,
);
add(
  'entry-code',
  (language) =>
    entry(language, {
      least: 3,
      most: 3,
      text: '12',
      label: language === 'ja' ? 'セキュリティコード' : 'Security code',
      where: 'card-back-panel',
      index: 1,
    }),
  open,
);
for (const problem of EntryProblem.options)
  add(
    `entry-problem-${problem}`,
    (language) => entry(language, { problem, text: problem === 'empty' ? '' : '6900123', scan: 'ready' }),
    open,
  );
for (const where of WhereToFind.options)
  add(`entry-where-${where}`, (language) => entry(language, { where, text: '6900' }), open);
add('hand-over', { name: 'hand-over' }, open);

// Read-backs
const readBack = {
  whose: 'self',
  terms: [
    { ref: { id: 'programme', version: '2026-10-01' }, title: 'マイナポイント利用規約' },
    { ref: { id: 'minato-pay', version: '2026-09-01' }, title: 'みなとペイ特約' },
  ],
  receipt,
  terminal: 'SHIYAKUSHO-01',
  at,
  challenge: 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4',
  helped: false,
} satisfies Partial<ReadBack>;
const signUp = (language: PublicLanguage, some: Partial<Extract<ReadBack, { kind: 'sign-up' }>> = {}): ReadBack => ({
  ...readBack,
  kind: 'sign-up',
  service: namesIn(language)[1],
  on: 'charge',
  makeId: false,
  fields: [
    { label: language === 'ja' ? '会員番号' : 'Member number', text: '6900123412345678', secret: false },
    { label: language === 'ja' ? 'セキュリティコード' : 'Security code', text: '••3', secret: true },
  ],
  prospect,
  ...some,
});
add('read-back-sign-up', (language) => ({ name: 'read-back', content: signUp(language), page: 1 }), open);
add(
  'read-back-sign-up-second',
  (language) => ({ name: 'read-back', content: signUp(language, { helped: true, makeId: true, on: 'purchase' }), page: 2 }),
  open,
);
add(
  'read-back-sign-up-long',
  (language) => ({
    name: 'read-back',
    page: 1,
    content: signUp(language, {
      service: namesIn(language)[5],
      makeId: true,
      fields: [
        {
          label: language === 'ja' ? 'ショッピングセンター会員の管理番号' : 'Number of the membership',
          text: 'AB01CDO8EFI1GHS5JKZ2LMNOPQRSTUVW',
          secret: false,
        },
        { label: language === 'ja' ? 'お名前（カナ）' : 'Name in kana', text: 'カ'.repeat(32), secret: false },
        { label: language === 'ja' ? '生まれた年' : 'Year of birth', text: '•••5', secret: true },
        { label: language === 'ja' ? '電話番号の下4けた' : 'Last digits of the phone', text: '•••8', secret: true },
      ],
    }),
  }),
  open,
);
add(
  'read-back-municipal',
  (language) => ({
    name: 'read-back',
    page: 1,
    content: {
      ...readBack,
      kind: 'municipal',
      policy: language === 'ja' ? '子育て応援ポイント' : 'Points for families',
      municipality: language === 'ja' ? 'みなと市' : 'Minato City',
      amount: 10000,
      answers: [
        { question: language === 'ja' ? 'みなと市に住んでいますか' : 'Do you live in Minato City?', answer: 'yes' },
        { question: language === 'ja' ? 'ことし生まれた子どもがいますか' : 'Was a child born to you this year?', answer: 'yes' },
      ],
    },
  }),
  open,
);
add('read-back-status', { name: 'read-back', page: 1, content: { ...readBack, kind: 'status', terms: [] } }, open);

// Results
const linked = (some: Partial<Linked> = {}): Linked => ({
  service: { ja: 'みなとペイ', en: 'Minato Pay' },
  account: '••••••••••••5678',
  on: 'charge',
  since: at,
  ...some,
});
const signedUp = (language: PublicLanguage, some: Partial<ScreenOf<'signed-up'>> = {}): Screen => ({
  name: 'signed-up',
  receipt,
  linked: linked(),
  service: namesIn(language)[1],
  myKeyId: null,
  prospect,
  slip: none,
  ...some,
});
add('signed-up', signedUp, open);
add(
  'signed-up-purchase-id',
  (language) =>
    signedUp(language, {
      linked: linked({ on: 'purchase' }),
      myKeyId: 'KMT4H0W9',
      service: namesIn(language)[5],
      slip: { state: 'printed' },
    }),
  open,
);
add(
  'already-signed-up',
  (language) => ({ name: 'already-signed-up', receipt, linked: linked(), service: namesIn(language)[1], slip: none }),
  open,
);
add('not-set-up', { name: 'not-set-up', receipt, slip: none }, open);
add('terms-changed', { name: 'terms-changed', receipt, slip: none }, open);
for (const [name, first] of [
  ['saved-for-later', false],
  ['saved-for-later-registration', true],
] as const)
  add(name, (language) => ({
    name: 'saved-for-later',
    service: namesIn(language)[5],
    preRegistration: first ? registration(language) : null,
    slip: { state: 'printed' },
  }));

// Receipt lookup
add('receipt-find', { name: 'receipt-find', text: '', problem: null, camera: false });
add('receipt-find-camera', { name: 'receipt-find', text: '', problem: null, camera: true });
for (const problem of ['unknown', 'check-digit', 'scan-garbage', 'scan-several'] as const)
  add(`receipt-find-${problem}`, { name: 'receipt-find', text: '1234567890', problem, camera: false });
for (const state of ['waiting', 'sent', 'accepted', 'refused', 'parked', 'cancelled', 'lost'] as const)
  add(`receipt-state-${state}`, { name: 'receipt-state', receipt, kind: 'sign-up', at, state, code: null });
add('receipt-state-lost-receipt-only', { name: 'receipt-state', receipt, kind: 'set-up', at: null, state: 'lost', code: null });
add('receipt-state-refused-why', {
  name: 'receipt-state',
  receipt,
  kind: 'sign-up',
  at,
  state: 'refused',
  code: 'account-in-use',
});
add('receipt-cancel', { name: 'receipt-cancel', receipt, kind: 'municipal' });
add('receipt-cancelled', { name: 'receipt-cancelled', receipt, cancelled: true, slip: none });
add('receipt-cancelled-late', { name: 'receipt-cancelled', receipt, cancelled: false, slip: none });

// Status
const WHAT: HistoryItem['what'][] = ['municipal', 'taken-back', 'granted', 'reversal', 'charge', 'sign-up', 'set-up', 'purchase'];
const history: HistoryItem[] = WHAT.map((what, index) => ({
  at: `2026-12-${String(20 - index)}T03:00:00.000Z`,
  what,
  amount: 2000 + index,
}));
const status = (language: PublicLanguage, some: Partial<ScreenOf<'status'>> = {}): Screen => ({
  name: 'status',
  status: {
    kind: 'status',
    myKeyId: 'KMT4H0W9',
    linked: linked(),
    counted: 13000,
    granted: 3250,
    remaining: 1750,
    cap: 5000,
    history: history.slice(0, 3),
  },
  service: namesIn(language)[1],
  pending: [],
  page: 1,
  pages: 1,
  slip: none,
  ...some,
});
add('status', status, open);
add(
  'status-pages',
  (language) =>
    status(language, {
      page: 2,
      pages: 3,
      service: namesIn(language)[5],
      status: {
        kind: 'status',
        myKeyId: 'KMT4H0W9',
        linked: linked(),
        counted: 20000,
        granted: 5000,
        remaining: 0,
        cap: 5000,
        history,
      },
    }),
  open,
);
add(
  'status-nothing',
  (language) =>
    status(language, {
      service: null,
      status: { kind: 'status', myKeyId: null, linked: null, counted: 0, granted: 0, remaining: 5000, cap: 5000, history: [] },
    }),
  open,
);
const waitingHere = (count: number, state: 'waiting' | 'sent' | 'parked' | 'lost' = 'waiting') =>
  Array.from({ length: count }, (_, n) => ({
    receipt: `123456789${n}`,
    kind: (['sign-up', 'set-up', 'municipal'] as const)[n] ?? 'sign-up',
    at: '2026-11-23T01:05:00.000Z',
    state,
    code: null,
  }));
const refusedHere = {
  receipt: '1234567897',
  kind: 'sign-up' as const,
  at: '2026-11-22T01:05:00.000Z',
  state: 'refused' as const,
  code: 'account-in-use' as const,
};
add('status-pending', (language) => status(language, { pending: waitingHere(1) }), open);
add('status-pending-three', (language) => status(language, { pending: waitingHere(3, 'parked') }), open);
add('status-refused', (language) => status(language, { pending: [refusedHere, ...waitingHere(1)] }), open);
add('status-offline', { name: 'status-offline', pending: [] }, { line: 'offline' });
add('status-offline-lost', { name: 'status-offline', pending: waitingHere(1, 'lost') }, { line: 'offline' });
add('status-offline-pending', { name: 'status-offline', pending: waitingHere(2, 'sent') }, { line: 'offline' });

// Municipal
const PURPOSES = ['childbirth', 'migration', 'taxi', 'elderly', 'health'] as const;
const policies = (language: PublicLanguage, count: number): ScreenOf<'policies'>['policies'] =>
  Array.from({ length: count }, (_, index) => ({
    id: `policy-${index}`,
    title:
      language === 'ja'
        ? index === 1
          ? '新しく引っ越してきた方の生活応援ポイント'
          : '子育て応援ポイント'
        : index === 1
          ? 'Points for people who have just moved in'
          : 'Points for families',
    municipality: language === 'ja' ? 'みなと市' : 'Minato City',
    purpose: PURPOSES[index % 5] ?? 'taxi',
    amount: 10000,
    open: index !== 2,
  }));
add('policies', (language) => ({ name: 'policies', policies: policies(language, 5), purpose: null, page: 1, pages: 4 }));
add('policies-six', (language) => ({ name: 'policies', policies: policies(language, 6), purpose: 'taxi', page: 4, pages: 4 }));
add('policies-empty', { name: 'policies', policies: [], purpose: 'health', page: 1, pages: 0 });
const policy = (language: PublicLanguage, some: Partial<ScreenOf<'policy'>> = {}): Screen => ({
  name: 'policy',
  title: language === 'ja' ? '新しく引っ越してきた方の生活応援ポイント' : 'Points for people who have just moved in',
  municipality: language === 'ja' ? 'みなと市' : 'Minato City',
  purpose: 'migration',
  amount: 10000,
  area: 'municipality',
  from: '2026-10-01',
  lastDay: '2027-03-31',
  open: true,
  ...some,
});
add('policy', policy);
add('policy-closed', (language) => policy(language, { open: false, area: 'shops' }));
add('policy-question', (language) => ({
  name: 'policy-question',
  text:
    language === 'ja'
      ? 'ことしの4月1日より後に、みなと市に引っ越してきましたか'
      : 'Did you move to Minato City after 1 April of this year?',
  index: 1,
  count: 3,
}));
add('policy-not-for-you', (language) => ({
  name: 'policy-not-for-you',
  title: language === 'ja' ? '子育て応援ポイント' : 'Points for families',
}));
add(
  'municipal-granted',
  (language) => ({
    name: 'municipal-granted',
    receipt,
    policy: language === 'ja' ? '子育て応援ポイント' : 'Points for families',
    amount: 10000,
    linked: linked(),
    service: namesIn(language)[1],
    slip: none,
  }),
  open,
);

export const SIGN_UP_SAMPLES: readonly ScreenSample[] = made;
