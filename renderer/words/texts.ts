import { LOCALES, type PublicLanguage } from '../../main/contract/languages.ts';
import { createTexts, type PlainKey } from '../../main/contract/words/texts.ts';
import { PAGE_WORDS, type PageWords } from './words.generated.ts';

/** A key of one of the page's texts, as in `pin.title`. */
export type TextKey = keyof PageWords;
/** A key whose text has no values. */
export type PlainTextKey = PlainKey<PageWords>;

/** One text of the page, readings included. */
export const textOf = createTexts<PublicLanguage, PageWords>(PAGE_WORDS, LOCALES);
