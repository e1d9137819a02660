import { createInstance } from 'i18next';
import type { Language } from '../../main/contract/page-protocol.ts';
import type { CatalogueRules, TextKey } from './catalogue.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { TIE } from './ruby.ts';

const i18n = createInstance();
void i18n.init({
  resources: { ja: { translation: ja satisfies CatalogueRules }, en: { translation: en } },
  lng: 'ja',
  // A missing text is a bug that the catalogue test finds; it must not hide behind another language.
  fallbackLng: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Values for `{{name}}` in a text. */
export type Values = Readonly<Record<string, string | number>>;

const texts = { ja: new Map<TextKey, string>(), en: new Map<TextKey, string>() };

/** One text of the catalogue, ruby mark-up included. `~` in it ties two words: no line begins between them. */
export function textOf(language: Language, key: TextKey, values?: Values): string {
  const look = () =>
    i18n
      .getFixedT(language)(key, values ?? {})
      .replaceAll('~', TIE);
  // What holds values may be about a person, and is not kept.
  if (values !== undefined) return look();
  const known = texts[language].get(key);
  if (known !== undefined) return known;
  const text = look();
  texts[language].set(key, text);
  return text;
}
