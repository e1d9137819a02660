import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { Language } from '../../contract/port.ts';
import { formatReceipt } from '../../contract/receipt.ts';
import type { CheckItem } from '../../contract/screens.ts';
import type { Slip, SlipLine } from '../../contract/slip.ts';
import { en, ja } from './slip-strings.ts';

/** What a slip is about. A My Key ID comes masked only; nothing else on paper is personal. */
export type SlipSubject =
  | { readonly kind: 'received'; readonly receipt: string }
  | { readonly kind: 'issued'; readonly receipt: string; readonly maskedId: string; readonly alreadySet: boolean }
  | { readonly kind: 'accepted'; readonly receipt: string }
  | { readonly kind: 'refused'; readonly receipt: string; readonly code: RefusalCode }
  | { readonly kind: 'problem'; readonly problem: CardProblem }
  | { readonly kind: 'check'; readonly facts: CardFacts; readonly items: readonly CheckItem[] };

/** The last two of eight characters; enough to know one's own, useless to anybody else. */
export function maskId(myKeyId: string): string {
  return '*'.repeat(Math.max(0, myKeyId.length - 2)) + myKeyId.slice(-2);
}

export interface SlipFrame {
  readonly id: string;
  readonly language: Language;
  readonly terminal: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Lays out one slip in the person's language. Dates are Japan time. */
export function slipFor(subject: SlipSubject, { id, language, terminal, now }: SlipFrame): Slip {
  const strings = language === 'ja' ? ja : en;
  const text = (line: string): SlipLine => ({ type: 'text', text: line });
  const body = (): SlipLine[] => {
    switch (subject.kind) {
      case 'received':
        return [{ type: 'title', text: strings.received.title }, ...strings.received.lines.map(text)];
      case 'accepted':
        return [{ type: 'title', text: strings.accepted.title }, ...strings.accepted.lines.map(text)];
      case 'issued':
        return [
          { type: 'title', text: strings.issued.title },
          ...(subject.alreadySet ? [text(strings.issued.already)] : []),
          { type: 'number', label: strings.issued.idLabel, value: subject.maskedId },
          ...strings.issued.lines.map(text),
        ];
      case 'refused':
        return [{ type: 'title', text: strings.refused.title }, text(strings.refused.why[subject.code])];
      case 'problem':
        return [{ type: 'title', text: strings.problem.title }, text(strings.problem.why[subject.problem.code])];
      case 'check':
        return [
          { type: 'title', text: strings.check.title },
          ...subject.items.map((item) => text(strings.check.items[item])),
          { type: 'number', label: strings.check.untilLabel, value: dateIn(language, Date.parse(subject.facts.notAfter), false) },
          { type: 'number', label: strings.check.triesLabel, value: String(subject.facts.triesLeft) },
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
  return { id, receipt, lines };
}

function dateIn(language: Language, at: number, withTime: boolean): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    ...(withTime ? { timeStyle: 'short' as const } : {}),
  }).format(at);
}
