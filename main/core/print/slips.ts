import type { ApplicationState } from '../../contract/application.ts';
import type { CardFacts, CardProblem, CardProblemCode } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Words } from '../../contract/catalogue.ts';
import { inLanguage, type PublicLanguage } from '../../contract/languages.ts';
import type { Linked, RefusalCode, StatusReply } from '../../contract/platform.ts';
import { formatReceipt } from '../../contract/receipt.ts';
import { type RenewalTrip, renewalCalendar } from '../../contract/renewal.ts';
import type { CheckItem, PendingHere, Prospect, SlipState } from '../../contract/screens.ts';
import type { Slip, SlipLine } from '../../contract/slip.ts';
import type { SubmissionContent, SubmissionKind } from '../../contract/submission.ts';
import { dayAndTimeIn, dayIn } from '../../contract/words/formats.ts';
import { receiptCode, serviceCode } from '../catalogue/scanned.ts';
import { type SlipText, slipText } from './slip-text.ts';

/** What a slip is about. A My Key ID and an account come masked only; nothing else on paper is personal. */
export type SlipSubject =
  | { readonly kind: 'received'; readonly receipt: string; readonly act: SubmissionKind }
  | { readonly kind: 'issued'; readonly receipt: string; readonly maskedId: string; readonly alreadySet: boolean }
  | { readonly kind: 'signed-up'; readonly receipt: string; readonly linked: Linked; readonly prospect: Prospect }
  | { readonly kind: 'already'; readonly receipt: string; readonly linked: Linked }
  | { readonly kind: 'granted'; readonly receipt: string; readonly linked: Linked; readonly amount: number }
  | { readonly kind: 'status'; readonly status: StatusReply; readonly pending: PendingHere }
  | { readonly kind: 'accepted'; readonly receipt: string; readonly act: SubmissionKind }
  | { readonly kind: 'parked'; readonly receipt: string; readonly act: SubmissionKind }
  | { readonly kind: 'refused'; readonly receipt: string; readonly act: SubmissionKind; readonly code: RefusalCode }
  /** The certificate is too new to be known. */
  | { readonly kind: 'renewed-wait' }
  | { readonly kind: 'problem'; readonly problem: CardProblem }
  | { readonly kind: 'check'; readonly facts: CardFacts; readonly items: readonly CheckItem[] }
  /** What became of taking something back. */
  | { readonly kind: 'cancelled'; readonly receipt: string; readonly cancelled: boolean }
  /** The platform took an application for a card. `weeks`: about how long until the card can be fetched. */
  | { readonly kind: 'application-accepted'; readonly receipt: string; readonly weeks: number | null }
  | { readonly kind: 'application-status'; readonly receipt: string; readonly application: ApplicationState }
  /** Where a form is to be had; that a new one is better after moving. */
  | { readonly kind: 'no-form' }
  | { readonly kind: 'moved-advice' }
  /** What was chosen, for another day. */
  | {
      readonly kind: 'later';
      readonly id: string;
      readonly service: Words;
      /** What must be done with the service first. */
      readonly preRegistration: Words | null;
      readonly needs: readonly Words[];
    };

/** What slips say beyond the content itself. */
export interface SlipNames {
  /** `null`: the catalogue is not there any more. */
  prospect(content: SubmissionContent): Prospect | null;
  /** What the card of this session has waiting here. */
  pendingHere(session: CardSessionNumber): PendingHere;
}

/** Who is told what became of a slip: the chart that had it printed, unless it has ended meanwhile. */
interface SlipTeller {
  send(event: { type: 'slip'; slip: SlipState }): void;
  getSnapshot(): { readonly status: string };
}

/** @param submittedAt the time in what the slip is about, as it was submitted (ISO 8601); undefined: nothing was submitted */
export type PrintSlip = (subject: SlipSubject, teller: SlipTeller, submittedAt?: string) => void;

/** The last two of eight characters; enough to know one's own, useless to anybody else. */
export function maskId(myKeyId: string): string {
  return '*'.repeat(Math.max(0, myKeyId.length - 2)) + myKeyId.slice(-2);
}

export interface SlipFrame {
  readonly id: string;
  readonly language: PublicLanguage;
  readonly terminal: string;
  /** Epoch ms that it shows: of the submission that it is about, where it is about one. */
  readonly now: number;
  /** For a person who reads the screen in large type. */
  readonly large: boolean;
}

/** What a body of a slip is written with. */
interface Writer {
  readonly language: PublicLanguage;
  readonly t: SlipText;
}

const text = (line: string): SlipLine => ({ type: 'text', text: line });
const title = (line: string): SlipLine => ({ type: 'title', text: line });
const number = (label: string, value: string): SlipLine => ({ type: 'number', label, value });
/** A calendar day, YYYY-MM-DD. */
const dayOf = (language: PublicLanguage, day: string) => dayIn(language, Date.parse(`${day}T00:00:00+09:00`));

