import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PublicLanguage, StaffLanguage } from '../../../main/contract/languages.ts';
import { Journey } from '../../../main/contract/screens.ts';

/** One text as it is written: `note` for translators, in the source language only. */
export interface Entry {
  readonly text: string;
  readonly note?: string;
}
export type WrittenFile = Readonly<Record<string, Entry>>;
/** By language, then by namespace. */
export type WrittenWords = Readonly<Record<string, Readonly<Record<string, WrittenFile>>>>;

/** The language in which texts are written first. */
export const SOURCE = 'ja';

/** What citizens see and read on paper: in every public language, in Japanese with readings. Each journey has one. */
export const PUBLIC_NAMESPACES = ['common', 'visit', 'prologue', 'submission', 'codes', ...Journey.options] as const;

/** What citizens read on paper and on their telephones: in every public language, without readings. */
export const PAPER_NAMESPACES = ['slips', 'calendar'] as const;

/** What staff see: in every staff language. */
export const STAFF_NAMESPACES = [
  'screens',
  'names',
  'report',
  'staff',
  'staff-audit',
  'staff-health',
  'staff-queue',
  'staff-settings',
] as const;

export const NAMESPACES = [...PUBLIC_NAMESPACES, ...PAPER_NAMESPACES, ...STAFF_NAMESPACES] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** The languages that a namespace must have. */
export function languagesOf(namespace: string): readonly string[] {
  return (STAFF_NAMESPACES as readonly string[]).includes(namespace) ? StaffLanguage.options : PublicLanguage.options;
}

export function readWords(root: string): WrittenWords {
  const folder = join(root, 'kiosk-config/words');
  const words: Record<string, Record<string, WrittenFile>> = {};
  for (const language of readdirSync(folder)) {
    words[language] = {};
    for (const file of readdirSync(join(folder, language))) {
      words[language][file.replace(/\.json$/, '')] = JSON.parse(readFileSync(join(folder, language, file), 'utf8'));
    }
  }
  return words;
}

/** The terms that a kiosk comes with, as they are written. */
export function readTerms(root: string): { readonly path: string; readonly text: string }[] {
  const folder = join(root, 'kiosk-config/terms');
  return readdirSync(folder).map((file) => ({ path: `terms/${file}`, text: readFileSync(join(folder, file), 'utf8') }));
}

/** What is shipped and may name a key: without tests, and without what is generated from the words themselves. */
export function readSources(root: string): { readonly path: string; readonly text: string }[] {
  return ['main', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.(test|generated)\./.test(entry.name)) return [];
      const path = join(entry.parentPath, entry.name);
      return [{ path: relative(root, path), text: readFileSync(path, 'utf8') }];
    }),
  );
}
