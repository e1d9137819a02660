import { PhotoHint, ReturnReason } from '../../main/contract/application.ts';
import type { PublicLanguage } from '../../main/contract/languages.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import {
  ContactProblem,
  FormProblem,
  QueuedKind,
  type Screen,
  type ScreenOf,
  type SlipState,
} from '../../main/contract/screens.ts';
import { PrintFailure } from '../../main/contract/slip.ts';
import type { ScreenSample } from './samples-sign-up.ts';

const made: ScreenSample[] = [];
const add = (
  name: string,
  screen: Screen | ((language: PublicLanguage) => Screen),
  some: Partial<Omit<Snapshot, 'prefs'>> = {},
) => {
  made.push({ name, screen: typeof screen === 'function' ? screen : () => screen, some });
};
const open = { session: true };
const none: SlipState = { state: 'none' };
const noPaper: SlipState = { state: 'failed', reason: 'paper-out' };
const receipt = '1234567897';
const at = '2026-11-23T05:07:09.123Z';
const form = '12345678901234567890123';
const LONG_EMAIL = 'taro.yamada-shinjuku_nishiguchi.1987@mail.shiyakusho-madoguchi.example.jp';

// The menu of everything.
const all = ['check', 'set-up', 'sign-up', 'status', 'municipal', 'card-application', 'receipt-lookup'] as const;
add('menu-seven', { name: 'menu', can: [...all], cardPresent: false });
add('menu-seven-card', { name: 'menu', can: [...all], cardPresent: true }, open);
add('menu-application', { name: 'menu', can: ['check', 'card-application'], cardPresent: false });

// The form
add('about-application', { name: 'about-application' });
for (const slip of [none, { state: 'printed' }, noPaper] as const) add(`no-form-${slip.state}`, { name: 'no-form', slip });
for (const name of ['form-read', 'form-again'] as const) {
  const some = name === 'form-again' ? open : {};
  add(name, { name, text: '', problem: null, camera: false }, some);
  add(`${name}-part`, { name, text: form.slice(0, 13), problem: null, camera: false }, some);
  add(`${name}-full`, { name, text: form, problem: null, camera: false }, some);
  add(`${name}-camera`, { name, text: '', problem: null, camera: true }, some);
  for (const problem of FormProblem.options)
    add(`${name}-${problem}`, { name, text: problem === 'too-short' ? '12345' : '', problem, camera: false }, some);
}
add('form-check', { name: 'form-check', form }, open);
add('form-moved', { name: 'form-moved' }, open);
add('form-moved-advice', { name: 'form-moved-advice', slip: none }, open);
add('form-moved-advice-no-paper', { name: 'form-moved-advice', slip: noPaper }, open);
add('other-form', { name: 'other-form' });

// Contact
add('contact-kind', { name: 'contact-kind' }, open);
add('contact-none', { name: 'contact-none' }, open);
const contact = (name: string, some: Omit<ScreenOf<'contact-entry'>, 'name'>) =>
  add(`contact-entry-${name}`, { name: 'contact-entry', ...some }, open);
contact('email', { kind: 'email', text: '', problem: null });
contact('email-part', { kind: 'email', text: 'hanako.sato', problem: null });
contact('email-full', { kind: 'email', text: 'hanako.sato@docomo.ne.jp', problem: null });
contact('email-long', { kind: 'email', text: LONG_EMAIL, problem: null });
contact('email-most', { kind: 'email', text: `${'a'.repeat(56)}@${'b'.repeat(57)}.co.jp`, problem: 'too-long' });
contact('phone', { kind: 'phone', text: '', problem: null });
contact('phone-full', { kind: 'phone', text: '09012345678', problem: null });
for (const problem of ContactProblem.options) {
  const kind = ['too-short', 'no-zero'].includes(problem) ? 'phone' : 'email';
  contact(`problem-${problem}`, { kind, text: problem === 'empty' ? '' : kind === 'phone' ? '123' : 'hanako', problem });
}

// What is wanted
for (const signature of [true, false]) {
  for (const authentication of [true, false])
    add(
      `certificates-${signature ? 'signature' : 'no-signature'}-${authentication ? 'authentication' : 'no-authentication'}`,
      { name: 'certificates', signature, authentication },
      open,
    );
}
add('braille', { name: 'braille' }, open);

