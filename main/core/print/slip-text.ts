import { LOCALES, type PublicLanguage } from '../../contract/languages.ts';
import { plainText } from '../../contract/words/ruby.ts';
import { createTexts, type ValueArguments } from '../../contract/words/texts.ts';
import { SLIP_WORDS, type SlipWords } from './words.generated.ts';

/** A text for paper in one language. */
export type SlipText = <K extends keyof SlipWords>(key: K, ...values: ValueArguments<SlipWords, K>) => string;

const textOf = createTexts<PublicLanguage, SlipWords>(SLIP_WORDS, LOCALES);

/** Paper has no room for readings. */
export const slipText =
  (language: PublicLanguage): SlipText =>
  (key, ...values) =>
    plainText(textOf(language, key, ...values));
