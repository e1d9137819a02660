import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApplicationState } from '../../contract/application.ts';
import { RefusalCode } from '../../contract/platform.ts';
import { formatReceipt } from '../../contract/receipt.ts';
import { Slip } from '../../contract/slip.ts';
import { SubmissionKind } from '../../contract/submission.ts';
import { slipOfSubmission } from '../submission/slip.ts';
import type { SubmissionContext } from '../submission/types.ts';
import { maskId, type SlipSubject, slipFor } from './slips.ts';

/** Every kind of slip there is; a new one does not compile without its line here. */
type Subjects = { readonly [Kind in SlipSubject['kind']]: fc.Arbitrary<SlipSubject> };

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const receipt = digits(10);
const act = fc.constantFrom(...SubmissionKind.options);
const day = fc.constantFrom('2026-11-24', '2027-03-31');
const account = fc.stringMatching(/^[0-9A-Z]{6,20}$/);
const masked = account.map((text) => '•'.repeat(text.length - 4) + text.slice(-4));
const words = fc.record({ ja: fc.constantFrom('けやき広場クレジット', 'さくらプリペイド'), en: fc.constant('Keyaki Plaza') });
const linked = fc.record({
  service: words,
  account: masked,
  on: fc.constantFrom('charge', 'purchase'),
  since: fc.constant('2026-11-01T00:00:00Z'),
});
const yen = fc.integer({ min: 0, max: 10_000_000 });
const myKeyId = fc.stringMatching(/^[A-Z]{8}$/);
const problems = ['pin-wrong', 'pin-locked', 'removed', 'mute', 'phone', 'juki-card'] as const;
const states = fc.oneof(
  fc.constantFrom('received', 'checking', 'making', 'sent').map((state) => ({ state })),
  fc.record({
    state: fc.constant('returned'),
    reasons: fc.uniqueArray(fc.constantFrom('photo-face', 'photo-background', 'photo-quality', 'form-void', 'ask-office'), {
      minLength: 1,
    }),
  }),
);
const record = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape) as unknown as fc.Arbitrary<SlipSubject>;
const kind = (name: SlipSubject['kind'], shape: Record<string, fc.Arbitrary<unknown>> = {}) =>
  record({ kind: fc.constant(name), ...shape });

const subjects: Subjects = {
  received: kind('received', { receipt, act }),
  parked: kind('parked', { receipt, act }),
  accepted: kind('accepted', { receipt, act }),
  refused: kind('refused', { receipt, act, code: fc.constantFrom(...RefusalCode.options) }),
  cancelled: kind('cancelled', { receipt, cancelled: fc.boolean() }),
  'application-accepted': kind('application-accepted', { receipt, weeks: fc.option(fc.integer({ min: 1, max: 52 })) }),
  'application-status': kind('application-status', {
    receipt,
    application: states.map((state) => ApplicationState.parse(state)),
  }),
  'renewed-wait': kind('renewed-wait'),
  'no-form': kind('no-form'),
  'moved-advice': kind('moved-advice'),
  later: kind('later', {
    id: fc.constant('keyaki-credit'),
    service: words,
    needs: fc.array(words, { maxLength: 4 }),
    preRegistration: fc.option(words),
  }),
  issued: kind('issued', { receipt, maskedId: myKeyId.map(maskId), alreadySet: fc.boolean() }),
  'signed-up': kind('signed-up', {
    receipt,
    linked,
    prospect: fc.record({
      percent: fc.constant(25),
      cap: yen,
      spend: yen,
      from: day,
      to: day,
      maxChargePerTime: fc.constant(null),
    }),
  }),
  already: kind('already', { receipt, linked }),
  granted: kind('granted', { receipt, linked, amount: yen }),
  status: kind('status', {
    status: fc.record({
      kind: fc.constant('status'),
      myKeyId: fc.option(myKeyId),
      linked: fc.option(linked),
      counted: yen,
      granted: yen,
      remaining: yen,
      cap: yen,
      history: fc.constant([]),
    }),
    pending: fc.array(
      fc.record({
        receipt,
        kind: fc.constant('sign-up'),
        at: fc.constant('2026-11-24T00:00:00Z'),
        state: fc.constant('waiting'),
        code: fc.option(fc.constantFrom(...RefusalCode.options)),
      }),
      { maxLength: 3 },
    ),
  }),
  problem: kind('problem', { problem: fc.constantFrom(...problems).map((code) => ({ code, triesLeft: 1 })) }),
  check: kind('check', {
    facts: fc.record({
      triesLeft: fc.integer({ min: 0, max: 15 }),
      notBefore: fc.constant('2024-11-24T00:00:00Z'),
      notAfter: fc.constant('2029-11-24T00:00:00Z'),
      validity: fc.constant('valid'),
      recentlyIssued: fc.boolean(),
      renewal: fc.option(
        fc.record({
          state: fc.constantFrom('later', 'now', 'over'),
          from: fc.constant('2026-12-18'),
          until: fc.constant('2027-03-17'),
          today: fc.constant('2026-11-24'),
          cardToo: fc.boolean(),
        }),
      ),
    }),
    items: fc.uniqueArray(fc.constantFrom('set-up-possible', 'renew-needed', 'moved-hint')),
  }),
};
const every = fc.oneof(...Object.values(subjects));
/** Slips of something that was taken in, or of nobody at all. */
const impersonal = fc.oneof(
  ...(
    [
      'received',
      'parked',
      'accepted',
      'refused',
      'cancelled',
      'application-accepted',
      'application-status',
      'no-form',
      'moved-advice',
      'later',
    ] as const
  ).map((name) => subjects[name]),
);
const frame = fc.record({
  id: fc.constant('s'),
  language: fc.constantFrom('ja' as const, 'en' as const),
  terminal: fc.constant('TOWN-01'),
  now: fc.constant(Date.UTC(2026, 10, 23, 15, 30)),
  large: fc.boolean(),
});

