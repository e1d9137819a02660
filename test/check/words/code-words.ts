import { z } from 'zod';
import { ApplicationState, PhotoHint, PhotoWay, ReturnReason } from '../../../main/contract/application.ts';
import { CAMERA_TROUBLES } from '../../../main/contract/camera.ts';
import { CardProblem } from '../../../main/contract/card.ts';
import { Category, Purpose, WhereToFind } from '../../../main/contract/catalogue.ts';
import { ANY_FINDINGS, HEALTH_FINDINGS } from '../../../main/contract/health-findings.ts';
import { StaffLanguage } from '../../../main/contract/languages.ts';
import { HistoryItem, RefusalCode } from '../../../main/contract/platform.ts';
import {
  CheckItem,
  ContactProblem,
  EntryProblem,
  FormProblem,
  Journey,
  QueuedKind,
  Screen,
} from '../../../main/contract/screens.ts';
import { ServiceHindrance } from '../../../main/contract/service-filter.ts';
import { PrintFailure } from '../../../main/contract/slip.ts';
import type { CodeWords } from './word-faults.ts';

/** The codes of a field of a screen. */
function codesOf(screen: string, field: string): readonly string[] {
  const schema = Screen.options.find(({ shape }) => shape.name.value === screen)?.shape as Record<string, z.ZodType> | undefined;
  let type = schema?.[field];
  while (type instanceof z.ZodNullable || type instanceof z.ZodOptional) type = type.unwrap() as z.ZodType;
  if (!(type instanceof z.ZodEnum)) throw new Error(`${screen}.${field} is no list of codes`);
  return type.options.map(String);
}

const one = (group: string) => (code: string) => [`${group}.${code}`];
const parts =
  (group: string, ...names: string[]) =>
  (code: string) =>
    names.map((name) => `${group}.${code}.${name}`);

/** Every code of the contract that people are told of, and the texts that tell it. */
export const CODE_WORDS: readonly CodeWords[] = [
  { what: 'refusal', codes: RefusalCode.options, keys: parts('refused', 'title', 'text', 'next') },
  {
    what: 'card problem',
    codes: CardProblem.options.map(({ shape }) => shape.code.value),
    keys: parts('problem', 'title', 'text', 'next'),
  },
  { what: 'print failure', codes: PrintFailure.options, keys: one('printing.failed') },
  { what: 'cannot accept', codes: codesOf('cannot-accept', 'reason'), keys: parts('cannot', 'text', 'next') },
  { what: 'out of order', codes: codesOf('out-of-order', 'reason'), keys: one('outOfOrder.text') },
  {
    what: 'end',
    codes: codesOf('goodbye', 'reason'),
    keys: (code) => [`goodbye.title.${code}`, `goodbye.text.${code}`],
  },
  { what: 'check item', codes: CheckItem.options, keys: one('check.items') },
  { what: 'category', codes: Category.options, keys: one('categories') },
  { what: 'purpose', codes: Purpose.options, keys: one('purposes') },
  { what: 'hindrance', codes: ServiceHindrance.options, keys: (code) => [`hindrance.${code}`, `hindranceText.${code}`] },
  {
    what: 'where to find',
    codes: WhereToFind.options,
    keys: (code) => [`where.${code}`, `whereShort.${code}`, `wherePicture.${code}`],
  },
  { what: 'entry problem', codes: EntryProblem.options, keys: one('entry.problem') },
  { what: 'form problem', codes: FormProblem.options, keys: one('formRead.problem') },
  { what: 'contact problem', codes: ContactProblem.options, keys: one('contact.problem') },
  { what: 'receipt problem', codes: codesOf('receipt-find', 'problem'), keys: one('receiptFind.problem') },
  {
    what: 'receipt state',
    codes: codesOf('receipt-state', 'state'),
    keys: (code) => [`receiptState.title.${code}`, `receiptState.text.${code}`],
  },
  { what: 'kind', codes: QueuedKind.options, keys: one('kinds') },
  { what: 'history', codes: HistoryItem.shape.what.options, keys: one('status.what') },
  { what: 'photo hint', codes: PhotoHint.options, keys: one('photo.hints') },
  { what: 'photo way', codes: PhotoWay.options, keys: one('applicationReadBack.ways') },
  { what: 'camera trouble', codes: CAMERA_TROUBLES, keys: parts('photo.trouble', 'what', 'next') },
  {
    what: 'application state',
    codes: ['unknown', ...ApplicationState.options.map(({ shape }) => shape.state.value)],
    keys: (code) => [`applicationStatus.title.${code}`, `applicationStatus.text.${code}`],
  },
  { what: 'return reason', codes: ReturnReason.options, keys: one('applicationStatus.reasons') },
  // What staff call them.
  { what: 'staff language', codes: StaffLanguage.options, keys: one('staff.language') },
  { what: 'screen', codes: Screen.options.map(({ shape }) => shape.name.value), keys: one('screen') },
  { what: 'journey', codes: Journey.options, keys: one('journey') },
  { what: 'category', codes: Category.options, keys: one('category') },
  { what: 'end', codes: codesOf('goodbye', 'reason').filter((reason) => reason !== 'done'), keys: one('gaveUp') },
  {
    what: 'card problem',
    codes: [...CardProblem.options.map(({ shape }) => shape.code.value), 'slow', 'left'],
    keys: one('reason.card'),
  },
  { what: 'refusal', codes: RefusalCode.options, keys: one('reason.refused') },
  { what: 'out of order', codes: codesOf('out-of-order', 'reason'), keys: one('reason.order') },
  { what: 'cannot accept', codes: codesOf('cannot-accept', 'reason'), keys: one('reason.cannot') },
  { what: 'entry problem', codes: EntryProblem.options, keys: one('reason.entry') },
  { what: 'form problem', codes: FormProblem.options, keys: one('reason.form') },
  { what: 'contact problem', codes: ContactProblem.options, keys: one('reason.contact') },
  { what: 'receipt problem', codes: codesOf('receipt-find', 'problem'), keys: one('reason.receipt') },
  { what: 'camera', codes: ['stand-in', ...CAMERA_TROUBLES], keys: one('reason.camera') },
  { what: 'print failure', codes: PrintFailure.options, keys: one('reason.printer') },
  ...Object.entries({ ...HEALTH_FINDINGS, any: ANY_FINDINGS }).map(([id, findings]) => ({
    what: `finding of ${id}`,
    codes: findings,
    keys: (code: string) => [`finding.${id}.${code}.says`, ...(id === 'any' ? [] : [`finding.${id}.name`])],
  })),
];
