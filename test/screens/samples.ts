import type { CardFacts, CardProblem } from '../../main/contract/card.ts';
import { PublicLanguage } from '../../main/contract/languages.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { RefusalCode } from '../../main/contract/platform.ts';
import type { CheckItem, ReadBack, Screen, ScreenOf, SlipState, TermsDocument } from '../../main/contract/screens.ts';
import { PrintFailure } from '../../main/contract/slip.ts';
import { APPLICATION_SAMPLES } from './samples-application.ts';
import { SIGN_UP_SAMPLES } from './samples-sign-up.ts';

/** One thing a person may see. `name`: also the picture's file name. */
export interface Sample {
  readonly name: string;
  /** The terms come from the core in the language that is up, so a sample is made for one language. */
  readonly snapshot: (language: PublicLanguage) => Omit<Snapshot, 'step'>;
}

type Extra = Partial<Omit<Snapshot, 'prefs'>> & { readonly prefs?: Partial<Snapshot['prefs']> };

const facts = (some: Partial<CardFacts> = {}): CardFacts => ({
  triesLeft: 3,
  notBefore: '2026-11-22T03:00:00.000Z',
  notAfter: '2029-06-20T14:59:59.000Z',
  validity: 'valid',
  recentlyIssued: false,
  renewal: null,
  ...some,
});

const none: SlipState = { state: 'none' };
const receipt = '1234567897';
const at = '2026-11-23T05:07:09.123Z';
const telephone = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
const shuffledLayout = [7, 0, 4, 9, 2, 6, 1, 8, 3, 5];

/** As long as real terms are: a summary of six sentences, a text of several pages. */
function terms(language: PublicLanguage): TermsDocument {
  const ja = language === 'ja';
  return {
    ref: { id: 'programme', version: '2026-10-01' },
    title: ja ? 'マイナポイント利用規約' : 'Terms of use of Mynapoints',
    summary: ja
      ? [
          'マイナポイントは、本人だけが申し込めます。',
          '申し込んだ決済サービスは、あとから変えられません。',
          'マイキーIDをつくるために、カードの中の電子証明書を使います。',
          '名前、住所、マイナンバーは、この手続きでは使いません。',
          '申し込みの記録は、国のしくみ（マイキープラットフォーム）に残ります。',
          'まちがった申し込みが見つかったときは、取り消されることがあります。',
        ]
      : [
          'Only the holder of the card may apply.',
          'The payment service you apply with cannot be changed later.',
          'The electronic certificate on your card is used to make the My Key ID.',
          'Your name, address and My Number are not used here.',
          'A record of the application stays with the My Key Platform of the state.',
          'An application that turns out to be wrong may be cancelled.',
        ],
    paragraphs: Array.from({ length: 14 }, (_, index) =>
      ja
        ? `第${index + 1}条　この規約は、見本です。利用者は、本人の意思で申し込み、申し込みの内容が正しいことを確かめてから、暗証番号を入力するものとします。利用者は、暗証番号を他人に知らせてはなりません。国は、この事業に必要な範囲をこえて、利用者の情報を使いません。`
        : `Article ${index + 1}. These terms are a sample. The user applies of their own will, makes sure that the application is correct, and only then enters the PIN. The user does not let anybody else know the PIN. The state uses what it learns only as far as this programme needs it.`,
    ),
  };
}

const readBack = (language: PublicLanguage, some: Partial<Extract<ReadBack, { kind: 'set-up' }>> = {}): ReadBack => ({
  kind: 'set-up',
  whose: 'self',
  terms: [
    { ref: { id: 'programme', version: '2026-10-01' }, title: terms(language).title },
    {
      ref: { id: 'my-key', version: '2026-04-01' },
      title: language === 'ja' ? 'マイキープラットフォーム利用規約' : 'Terms of use of the My Key Platform',
    },
  ],
  receipt,
  terminal: 'SHIYAKUSHO-01',
  at,
  challenge: 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4',
  helped: false,
  ...some,
});