/** Lays out one slip in the person's language. Dates are Japan time. */
export function slipFor(subject: SlipSubject, { id, language, terminal, now, large }: SlipFrame): Slip {
  const t = slipText(language);
  const receipt = 'receipt' in subject ? subject.receipt : null;
  const lines: SlipLine[] = [
    ...bodyOf(subject, { language, t }),
    ...(receipt === null ? [] : [number(t('slip.receipt'), formatReceipt(receipt))]),
    { type: 'rule' },
    text(`${t('slip.date')} ${dayAndTimeIn(language, now)}`),
    text(`${t('slip.terminal')} ${terminal}`),
    text(t('slip.phone')),
  ];
  return { id, receipt, large, lines };
}

function bodyOf(subject: SlipSubject, writer: Writer): readonly SlipLine[] {
  const { t } = writer;
  switch (subject.kind) {
    case 'received':
      return [
        title(t(`slip.received.title.${subject.act}`)),
        text(t('slip.received.here')),
        text(t('slip.received.sentLater')),
        text(t(resultKey(subject.act))),
        text(t('slip.received.takeBack')),
        { type: 'code', text: receiptCode(subject.receipt) },
      ];
    case 'accepted':
      return [title(t(`slip.accepted.title.${subject.act}`)), text(t('slip.accepted.arrived')), text(t(resultKey(subject.act)))];
    case 'parked':
      return [
        title(t(`slip.received.title.${subject.act}`)),
        text(t('slip.parked.trouble')),
        text(t('slip.parked.show')),
        { type: 'code', text: receiptCode(subject.receipt) },
      ];
    case 'issued':
      return [
        title(t('slip.issued.title')),
        ...(subject.alreadySet ? [text(t('slip.issued.already'))] : []),
        number(t('slip.issued.id'), subject.maskedId),
        text(t('slip.issued.whole')),
        text(t('slip.issued.secret')),
      ];
    case 'signed-up':
      return signedUp(subject, writer);
    case 'already':
      return [title(t('slip.already.title')), ...linkedLines(subject.linked, writer), text(t('slip.already.once'))];
    case 'granted':
      return [
        title(t('slip.granted.title')),
        ...linkedLines(subject.linked, writer),
        number(t('slip.granted.amount'), t('slip.points', { amount: subject.amount })),
      ];
    case 'status':
      return status(subject, writer);
    case 'cancelled':
      return subject.cancelled
        ? [title(t('slip.cancelled.title')), text(t('slip.cancelled.notSent')), text(t('slip.cancelled.again'))]
        : [title(t('slip.tooLate.title')), text(t('slip.tooLate.sent'))];
    case 'later':
      return later(subject, writer);
    case 'application-accepted':
      return [
        title(t('slip.accepted.title.card-application')),
        text(subject.weeks === null ? t('slip.application.soon') : t('slip.application.weeks', { weeks: subject.weeks })),
        text(t('slip.application.postcard')),
        text(t('slip.application.fetch')),
        text(t('slip.application.look')),
        { type: 'code', text: receiptCode(subject.receipt) },
      ];
    case 'application-status':
      return applicationStatus(subject, writer);
    case 'no-form':
      return [
        title(t('slip.noForm.title')),
        ...(['where', 'post', 'code', 'photo'] as const).map((what) => text(t(`slip.noForm.${what}`))),
      ];
    case 'moved-advice':
      return [title(t('slip.moved.title')), ...(['who', 'old', 'where'] as const).map((what) => text(t(`slip.moved.${what}`)))];
    case 'refused':
      return [title(t(`slip.refused.title.${subject.act}`)), ...refusalLines(subject.code, writer)];
    case 'renewed-wait':
      return [title(t('slip.problem.title')), ...refusalLines('certificate-unknown', writer)];
    case 'problem':
      return [title(t('slip.problem.title')), ...problemLines(subject.problem, writer)];
    case 'check':
      return check(subject, writer);
  }
}

type Subject<K extends SlipSubject['kind']> = Extract<SlipSubject, { readonly kind: K }>;

const resultKey = (act: SubmissionKind) => (act === 'card-application' ? 'slip.result.byNumber' : 'slip.result.byCard');

/** Words of a screen: its title, unless the text says it again, what happened, what to do. */
const asOnScreen = (name: string, what: string, next: string): SlipLine[] => [
  ...(what.includes(name) ? [] : [text(name)]),
  text(what),
  text(next),
];

/** An office asks who somebody is. The screen, which is read in passing, leaves it out. */
const NEEDS_DOCUMENTS: ReadonlySet<RefusalCode | CardProblemCode> = new Set([
  'certificate-invalid',
  'certificate-expired',
  'no-auth-certificate',
  'certificate-unreadable',
  'form-unknown',
]);
const documents = (code: RefusalCode | CardProblemCode, t: SlipText) =>
  NEEDS_DOCUMENTS.has(code) ? [text(t('slip.documents'))] : [];

const refusalLines = (code: RefusalCode, { t }: Writer): SlipLine[] => [
  ...asOnScreen(t(`refused.${code}.title`), t(`refused.${code}.text`), t(`refused.${code}.next`)),
  ...documents(code, t),
];

