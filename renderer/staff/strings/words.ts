import type { CameraFault } from '../../../main/contract/camera.ts';
import type { CardProblemCode } from '../../../main/contract/card.ts';
import type { LeftOut, Part } from '../../../main/contract/left-out.ts';
import type { Language } from '../../../main/contract/page-protocol.ts';
import type { RefusalCode } from '../../../main/contract/platform.ts';
import type { ContactProblem, EntryProblem, FormProblem, Journey, ScreenName, ScreenOf } from '../../../main/contract/screens.ts';
import type { PrintFailure } from '../../../main/contract/slip.ts';
import type { HelpView, StaffRole, StaffState } from '../../../main/contract/staff.ts';
import type { AskFailure } from '../port/connect.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

/** The staff's words, for people who know the trade: short, no ruby. Every code of the contract has its own. */
export interface StaffWords {
  readonly title: string;
  readonly language: Record<Language, string>;
  readonly role: Record<StaffRole, string>;
  readonly access: {
    readonly connecting: string;
    readonly connectingText: string;
    readonly keyless: string;
    readonly keylessText: string;
    readonly key: string;
    readonly keyEnter: string;
    readonly keyWrong: string;
    readonly unknown: string;
    readonly unknownText: string;
    readonly first: string;
    readonly firstText: string;
    readonly passcode: string;
    readonly again: string;
    readonly differ: string;
    readonly set: string;
    readonly show: string;
    readonly hide: string;
    readonly locked: string;
    readonly lockedText: string;
    readonly until: string;
    readonly triesLeft: (tries: number) => string;
    readonly refused: Record<NonNullable<StaffState['refused']>, string>;
    readonly checking: string;
  };
  readonly help: {
    readonly heading: string;
    readonly called: string;
    readonly since: (minutes: number) => string;
    readonly coming: string;
    readonly quiet: string;
    readonly atScreen: string;
    readonly free: string;
    readonly journey: string;
    readonly step: string;
    readonly reason: string;
    readonly noReason: string;
    readonly line: Record<'online' | 'offline', string>;
    readonly strangeSlot: string;
    readonly printer: Record<HelpView['printer'], string>;
    readonly camera: Record<'good' | 'trouble', string>;
    readonly parked: (count: number) => string;
    /** A journey that is not offered, and the part that it lacks. */
    readonly leftOut: (journey: string, part: string) => string;
    readonly parts: Record<Part, string>;
    readonly soundOn: string;
    readonly soundOff: string;
    readonly silent: string;
    readonly sideNote: string;
  };
  readonly console: {
    readonly open: string;
    readonly openText: string;
    readonly endVisit: string;
    readonly endVisitText: string;
    readonly opening: string;
    readonly close: string;
    readonly cancel: string;
    readonly closesIn: (seconds: number) => string;
    readonly stay: string;
    readonly publicOut: string;
    readonly tabs: string;
    readonly reload: string;
    readonly loading: string;
  };
  readonly failed: Record<AskFailure, string>;
  readonly audit: {
    readonly tab: string;
    readonly whole: (count: number) => string;
    readonly broken: (at: number) => string;
    readonly brokenText: string;
    readonly time: string;
    readonly who: string;
    readonly action: string;
    readonly outcome: string;
    readonly older: string;
    readonly newest: string;
    readonly save: string;
    readonly empty: string;
    readonly role: Record<'clerk' | 'engineer' | 'kiosk' | 'nobody', string>;
    /** By the action's code; one without words is shown as its code. */
    readonly actions: Readonly<Record<string, string>>;
    readonly outcomes: Readonly<Record<string, string>>;
  };
  readonly journeys: Record<Journey, string>;
  readonly steps: Record<ScreenName, string>;
  readonly reasons: {
    readonly card: Record<CardProblemCode | 'slow' | 'left', string>;
    readonly order: Record<ScreenOf<'out-of-order'>['reason'], string>;
    readonly refused: Record<RefusalCode, string>;
    readonly cannot: Record<ScreenOf<'cannot-accept'>['reason'], string>;
    readonly entry: Record<EntryProblem, string>;
    readonly form: Record<FormProblem, string>;
    readonly contact: Record<ContactProblem, string>;
    readonly pending: Record<NonNullable<ScreenOf<'pending-find'>['problem']>, string>;
    readonly printer: Record<PrintFailure, string>;
    readonly camera: Record<CameraFault, string>;
    readonly parked: string;
  };
}

export const WORDS: Record<Language, StaffWords> = { ja, en };

/** `card.pin-locked` in words; what has none is shown as the code itself, so that staff can at least say it on the telephone. */
export function reasonInWords({ reasons }: StaffWords, reason: string): string {
  if (reason === 'parked') return reasons.parked;
  const dot = reason.indexOf('.');
  const group = (reasons as unknown as Record<string, Record<string, string> | undefined>)[reason.slice(0, dot)];
  return group?.[reason.slice(dot + 1)] ?? reason;
}

/** @param step a screen's name, as the core says it */
export const stepInWords = ({ steps }: StaffWords, step: string): string =>
  (steps as Record<string, string | undefined>)[step] ?? step;

export const leftOutInWords = ({ help, journeys }: StaffWords, { journey, lacks }: LeftOut): string =>
  help.leftOut(journeys[journey], help.parts[lacks]);