function snapshotOf(language: PublicLanguage, screen: Screen, { prefs, ...rest }: Extra = {}): Omit<Snapshot, 'step'> {
  return {
    v: 1,
    screen,
    warning: null,
    prefs: { language, textSize: 1, contrast: 'normal', height: 'normal', ruby: false, ...prefs },
    languages: PublicLanguage.options,
    line: 'online',
    staffCalled: false,
    session: false,
    terminal: { id: 'SHIYAKUSHO-01', name: { ja: '市役所 1階 1番窓口', en: 'City hall, counter 1' } },
    environment: 'sandbox',
    ...rest,
  };
}

const made: Sample[] = [];
const sample = (name: string, screen: Screen | ((language: PublicLanguage) => Screen), extra: Extra = {}) => {
  made.push({
    name,
    snapshot: (language) => snapshotOf(language, typeof screen === 'function' ? screen(language) : screen, extra),
  });
};

sample('attract', { name: 'attract', can: ['check', 'set-up'] });
sample('attract-seven', {
  name: 'attract',
  can: ['check', 'set-up', 'sign-up', 'status', 'municipal', 'card-application', 'receipt-lookup'],
});
sample('closed', { name: 'closed', opens: { at: '2026-11-29T23:30:00.000Z', on: 'later' }, ask: null, card: false });
sample('closed-tomorrow', (language) => ({
  name: 'closed',
  opens: { at: '2026-11-24T04:00:00.000Z', on: 'tomorrow' },
  ask:
    language === 'ja'
      ? '本庁舎 1階 市民課 平日8時30分から17時15分まで 電話 00-0000-0000'
      : 'Citizens’ division, main building, 1st floor',
  card: false,
}));
sample('closed-card', { name: 'closed', opens: { at: '2026-11-23T23:30:00.000Z', on: 'today' }, ask: null, card: true });
sample('closed-unknown', { name: 'closed', opens: null, ask: null, card: false });
sample('menu', { name: 'menu', can: ['check', 'set-up'], cardPresent: false });
sample('menu-card', { name: 'menu', can: ['check', 'set-up'], cardPresent: true }, { session: true });
sample('about-set-up', { name: 'about-set-up' });
sample('whose-card', { name: 'whose-card' });
sample('whose-stop', { name: 'whose-stop' });
/** The documents of a set-up, and of a sign-up with its service's own. */
const documents = (language: PublicLanguage, count: number): TermsDocument[] =>
  ['programme', 'my-key-id', 'sakura-prepaid'].slice(0, count).map((id, at) => ({
    ...terms(language),
    ref: { id, version: '2026-10-01' },
    title:
      (language === 'ja'
        ? ['マイナポイント利用規約', 'マイキーID利用規約', 'みなとペイ特約']
        : ['Terms of use of Mynapoints', 'Terms of the My Key ID', 'Terms of Minato Pay'])[at] ?? '',
    summary: terms(language).summary.slice(0, 5),
  }));
sample('terms-summary', (language) => ({ name: 'terms', documents: documents(language, 2), index: 0, full: false }));
sample('terms-second', (language) => ({ name: 'terms', documents: documents(language, 2), index: 1, full: false }));
sample('terms-three', (language) => ({ name: 'terms', documents: documents(language, 3), index: 2, full: false }));
sample('terms-one', (language) => ({ name: 'terms', documents: documents(language, 1), index: 0, full: false }));
sample('terms-full', (language) => ({ name: 'terms', documents: documents(language, 2), index: 1, full: true }));
sample('insert-card', { name: 'insert-card', journey: 'set-up', slow: false });
sample('insert-card-slow', { name: 'insert-card', journey: 'set-up', slow: true });
sample('insert-card-check', { name: 'insert-card', journey: 'check', slow: false });
sample('reading-card', { name: 'reading-card', journey: 'set-up' }, { session: true });

const check = (name: string, some: Partial<CardFacts>, items: CheckItem[], slip: SlipState = none) =>
  sample(`check-result-${name}`, { name: 'check-result', facts: facts(some), items, slip }, { session: true });
