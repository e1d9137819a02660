import { READING } from '../../../main/contract/words/ruby.ts';
import { argumentsOf } from './arguments.ts';
import { languagesOf, NAMESPACES, PUBLIC_NAMESPACES, SOURCE, type WrittenFile, type WrittenWords } from './read-words.ts';

/** A contract's codes and the keys of the words that each needs. */
export interface CodeWords {
  readonly what: string;
  readonly codes: readonly string[];
  readonly keys: (code: string) => readonly string[];
}

/** One spelling everywhere; the names of products stay as their makers write them. */
const SPELLINGS: readonly { readonly wrong: RegExp; readonly right: string }[] = [
  { wrong: /申込み?(?!支援端末)|申しこ/, right: '申し込み, 申し込む' },
  { wrong: /取消し?|取りけ/, right: '取り消し, 取り消す' },
];

type Texts = ReadonlyMap<string, { readonly namespace: string; readonly text: string }>;

/** Every text of a language by its key. */
function textsOf(files: Readonly<Record<string, WrittenFile>>): Texts {
  return new Map(
    Object.entries(files).flatMap(([namespace, file]) =>
      Object.entries(file).map(([key, { text }]) => [key, { namespace, text }] as const),
    ),
  );
}

/** Files and keys that a language lacks, or has too many. */
export function missingAndExtra(words: WrittenWords): string[] {
  const faults: string[] = [];
  const namespaces: readonly string[] = NAMESPACES;
  for (const [language, files] of Object.entries(words)) {
    const wanted = namespaces.filter((namespace) => languagesOf(namespace).includes(language));
    if (wanted.length === 0) faults.push(`${language}: no language of the contract (main/contract/languages.ts)`);
    for (const namespace of Object.keys(files)) {
      if (!wanted.includes(namespace)) faults.push(`${language}/${namespace}.json: no namespace of this language`);
    }
  }
  for (const namespace of namespaces) {
    const source = words[SOURCE]?.[namespace] ?? {};
    for (const language of languagesOf(namespace)) {
      const file = words[language]?.[namespace];
      if (file === undefined) faults.push(`${language}/${namespace}.json is missing`);
      for (const key of Object.keys(source))
        if (file !== undefined && !(key in file)) faults.push(`${language}/${namespace}: ${key} is missing`);
      for (const key of Object.keys(file ?? {}))
        if (!(key in source)) faults.push(`${language}/${namespace}: ${key} is too many`);
    }
  }
  const seen = new Map<string, string>();
  for (const [namespace, file] of Object.entries(words[SOURCE] ?? {})) {
    for (const key of Object.keys(file)) {
      if (seen.has(key)) faults.push(`${key} stands in ${seen.get(key)} and in ${namespace}`);
      seen.set(key, namespace);
    }
  }
  return faults;
}

/** Every source text tells a translator what it is; the others only translate. */
export function notes(words: WrittenWords): string[] {
  return Object.entries(words).flatMap(([language, files]) =>
    Object.entries(files).flatMap(([namespace, file]) =>
      Object.entries(file).flatMap(([key, { note }]) => {
        if (language === SOURCE) return (note ?? '').trim().length > 10 ? [] : [`${language}/${namespace}: ${key} has no note`];
        return note === undefined ? [] : [`${language}/${namespace}: the note of ${key} belongs to ${SOURCE}`];
      }),
    ),
  );
}

/** Texts that are empty or no messages, and placeholders that differ between languages. */
export function placeholders(words: WrittenWords): string[] {
  const faults: string[] = [];
  const source = textsOf(words[SOURCE] ?? {});
  for (const [language, files] of Object.entries(words)) {
    for (const [key, { namespace, text }] of textsOf(files)) {
      if (text.trim() === '') faults.push(`${language}/${namespace}: ${key} is empty`);
      try {
        const own = [...argumentsOf(text).keys()].sort().join(', ');
        const first = [...argumentsOf(source.get(key)?.text ?? text).keys()].sort().join(', ');
        if (own !== first) faults.push(`${language}/${namespace}: ${key} has the values (${own}), ${SOURCE} has (${first})`);
      } catch (error) {
        faults.push(`${language}/${namespace}: ${key} is no message: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return faults;
}

/** Kanji without readings where citizens read, and mark-up that is none. */
export function readings(words: WrittenWords): string[] {
  const faults: string[] = [];
  for (const [key, { namespace, text }] of textsOf(words[SOURCE] ?? {})) {
    if (!(PUBLIC_NAMESPACES as readonly string[]).includes(namespace)) continue;
    if (/\p{Script=Han}/u.test(text.replaceAll(READING, ''))) faults.push(`${namespace}: ${key} has kanji without a reading`);
    for (const [mark, base = '', reading = ''] of text.matchAll(READING)) {
      if (!/^[ぁ-ゖー]+$/.test(reading) || !/\p{Script=Han}/u.test(base))
        faults.push(`${namespace}: ${key}: ${mark} is no reading`);
    }
  }
  return faults;
}

/** @param where of the text, for whoever has to mend it @returns what is not spelled as we spell it */
export function misspelled(where: string, text: string): string[] {
  const plain = text.replaceAll(READING, '$1').replaceAll('~', '');
  return SPELLINGS.filter(({ wrong }) => wrong.test(plain)).map(
    ({ wrong, right }) => `${where} says ${wrong.exec(plain)?.[0]}, not ${right}`,
  );
}

/** Spellings that are not the one that we use. */
export function spellings(words: WrittenWords): string[] {
  return [...textsOf(words[SOURCE] ?? {})].flatMap(([key, { namespace, text }]) => misspelled(`${namespace}: ${key}`, text));
}

/** A key in quotes, or one with parts that are only known when it runs. */
const QUOTED = /(['"`])([A-Za-z][\w-]*(?:\.(?:[\w-]|\$\{[^}`]*\})+)*)\1/g;

/** Keys that no source names. */
export function unused(words: WrittenWords, sources: readonly { readonly text: string }[]): string[] {
  const named = new Set<string>();
  const patterns = new Map<string, RegExp>();
  for (const { text } of sources) {
    for (const [, , key = ''] of text.matchAll(QUOTED)) {
      if (!key.includes('${')) named.add(key);
      else if (!patterns.has(key)) {
        const fixed = key.split(/\$\{[^}`]*\}/).map((part) => part.replaceAll('.', '\\.'));
        patterns.set(key, new RegExp(`^${fixed.join('.+')}$`));
      }
    }
  }
  return [...textsOf(words[SOURCE] ?? {})]
    .filter(([key]) => !named.has(key) && ![...patterns.values()].some((pattern) => pattern.test(key)))
    .map(([key, { namespace }]) => `${namespace}: ${key} is used by no source`);
}

/** Codes of the contract without their words. */
export function codesWithoutWords(words: WrittenWords, codes: readonly CodeWords[]): string[] {
  const texts = textsOf(words[SOURCE] ?? {});
  return codes.flatMap(({ what, codes: all, keys }) =>
    all.flatMap((code) =>
      keys(code)
        .filter((key) => !texts.has(key))
        .map((key) => `${what} ${code}: no words ${key}`),
    ),
  );
}
