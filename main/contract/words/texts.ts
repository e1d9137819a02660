import { IntlMessageFormat } from 'intl-messageformat';
import { READING, TIE } from './ruby.ts';

/** One file of `kiosk-config/words/<language>/`: texts in ICU MessageFormat by their keys. Notes for translators are not read here. */
export type WordsFile = Readonly<Record<string, { readonly text: string }>>;

/** What may stand in a text for `{name}`. A number is formatted where the text says `{name, number}`, or chooses a plural. */
export type Value = string | number;

type Intersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
/** The values of a text by its key; of several keys, the values of all of them. `W`: keys to values, generated (words.generated.ts). */
export type ValuesOf<W, K extends keyof W> = Intersection<W[K]>;
/** The values as arguments: none where the text has none. */
export type ValueArguments<W, K extends keyof W> =
  Record<never, never> extends ValuesOf<W, K> ? [values?: ValuesOf<W, K>] : [values: ValuesOf<W, K>];
/** Keys of the texts without values: what can be handed on as a key alone. */
export type PlainKey<W> = { [K in keyof W & string]: Record<never, never> extends W[K] ? K : never }[keyof W & string];

export interface TextOf<L extends string, W> {
  /** A text in a language, `{base|reading}` mark-up included. */
  <K extends keyof W & string>(language: L, key: K, ...values: ValueArguments<W, K>): string;
  /** Is there a text without values for a key that was made of codes? */
  has(key: string): key is PlainKey<W>;
}

/** Readings one after the other. */
const READINGS = new RegExp(`(?:${READING.source})+`, 'g');
/** A value's place in a text. */
const PLACE = /\{\w+\s*[,}]/;

/**
 * Reads ICU MessageFormat. Our mark-up for readings has braces, too: it is quoted first and comes out as it was. `~` ties two words, and no line
 * begins between them.
 * @throws SyntaxError for a text that is no message; `npm run check` finds it before
 */
export function parseMessage(text: string, locale: string): IntlMessageFormat {
  // A whole run at once: between two quoted pieces the quotes would meet, and two quotes are an apostrophe.
  const quoted = text.replaceAll(READINGS, (run) => `'${run.replaceAll("'", "''")}'`).replaceAll('~', TIE);
  return new IntlMessageFormat(quoted, locale, undefined, { ignoreTag: true });
}

/** @param words the files of every language @param locales of its numbers and plurals */
export function createTexts<L extends string, W>(
  words: Readonly<Record<L, readonly WordsFile[]>>,
  locales: Readonly<Record<L, string>>,
): TextOf<L, W> {
  const all = new Map<string, { readonly files: readonly WordsFile[]; readonly parsed: Map<string, IntlMessageFormat> }>();
  for (const language of Object.keys(words) as L[]) all.set(language, { files: words[language], parsed: new Map() });
  const textOf = <K extends keyof W & string>(language: L, key: K, ...[values]: ValueArguments<W, K>): string => {
    const known = all.get(language);
    let message = known?.parsed.get(key);
    if (known === undefined || message === undefined) {
      const text = known?.files.find((file) => Object.hasOwn(file, key))?.[key]?.text;
      // A missing text is a bug, which the check finds; it must not hide behind another language.
      if (known === undefined || text === undefined) return key;
      message = parseMessage(text, locales[language]);
      // The message is kept, never what came of it: values may be about a person.
      known.parsed.set(key, message);
    }
    return String(message.format(values as Record<string, Value> | undefined));
  };
  const some: readonly WordsFile[] = [...all.values()][0]?.files ?? [];
  const has = (key: string): key is PlainKey<W> =>
    some.some((file) => Object.hasOwn(file, key) && !PLACE.test(file[key]?.text.replaceAll(READING, '') ?? ''));
  return Object.assign(textOf, { has });
}