check('good', {}, ['set-up-possible', 'moved-hint']);
check('worst', { triesLeft: 0, validity: 'expired', notAfter: '2026-05-02T14:59:59.000Z' }, [
  'set-up-not-possible',
  'renew-needed',
  'pin-reset-needed',
  'moved-hint',
]);
const trip = { state: 'later', from: '2026-12-18', until: '2027-03-17', today: '2026-11-23', cardToo: false } as const;
check('renew-later', { notAfter: '2027-03-17T14:59:59.000Z', renewal: trip }, ['set-up-possible', 'moved-hint']);
check(
  'renew-over',
  {
    validity: 'expired',
    notAfter: '2026-05-02T14:59:59.000Z',
    renewal: { ...trip, state: 'over', from: '2026-02-03', until: '2026-05-02', cardToo: true },
  },
  ['set-up-not-possible', 'renew-needed', 'moved-hint'],
);
check(
  'renew-now',
  {
    triesLeft: 1,
    validity: 'expiring',
    notAfter: '2027-02-17T14:59:59.000Z',
    renewal: { ...trip, state: 'now', from: '2026-11-18', until: '2027-02-17' },
  },
  ['set-up-possible', 'renew-possible', 'pin-one-try', 'moved-hint'],
);
check('expiring', { triesLeft: 1, validity: 'expiring', recentlyIssued: true }, [
  'set-up-possible',
  'renew-possible',
  'pin-one-try',
  'wait-after-renewal',
  'moved-hint',
]);
check('printing', {}, ['set-up-possible', 'moved-hint'], { state: 'printing' });
check('printed', {}, ['set-up-possible', 'moved-hint'], { state: 'printed' });

/** One of each code; the type makes sure that none is missing. */
export const PROBLEMS: { readonly [C in CardProblem['code']]: Extract<CardProblem, { code: C }> } = {
  'not-my-number-card': { code: 'not-my-number-card' },
  'juki-card': { code: 'juki-card' },
  phone: { code: 'phone' },
  'no-auth-certificate': { code: 'no-auth-certificate' },
  'pin-less-card': { code: 'pin-less-card' },
  'pin-wrong': { code: 'pin-wrong', triesLeft: 2 },
  'pin-locked': { code: 'pin-locked' },
  'pin-unusable': { code: 'pin-unusable' },
  'newer-card': { code: 'newer-card' },
  'signature-mismatch': { code: 'signature-mismatch' },
  'certificate-expired': { code: 'certificate-expired', notAfter: '2026-05-02T14:59:59.000Z' },
  'certificate-unreadable': { code: 'certificate-unreadable' },
  mute: { code: 'mute' },
  removed: { code: 'removed' },
  'reader-failed': { code: 'reader-failed' },
  'reader-busy': { code: 'reader-busy' },
  'unexpected-status': { code: 'unexpected-status', sw: '6F00', step: 'certificate' },
};
for (const problem of Object.values(PROBLEMS)) {
  sample(`card-problem-${problem.code}`, { name: 'card-problem', problem, journey: 'set-up', slip: none }, { session: true });
}
sample('card-problem-check', {
  name: 'card-problem',
  problem: PROBLEMS['pin-less-card'],
  journey: 'check',
  slip: { state: 'printed' },
});

sample('expiring-notice', { name: 'expiring-notice', facts: facts({ validity: 'expiring' }) }, { session: true });
sample('renewed-question', { name: 'renewed-question', facts: facts({ recentlyIssued: true }) }, { session: true });
sample('renewed-wait', { name: 'renewed-wait', slip: { state: 'none' } }, { session: true });
sample('read-back', (language) => ({ name: 'read-back', content: readBack(language), page: 1 }), { session: true });
sample(
  'read-back-helped',
  (language) => ({ name: 'read-back', content: readBack(language, { whose: 'represented', helped: true }), page: 1 }),
  { session: true },
);
sample('pin-last-try', { name: 'pin-last-try' }, { session: true });

const pin = (name: string, some: Partial<ScreenOf<'pin'>>, extra: Extra = {}) =>
  sample(
    `pin-${name}`,
    { name: 'pin', digits: 0, triesLeft: 3, wrong: false, shuffled: false, layout: telephone, ...some },
    { session: true, ...extra },
  );
for (const digits of [0, 1, 2, 3, 4]) pin(`${digits}-digits`, { digits });
pin('wrong', { wrong: true, triesLeft: 2 });
pin('shuffled', { shuffled: true, layout: shuffledLayout, digits: 2 });