// Photo
for (const way of ['normal', 'cover', 'pose'] as const) add(`photo-prepare-${way}`, { name: 'photo-prepare', way }, open);
add('photo-live', { name: 'photo', way: 'normal', shots: 0 }, open);
add('photo-live-pose', { name: 'photo', way: 'pose', shots: 2 }, open);
for (const hint of PhotoHint.options) add(`photo-advice-${hint}`, { name: 'photo-advice', hints: [hint], shot: 1 }, open);
add('photo-advice-three', { name: 'photo-advice', hints: ['off-centre', 'turned', 'background'], shot: 2 }, open);
add('photo-review', { name: 'photo-review', hints: [], shot: 1 }, open);
add('photo-review-hints', { name: 'photo-review', hints: ['glare', 'background', 'tilted'], shot: 3 }, open);

// Read-back
const readBack: ScreenOf<'application-read-back'> = {
  name: 'application-read-back',
  form,
  moved: false,
  contact: { kind: 'email', text: 'hanako.sato@docomo.ne.jp' },
  certificates: { signature: true, authentication: true },
  braille: false,
  way: 'normal',
  shot: 1,
  receipt,
  terminal: 'SHIYAKUSHO-01',
  at,
};
add('application-read-back', readBack, open);
add(
  'application-read-back-long',
  {
    ...readBack,
    moved: true,
    contact: { kind: 'email', text: LONG_EMAIL },
    certificates: { signature: false, authentication: false },
    braille: true,
    way: 'pose',
  },
  open,
);
add('application-read-back-phone', { ...readBack, contact: { kind: 'phone', text: '0312345678' }, way: 'cover' }, open);
add('application-read-back-none', { ...readBack, contact: { kind: 'none' } }, open);

// Results
add('delivering-cardless', { name: 'delivering', receipt, cardless: true }, open);
add(
  'received-cardless',
  { name: 'received', receipt, at, nextPerson: false, slip: { state: 'printed' }, cardless: true },
  { line: 'offline' },
);
add('accepted-cardless', { name: 'accepted', receipt, nextPerson: false, slip: none, cardless: true });
add('cannot-accept-cardless', { name: 'cannot-accept', reason: 'storage', cardless: true });
add('application-accepted', { name: 'application-accepted', receipt, weeks: 5, contact: true, slip: { state: 'printed' } });
add('application-accepted-unknown', { name: 'application-accepted', receipt, weeks: null, contact: false, slip: none });
for (const reason of PrintFailure.options)
  add(`application-accepted-print-${reason}`, {
    name: 'application-accepted',
    receipt,
    weeks: 5,
    contact: true,
    slip: { state: 'failed', reason },
  });
add('application-status-unknown', { name: 'application-status', receipt, application: null, slip: none }, { line: 'offline' });
for (const state of ['received', 'checking', 'making', 'sent'] as const)
  add(`application-status-${state}`, { name: 'application-status', receipt, application: { state }, slip: none });
add('application-status-returned', {
  name: 'application-status',
  receipt,
  application: { state: 'returned', reasons: ['photo-background'] },
  slip: none,
});
add('application-status-returned-all', {
  name: 'application-status',
  receipt,
  application: { state: 'returned', reasons: [...ReturnReason.options] },
  slip: noPaper,
});

// The slip's number, and a failed print wherever there is one.
for (const state of ['waiting', 'accepted', 'refused', 'lost'] as const)
  add(`receipt-state-application-${state}`, {
    name: 'receipt-state',
    receipt,
    kind: 'card-application',
    at,
    state,
    code: state === 'refused' ? 'form-unknown' : null,
  });
for (const kind of QueuedKind.options) add(`receipt-cancel-${kind}`, { name: 'receipt-cancel', receipt, kind });
add('receipt-cancelled-no-paper', { name: 'receipt-cancelled', receipt, cancelled: true, slip: noPaper });
add('refused-no-paper', { name: 'refused', receipt, code: 'form-unknown', nextPerson: false, slip: noPaper });
add('parked-no-paper', { name: 'parked', receipt, at, nextPerson: false, slip: noPaper });
add(
  'issued-no-paper',
  { name: 'issued', myKeyId: 'KMT4H0W9', alreadySet: false, goesOn: 'sign-up', receipt, slip: noPaper },
  open,
);

export const APPLICATION_SAMPLES: readonly ScreenSample[] = made;