/** What a person at the counter has told or been told, none of it for paper. */
const person = {
  name: '山田花子',
  account: '4980123412341234',
  codes: ['7777'],
  email: 'hanako@example.jp',
  phone: '09012345678',
  form: '12345678901234567890123',
  contact: { kind: 'email', text: 'hanako@example.jp' },
  certificate: 'MIIFcertificate',
  photo: '/9j/photo',
  myKeyId: 'KMHT2345',
};
const secrets = Object.values(person).flatMap((value) => (typeof value === 'string' ? [value] : []));

describe('what slips say', () => {
  it('every slip is one that a printer takes, in both languages and both sizes of type', () => {
    fc.assert(
      fc.property(every, frame, (subject, how) => {
        const slip = Slip.parse(slipFor(subject, how));
        expect(slip.large).toBe(how.large);
        expect(slip.receipt).toBe('receipt' in subject ? subject.receipt : null);
      }),
    );
  });

  it('a slip of something taken in depends on the receipt number, and on nothing else of a person', () => {
    fc.assert(
      fc.property(impersonal, frame, receipt, (subject, how, other) => {
        const texts = [subject, { ...subject, ...person }].map((one) => JSON.stringify(slipFor(one, how)));
        expect(texts[1]).toBe(texts[0]);
        if (!('receipt' in subject)) return;
        const swapped = JSON.stringify(slipFor({ ...subject, receipt: other }, how));
        const without = (text: string | undefined, number: string) =>
          text?.replaceAll(number, '#').replaceAll(formatReceipt(number), '#');
        expect(without(swapped, other)).toBe(without(texts[0], subject.receipt));
      }),
    );
  });

  it('no slip shows a whole My Key ID or more than four characters of an account', () => {
    fc.assert(
      fc.property(account, myKeyId, frame, (text, id, how) => {
        const one = {
          service: { ja: 'けやき', en: 'Keyaki' },
          account: '•'.repeat(text.length - 4) + text.slice(-4),
          on: 'charge' as const,
          since: '2026-11-01T00:00:00Z',
        };
        const money = { counted: 1, granted: 1, remaining: 1, cap: 1 };
        const said = [
          slipFor({ kind: 'already', receipt: '1234567897', linked: one }, how),
          slipFor({ kind: 'granted', receipt: '1234567897', linked: one, amount: 5 }, how),
          slipFor({ kind: 'issued', receipt: '1234567897', maskedId: maskId(id), alreadySet: false }, how),
          slipFor(
            { kind: 'status', status: { kind: 'status', myKeyId: id, linked: one, ...money, history: [] }, pending: [] },
            how,
          ),
        ];
        const shown = said.flatMap(({ lines }) => lines.flatMap((line) => (line.type === 'number' ? [line.value] : [])));
        for (const value of shown) {
          expect(value).not.toContain(text.slice(-5));
          expect(value).not.toContain(id);
          expect(value).not.toContain(id.slice(-3));
        }
      }),
    );
  });

  it('of an act that waits, is taken or is parked, nothing that was typed comes on paper', () => {
    const content = { kind: 'sign-up', receipt: '1234567897', service: 'keyaki-credit', ...person };
    const names = { prospect: () => null, pendingHere: () => [] };
    fc.assert(
      fc.property(fc.constantFrom(null, { kind: 'waiting' }, { kind: 'accepted' }, { kind: 'parked' }), frame, (answer, how) => {
        const act = { card: { at: 'none' }, problem: null, content, answer } as unknown as SubmissionContext;
        const subject = slipOfSubmission(act, names);
        expect(subject).not.toBeNull();
        const text = subject === null ? '' : JSON.stringify(slipFor(subject, how));
        expect(text).toContain('123-456-7897');
        for (const secret of secrets) expect(text).not.toContain(secret);
      }),
    );
  });
});