sample('signing', { name: 'signing', pauseSeconds: null }, { session: true });
sample('signing-pause', { name: 'signing', pauseSeconds: 10 }, { session: true });
sample('delivering', { name: 'delivering', receipt }, { session: true });
sample(
  'issued',
  { name: 'issued', myKeyId: 'KMT4H0W9', alreadySet: false, goesOn: 'sign-up', receipt, slip: none },
  { session: true },
);
sample('issued-already', {
  name: 'issued',
  myKeyId: 'KMT4H0W9',
  alreadySet: true,
  goesOn: 'sign-up',
  receipt,
  slip: { state: 'printed' },
});
sample(
  'received',
  { name: 'received', receipt, at, nextPerson: false, slip: { state: 'printed' } },
  { line: 'offline', session: true },
);
for (const reason of PrintFailure.options) {
  sample(
    `received-print-${reason}`,
    { name: 'received', receipt, at, nextPerson: false, slip: { state: 'failed', reason } },
    { line: 'offline' },
  );
}
sample(
  'received-sign-up',
  { name: 'received', receipt, at, nextPerson: true, slip: { state: 'printed' } },
  { line: 'offline', session: true },
);
sample('parked', { name: 'parked', receipt, at: '2026-11-23T01:05:00.000Z', nextPerson: true, slip: none }, { session: true });
sample('accepted', { name: 'accepted', receipt, nextPerson: true, slip: none }, { session: true });
for (const code of RefusalCode.options) {
  sample(
    `refused-${code}`,
    { name: 'refused', receipt, code, nextPerson: code === 'account-in-use', slip: none },
    { session: true },
  );
}
for (const reason of ['storage', 'challenge', 'internal'] as const) {
  sample(`cannot-accept-${reason}`, { name: 'cannot-accept', reason }, { line: reason === 'challenge' ? 'offline' : 'online' });
}
sample('take-card', { name: 'take-card', alarm: false });
sample('take-card-alarm', { name: 'take-card', alarm: true });
for (const reason of ['done', 'removed', 'timeout', 'staff', 'reader', 'home'] as const) {
  sample(`goodbye-${reason}`, { name: 'goodbye', reason });
}
for (const reason of [
  'reader-missing',
  'reader-service',
  'reader-not-allowed',
  'reader-stuck',
  'storage',
  'starting',
  'staff',
] as const) {
  sample(`out-of-order-${reason}`, { name: 'out-of-order', reason });
}
for (const trial of ['codes', 'face'] as const) {
  sample(`out-of-order-trial-${trial}`, { name: 'out-of-order', reason: 'staff', trial });
}

for (const { name, screen, some } of [...SIGN_UP_SAMPLES, ...APPLICATION_SAMPLES]) sample(name, screen, some);

// What lies over or around a screen.
const menu: Screen = { name: 'menu', can: ['check', 'set-up'], cardPresent: true };
sample('over-warning', menu, { warning: { secondsLeft: 18, extensionsLeft: 10 }, session: true });
sample('over-warning-last', menu, { warning: { secondsLeft: 7, extensionsLeft: 0 }, session: true });
sample('over-staff-called', menu, { staffCalled: true, line: 'offline' });
sample('over-scan-note', menu, { scanNote: 'not-needed' });
sample('over-production', menu, { environment: 'production' });
sample('over-one-language', menu, { languages: ['ja'] });

/** Every way to draw a person may choose, on the screens with the most in them. */
export const WISHES = {
  'size-2': { textSize: 2 },
  'size-3': { textSize: 3 },
  ruby: { ruby: true },
  'ruby-size-3': { ruby: true, textSize: 3 },
  contrast: { contrast: 'high' },
  low: { height: 'low' },
  'low-size-3': { height: 'low', textSize: 3 },
  'low-size-3-ruby': { height: 'low', textSize: 3, ruby: true },
} as const satisfies Record<string, Partial<Snapshot['prefs']>>;

/** A sample as somebody with wishes sees it. */
export function withWish(base: Sample, name: keyof typeof WISHES): Sample {
  return {
    name: `${base.name}+${name}`,
    snapshot: (language) => {
      const snapshot = base.snapshot(language);
      return { ...snapshot, prefs: { ...snapshot.prefs, ...WISHES[name] } };
    },
  };
}

/** Every screen of the contract, and every variant of it that reads differently. */
export const SAMPLES: readonly Sample[] = made;
