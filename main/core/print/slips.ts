import type { ApplicationState } from '../../contract/application.ts';
import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Words } from '../../contract/catalogue.ts';
import type { Language } from '../../contract/page-protocol.ts';
import type { Linked, RefusalCode, StatusReply } from '../../contract/platform.ts';
import { formatReceipt } from '../../contract/receipt.ts';
import { type RenewalTrip, renewalCalendar } from '../../contract/renewal.ts';
import type { CheckItem, PendingHere, Prospect, SlipState } from '../../contract/screens.ts';
import type { Slip, SlipLine } from '../../contract/slip.ts';
import type { SubmissionContent, SubmissionKind } from '../../contract/submission.ts';
import { receiptCode, serviceCode } from '../catalogue/scanned.ts';
import { en, ja } from './slip-strings.ts';

/** What a slip is about. A My Key ID and an account come masked only; nothing else on paper is personal. */
export type SlipSubject =
  | { readonly kind: 'received'; readonly receipt: string; readonly act: SubmissionKind }
  | { readonly kind: 'issued'; readonly receipt: string; readonly maskedId: string; readonly alreadySet: boolean }
  | { readonly kind: 'signed-up'; readonly receipt: string; readonly linked: Linked; readonly prospect: Prospect }
  | { readonly kind: 'already'; readonly receipt: string; readonly linked: Linked }
  | { readonly kind: 'granted'; readonly receipt: string; readonly linked: Linked; readonly amount: number }
  | { readonly kind: 'status'; readonly status: StatusReply; readonly pending: PendingHere }
  | { readonly kind: 'accepted' | 'parked'; readonly receipt: string; readonly act: SubmissionKind }
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
  | { readonly kind: 'no-form' | 'moved-advice' }
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
export interface SlipTeller {
  send(event: { type: 'SLIP'; slip: SlipState }): void;
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
  readonly language: Language;
  readonly terminal: string;
  /** Epoch ms that it shows: of the submission that it is about, where it is about one. */
  readonly now: number;
  /** For a person who reads the screen in large type. */
  readonly large: boolean;
}