function problemLines(problem: CardProblem, { t, language }: Writer): SlipLine[] {
  const { code } = problem;
  const values = {
    count: problem.code === 'pin-wrong' ? problem.triesLeft : 0,
    date: problem.code === 'certificate-expired' ? dayIn(language, Date.parse(problem.notAfter)) : '',
    code: problem.code === 'unexpected-status' ? `${problem.step} ${problem.sw}` : '',
  };
  return [
    ...asOnScreen(t(`problem.${code}.title`), t(`problem.${code}.text`, values), t(`problem.${code}.next`)),
    ...documents(code, t),
  ];
}

const linkedLines = ({ service, account }: Linked, { t, language }: Writer): SlipLine[] => [
  number(t('slip.service'), inLanguage(service, language).slice(0, 40)),
  // Printers know no bullet: stars, as banks print them.
  number(t('slip.account'), account.replaceAll('•', '*')),
];

function signedUp({ linked, prospect: { spend, cap, from, to } }: Subject<'signed-up'>, writer: Writer): SlipLine[] {
  const { t, language } = writer;
  return [
    title(t('slip.signedUp.title')),
    ...linkedLines(linked, writer),
    text(t(`slip.signedUp.on.${linked.on}`)),
    number(t('slip.signedUp.spend'), t('slip.yen', { amount: spend })),
    number(t('slip.signedUp.cap'), t('slip.points', { amount: cap })),
    number(t('slip.signedUp.period'), `${dayOf(language, from)} - ${dayOf(language, to)}`),
    text(t('slip.signedUp.noChange')),
    text(t('slip.signedUp.within')),
  ];
}

function status({ status: { linked, counted, granted, remaining }, pending }: Subject<'status'>, writer: Writer): SlipLine[] {
  const { t } = writer;
  return [
    title(t('slip.status.title')),
    ...(linked === null ? [text(t('slip.status.none'))] : linkedLines(linked, writer)),
    number(t('slip.status.counted'), t('slip.yen', { amount: counted })),
    number(t('slip.status.granted'), t('slip.points', { amount: granted })),
    number(t('slip.status.remaining'), t('slip.points', { amount: remaining })),
    ...pending.flatMap(({ receipt, state, code }) => [
      number(
        t(state === 'lost' ? 'slip.status.lost' : code === null ? 'slip.status.pending' : 'slip.status.refused'),
        formatReceipt(receipt),
      ),
      ...(code === null ? [] : refusalLines(code, writer)),
    ]),
  ];
}

function later({ id, service, preRegistration, needs }: Subject<'later'>, { t, language }: Writer): SlipLine[] {
  return [
    title(t('slip.later.title')),
    number(t('slip.service'), inLanguage(service, language).slice(0, 40)),
    ...(preRegistration === null ? [] : [text(inLanguage(preRegistration, language))]),
    text(t('slip.later.impersonal')),
    text(t('slip.later.code')),
    text(t('slip.later.bring')),
    ...needs.map((need) => text(`- ${inLanguage(need, language)}`)),
    { type: 'code', text: serviceCode(id) },
  ];
}

function applicationStatus({ receipt, application }: Subject<'application-status'>, { t }: Writer): SlipLine[] {
  const { state } = application;
  return [
    title(t('slip.application.status')),
    text(t(`applicationStatus.title.${state}`)),
    text(t(`applicationStatus.text.${state}`)),
    ...(state === 'returned' ? application.reasons.map((reason) => text(`- ${t(`applicationStatus.reasons.${reason}`)}`)) : []),
    { type: 'code', text: receiptCode(receipt) },
  ];
}

function check({ items, facts }: Subject<'check'>, writer: Writer): SlipLine[] {
  const { t, language } = writer;
  return [
    title(t('slip.check.title')),
    // A PIN that cannot be used sends somebody to an office: paper says with what.
    ...items.flatMap((item) =>
      item === 'pin-reset-needed' ? problemLines({ code: 'pin-unusable' }, writer) : [text(t(`check.items.${item}`))],
    ),
    number(t('slip.check.until'), dayIn(language, Date.parse(facts.notAfter))),
    number(t('slip.check.tries'), String(facts.triesLeft)),
    ...(facts.renewal === null ? [] : trip(facts.renewal, writer)),
  ];
}

/** The way to the counter that renews (SOURCES.md, Set-up: states of a card; what to bring: as the municipalities ask for it). */
function trip(way: RenewalTrip, { t, language }: Writer): SlipLine[] {
  return [
    { type: 'rule' },
    title(t('slip.trip.title')),
    way.state === 'over'
      ? text(t('slip.trip.over'))
      : number(t('slip.trip.when'), `${dayOf(language, way.from)} - ${dayOf(language, way.until)}`),
    text(t('slip.trip.where')),
    text(t('slip.trip.bring')),
    ...(['card', 'pins', 'notice'] as const).map((thing) => text(`- ${t(`slip.trip.${thing}`)}`)),
    text(t(way.cardToo ? 'slip.trip.cardToo' : 'slip.trip.sameDay')),
    text(t('slip.trip.stay')),
    text(t('slip.trip.calendar')),
    { type: 'calendar', text: renewalCalendar(way, t) },
  ];
}
