import type { CardProblemCode } from '../../main/contract/card.ts';
import type { RefusalCode } from '../../main/contract/platform.ts';
import type { Language } from '../../main/contract/port.ts';
import type { CheckItem, ScreenOf } from '../../main/contract/screens.ts';
import type { PrintFailure } from '../../main/contract/slip.ts';
import type { ja } from './ja.ts';

interface TextAndNext {
  readonly text: string;
  readonly next: string;
}

/** What a catalogue cannot leave out: every code of the contract has its own words. */
export interface CatalogueRules {
  readonly languageName: Record<Language, string>;
  readonly printing: { readonly failed: Record<PrintFailure, string> };
  readonly check: { readonly items: Record<CheckItem, string> };
  readonly problem: { readonly tryAgain: string } & Record<CardProblemCode, TextAndNext & { readonly title: string }>;
  readonly refused: { readonly title: string } & Record<RefusalCode, TextAndNext>;
  readonly cannot: { readonly title: string; readonly nothing: string } & Record<
    ScreenOf<'cannot-accept'>['reason'],
    TextAndNext
  >;
  readonly goodbye: Record<'title' | 'text', Record<ScreenOf<'goodbye'>['reason'], string>>;
  readonly outOfOrder: { readonly text: Record<ScreenOf<'out-of-order'>['reason'], string> };
}

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
/** The shape every language has: the Japanese one, which is written first. */
export type Catalogue = Same<typeof ja>;

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];
/** A path to one text, as in `pin.title`. */
export type TextKey = Leaves<Catalogue>;