/** Lays out one slip in the person's language. Dates are Japan time. */
export function slipFor(subject: SlipSubject, { id, language, terminal, now, large }: SlipFrame): Slip {
  const strings = language === 'ja' ? ja : en;
  const text = (line: string): SlipLine => ({ type: 'text', text: line });
  const number = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB');
  const yen = (amount: number) => `${number.format(amount)}${strings.yen}`;
  const points = (amount: number) => `${number.format(amount)}${strings.points}`;
  const day = (date: string) => dateIn(language, Date.parse(`${date}T00:00:00+09:00`), false);
  const linkedLines = ({ service, account }: Linked): SlipLine[] => [
    { type: 'number', label: strings.serviceLabel, value: service[language].slice(0, 40) },
    // Printers know no bullet: stars, as banks print them.
    { type: 'number', label: strings.accountLabel, value: account.replaceAll('•', '*') },
  ];
  const tripLines = (trip: RenewalTrip): SlipLine[] => {
    const { title, whenLabel, over, where, bring, things, card, cardToo, stay, calendar } = strings.trip;
    return [
      { type: 'rule' },
      { type: 'title', text: title },
      ...(trip.state === 'over'
        ? [text(over)]
        : [{ type: 'number' as const, label: whenLabel, value: `${day(trip.from)} - ${day(trip.until)}` }]),
      text(where),
      text(bring),
      ...things.map((thing) => text(`- ${thing}`)),
      text(trip.cardToo ? cardToo : card),
      text(stay),
      text(calendar),
      { type: 'calendar', text: renewalCalendar(trip, language === 'ja' ? 'ja' : 'en') },
    ];
  };
  const body = (): SlipLine[] => {
    switch (subject.kind) {
      case 'received':
        return [
          { type: 'title', text: strings.received.title[subject.act] },
          ...strings.received.lines.map(text),
          text(strings.result[subject.act]),
          text(strings.received.takeBack),
          { type: 'code', text: receiptCode(subject.receipt) },
        ];
      case 'accepted':
        return [
          { type: 'title', text: strings.accepted.title[subject.act] },
          text(strings.accepted.arrived),
          text(strings.result[subject.act]),
        ];
      case 'parked':
        return [
          { type: 'title', text: strings.received.title[subject.act] },
          ...strings.parked.lines.map(text),
          { type: 'code', text: receiptCode(subject.receipt) },
        ];
      case 'issued':
        return [
          { type: 'title', text: strings.issued.title },
          ...(subject.alreadySet ? [text(strings.issued.already)] : []),
          { type: 'number', label: strings.issued.idLabel, value: subject.maskedId },
          ...strings.issued.lines.map(text),
        ];
      case 'signed-up': {
        const { spend, cap, from, to } = subject.prospect;
        return [
          { type: 'title', text: strings.signedUp.title },
          ...linkedLines(subject.linked),
          text(strings.signedUp.on[subject.linked.on]),
          { type: 'number', label: strings.signedUp.spend, value: yen(spend) },
          { type: 'number', label: strings.signedUp.cap, value: points(cap) },
          { type: 'number', label: strings.signedUp.period, value: `${day(from)} - ${day(to)}` },
          ...strings.signedUp.lines.map(text),
        ];
      }
      case 'already':
        return [
          { type: 'title', text: strings.already.title },
          ...linkedLines(subject.linked),
          ...strings.already.lines.map(text),
        ];
      case 'granted':
        return [
          { type: 'title', text: strings.granted.title },
          ...linkedLines(subject.linked),
          { type: 'number', label: strings.granted.amount, value: points(subject.amount) },
        ];
      case 'status': {
        const { linked, counted, granted, remaining } = subject.status;
        return [
          { type: 'title', text: strings.status.title },
          ...(linked === null ? [text(strings.status.none)] : linkedLines(linked)),
          { type: 'number', label: strings.status.counted, value: yen(counted) },
          { type: 'number', label: strings.status.granted, value: points(granted) },
          { type: 'number', label: strings.status.remaining, value: points(remaining) },
          ...subject.pending.flatMap(({ receipt, state, code }): SlipLine[] => [
            {
              type: 'number',
              label: state === 'lost' ? strings.status.lost : code === null ? strings.status.pending : strings.status.refused,
              value: formatReceipt(receipt),
            },
            ...(code === null ? [] : [text(strings.refused.why[code])]),
          ]),
        ];
      }
      case 'cancelled': {
        const { title, lines } = subject.cancelled ? strings.cancelled : strings.tooLate;
        return [{ type: 'title', text: title }, ...lines.map(text)];
      }
      case 'later':
        return [
          { type: 'title', text: strings.later.title },
          { type: 'number', label: strings.serviceLabel, value: subject.service[language].slice(0, 40) },
          ...(subject.preRegistration === null ? [] : [text(subject.preRegistration[language])]),
          ...strings.later.lines.map(text),
          ...subject.needs.map((need) => text(`- ${need[language]}`)),
          { type: 'code', text: serviceCode(subject.id) },
        ];
      case 'application-accepted': {
        const { title, soon, weeks, lines, look } = strings.application.accepted;
        return [
          { type: 'title', text: title },
          text(subject.weeks === null ? soon : weeks(subject.weeks)),
          ...lines.map(text),
          text(look),
          { type: 'code', text: receiptCode(subject.receipt) },
        ];
      }
      case 'application-status': {
        const { title, states, why } = strings.application.status;
        const { application } = subject;
        return [
          { type: 'title', text: title },
          text(states[application.state]),
          ...(application.state === 'returned' ? application.reasons.map((reason) => text(`- ${why[reason]}`)) : []),
          { type: 'code', text: receiptCode(subject.receipt) },
        ];
      }
      case 'no-form':
        return [{ type: 'title', text: strings.application.noForm.title }, ...strings.application.noForm.lines.map(text)];
      case 'moved-advice':
        return [{ type: 'title', text: strings.application.moved.title }, ...strings.application.moved.lines.map(text)];
      case 'refused':
        return [{ type: 'title', text: strings.refused.title[subject.act] }, text(strings.refused.why[subject.code])];
      case 'renewed-wait':
        return [{ type: 'title', text: strings.problem.title }, text(strings.refused.why['certificate-unknown'])];
      case 'problem':
        return [{ type: 'title', text: strings.problem.title }, text(strings.problem.why[subject.problem.code])];
      case 'check':
        return [
          { type: 'title', text: strings.check.title },
          ...subject.items.map((item) => text(strings.check.items[item])),
          { type: 'number', label: strings.check.untilLabel, value: dateIn(language, Date.parse(subject.facts.notAfter), false) },
          { type: 'number', label: strings.check.triesLabel, value: String(subject.facts.triesLeft) },
          ...(subject.facts.renewal === null ? [] : tripLines(subject.facts.renewal)),
        ];
    }
  };
  const receipt = 'receipt' in subject ? subject.receipt : null;
  const lines: SlipLine[] = [
    ...body(),
    ...(receipt === null ? [] : [{ type: 'number' as const, label: strings.receiptLabel, value: formatReceipt(receipt) }]),
    { type: 'rule' },
    text(`${strings.dateLabel} ${dateIn(language, now, true)}`),
    text(`${strings.terminalLabel} ${terminal}`),
    text(strings.phone),
  ];
  return { id, receipt, large, lines };
}

function dateIn(language: Language, at: number, withTime: boolean): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    ...(withTime ? { timeStyle: 'short' as const } : {}),
  }).format(at);
}
