import { z } from 'zod';

interface Traits {
  /** What the language calls itself, on the button that chooses it: at most about 15 letters. */
  readonly name: string;
  /** Of its dates, numbers and plurals (BCP 47). */
  readonly locale: string;
  /** Where words of others (a town's settings, terms, the catalogue) lack it: the languages that a reader most likely understands, in order. Japanese is always there. */
  readonly instead: readonly string[];
  /** Kanji in it carry readings. */
  readonly readings: boolean;
  /** On what names are typed: kana or letters. */
  readonly keyboard: 'kana' | 'letters';
}

/** The citizens' languages, for page and slips. A new one is a line here, its folder under `kiosk-config/words`, and its font. */
const PUBLIC = {
  ja: { name: '日本語', locale: 'ja-JP', instead: [], readings: true, keyboard: 'kana' },
  en: { name: 'English', locale: 'en-GB', instead: ['ja'], readings: false, keyboard: 'letters' },
} as const satisfies Record<string, Traits>;
type Public = keyof typeof PUBLIC;
const names = Object.keys(PUBLIC) as [Public, ...Public[]];

export const PublicLanguage = z.enum(names);
export type PublicLanguage = z.infer<typeof PublicLanguage>;

/** The staff's languages, for their page and the report; each of them is a public one too. */
export const StaffLanguage = z.enum(['ja', 'en'] satisfies readonly Public[]);
export type StaffLanguage = z.infer<typeof StaffLanguage>;

export const traitsOf = (language: PublicLanguage): Traits => PUBLIC[language];

const each = <T>(make: (language: Public) => T) =>
  Object.fromEntries(names.map((language) => [language, make(language)])) as Record<Public, T>;

/** BCP 47 tags. */
export const LOCALES: Readonly<Record<PublicLanguage, string>> = each((language) => PUBLIC[language].locale);

/** What others have written, in the languages that they had: Japanese always, any other perhaps. */
export type Localised<T> = { ja: T } & { [L in Exclude<Public, 'ja'>]?: T | undefined };

/** The schema of `Localised`. Languages that this kiosk does not know are left out. */
export const localised = <S extends z.ZodType>(schema: S) =>
  z.object({
    ...(each(() => schema.optional()) as Record<Exclude<Public, 'ja'>, z.ZodOptional<S>>),
    ja: schema,
  });

/** The words in a language, or in the one that stands in for it. */
export function inLanguage<T>(words: Localised<T>, language: PublicLanguage): T;
/** No words: null. */
export function inLanguage<T>(words: Localised<T> | null | undefined, language: PublicLanguage): T | null;
export function inLanguage<T>(words: Localised<T> | null | undefined, language: PublicLanguage): T | null {
  if (words === null || words === undefined) return null;
  const by: Readonly<Partial<Record<string, T>>> = words;
  for (const one of [language, ...PUBLIC[language].instead]) {
    const found = by[one];
    if (found !== undefined) return found;
  }
  return words.ja;
}

/** Each of the words that are there, made into something else. */
export function eachOf<T, U>(words: Localised<T>, make: (words: T) => U): Localised<U> {
  const made = Object.entries(words).flatMap(([language, each]) => (each === undefined ? [] : [[language, make(each)]]));
  // Japanese is among them, as it was before.
  return Object.fromEntries(made) as Localised<U>;
}
