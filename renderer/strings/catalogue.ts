import type { ApplicationState, ContactKind, PhotoHint, PhotoWay, ReturnReason } from '../../main/contract/application.ts';
import type { CardProblemCode } from '../../main/contract/card.ts';
import type { Category, Purpose, WhereToFind } from '../../main/contract/catalogue.ts';
import type { Language } from '../../main/contract/page-protocol.ts';
import type { HistoryItem, RefusalCode } from '../../main/contract/platform.ts';
import type { CheckItem, ContactProblem, EntryProblem, FormProblem, QueuedKind, ScreenOf } from '../../main/contract/screens.ts';
import type { ServiceHindrance } from '../../main/contract/service-filter.ts';
import type { PrintFailure } from '../../main/contract/slip.ts';
import type { CameraTrouble } from '../camera/trouble.ts';
import type { ja } from './ja.ts';

interface TextAndNext {
  readonly text: string;
  readonly next: string;
}

interface WhatAndNext {
  readonly what: string;
  readonly next: string;
}

/** What a catalogue cannot leave out: every code of the contract has its own words. */
export interface CatalogueRules {
  readonly languageName: Record<Language, string>;
  readonly printing: { readonly failed: Record<PrintFailure, string> };
  readonly check: { readonly items: Record<CheckItem, string> };
  readonly problem: { readonly tryAgain: string } & Record<CardProblemCode, TextAndNext & { readonly title: string }>;
  readonly refused: Record<RefusalCode, TextAndNext & { readonly title: string }>;
  readonly cannot: { readonly title: string; readonly nothing: string } & Record<
    ScreenOf<'cannot-accept'>['reason'],
    TextAndNext
  >;
  readonly categories: Record<Category, string>;
  readonly purposes: Record<Purpose, string>;
  readonly hindrance: Record<ServiceHindrance, string>;
  readonly hindranceText: Record<ServiceHindrance, string>;
  readonly where: Record<WhereToFind, string>;
  readonly whereShort: Record<WhereToFind, string>;
  readonly wherePicture: Record<WhereToFind, string>;
  readonly entry: { readonly problem: Record<EntryProblem, string> };
  readonly pendingFind: { readonly problem: Record<NonNullable<ScreenOf<'pending-find'>['problem']>, string> };
  readonly pendingRow: Record<'title' | 'text', Record<ScreenOf<'pending-row'>['state'], string>>;
  readonly status: { readonly what: Record<HistoryItem['what'], string> };
  readonly kinds: Record<QueuedKind, string>;
  readonly formRead: { readonly problem: Record<FormProblem, string> };
  readonly contact: Record<ContactKind | 'none', string> & { readonly problem: Record<ContactProblem, string> };
  readonly photo: { readonly hints: Record<PhotoHint, string>; readonly trouble: Record<'black' | CameraTrouble, WhatAndNext> };
  readonly applicationReadBack: { readonly ways: Record<PhotoWay, string> };
  readonly applicationStatus: Record<'title' | 'text', Record<ApplicationState['state'] | 'unknown', string>> & {
    readonly reasons: Record<ReturnReason, string>;
  };
  readonly goodbye: Record<'title' | 'text', Record<ScreenOf<'goodbye'>['reason'], string>>;
  readonly outOfOrder: { readonly text: Record<ScreenOf<'out-of-order'>['reason'], string> };
}

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
/** The shape every language has: the Japanese one, which is written first. */
export type Catalogue = Same<typeof ja>;

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];
/** A path to one text, as in `pin.title`. */
export type TextKey = Leaves<Catalogue>;
