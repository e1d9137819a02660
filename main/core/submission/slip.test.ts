import { expect, it } from 'vitest';
import type { CardFacts } from '../../contract/card.ts';
import type { Linked } from '../../contract/platform.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { SlipNames } from '../print/slips.ts';
import { slipFor } from '../print/slips.ts';
import { slipOfSubmission } from './slip.ts';
import type { Answer } from './types.ts';

const content: SubmissionContent = {
  v: 1,
  id: '0199aaaa-0000-7000-8000-000000000000',
  receipt: '1234567897',
  terminal: 'K-01',
  at: '2026-11-23T00:00:00.000Z',
  challenge: 'A'.repeat(32),
  whose: 'self',
  terms: [{ id: 'programme', version: '2026-10-01' }],
  helped: false,
  replyKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  kind: 'sign-up',
  measure: 'mynapoint-2026',
  catalogue: 1,
  service: 'sakura-prepaid',
  account: '6900000000000018',
  codes: ['1234'],
  on: 'charge',
  makeId: false,
};
const facts: CardFacts = {
  triesLeft: 3,
  notBefore: '2026-11-22T00:00:00.000Z',
  notAfter: '2031-11-22T00:00:00.000Z',
  validity: 'valid',
  recentlyIssued: true,
  renewal: null,
};
const linked: Linked = {
  service: { ja: 'さくらプリペイド', en: 'Sakura Prepaid' },
  account: '••••••••••••0018',
  on: 'charge',
  since: '2026-11-20T00:00:00.000Z',
};
const names: SlipNames = {
  prospect: () => ({ percent: 25, cap: 5000, spend: 20_000, from: '2026-11-23', to: '2027-03-31', maxChargePerTime: null }),
  pendingHere: () => [
    { receipt: '2222222222', kind: 'sign-up', at: '2026-11-20T00:00:00.000Z', state: 'refused', code: 'account-in-use' },
  ],
};
const card = { at: 'ready', session: 1, facts } as const;

/** The words of the slip that belongs to an answer. */
function textOf(answer: Answer | null, some: { readonly content?: null } = {}): string | null {
  const subject = slipOfSubmission({ card, problem: null, content, answer, ...some }, names);
  if (subject === null) return null;
  return JSON.stringify(
    slipFor(subject, { id: 's', language: 'ja', large: false, terminal: 'K-01', now: Date.parse(content.at) }).lines,
  );
}

const cases: readonly (readonly [string, Answer, string])[] = [
  ['accepted without a readable answer', { kind: 'accepted' }, 'マイナポイントの申し込み 受理'],
  ['signed up', { kind: 'signed-up', linked, from: '2026-11-23', myKeyId: 'KMHT2345' }, 'マイナポイントの申し込み 完了'],
  ['received', { kind: 'waiting' }, '受付票（マイナポイントの申し込み）'],
  ['already signed up', { kind: 'already', linked }, '申し込みはすんでいます'],
  ['account in use', { kind: 'refused', code: 'account-in-use' }, 'この番号は、もう使われています'],
  ['not set up', { kind: 'refused', code: 'not-set-up' }, 'マイキーIDが、まだありません'],
  ['expired', { kind: 'refused', code: 'certificate-expired' }, '電子証明書の期限が切れています'],
  ['revoked', { kind: 'refused', code: 'certificate-revoked' }, '電子証明書が、使えなくなっています'],
  ['service closed', { kind: 'refused', code: 'service-closed' }, 'このサービスの受付は終わりました'],
  ['terms changed', { kind: 'refused', code: 'terms-changed' }, '規約が新しくなりました'],
  ['content refused', { kind: 'refused', code: 'content-refused' }, '申し込みできませんでした'],
  ['parked', { kind: 'parked' }, '係の人にこの紙を見せてください'],
  ['municipal points', { kind: 'granted', linked, amount: 1000 }, '1,000ポイント'],
];

it.each(cases)('%s: the slip says so, with the receipt number and no account', (_name, answer, words) => {
  const text = textOf(answer);
  expect(text).toContain(words);
  expect(text).toContain('123-456-7897');
  expect(text).not.toContain(content.account);
  expect(text).not.toContain('KMHT2345');
});

it('the status says what counted, what was granted, and why something was refused here', () => {
  const status = {
    kind: 'status',
    myKeyId: 'KMHT2345',
    linked,
    counted: 8000,
    granted: 2000,
    remaining: 3000,
    cap: 5000,
  } as const;
  const text = textOf({ kind: 'status', status: { ...status, history: [] } });
  for (const words of [
    '8,000円',
    '2,000ポイント',
    '3,000ポイント',
    '************0018',
    '222-222-2222',
    'ほかの人が、この番号で申し込んでいます',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('KMHT2345');
});

it('a card renewed today: when to come again, before there is anything to sign', () => {
  expect(textOf(null, { content: null })).toContain('あさって以降に、もう一度お越しください');
});
