import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PublicLanguage, StaffLanguage } from '../../../main/contract/languages.ts';
import { argumentsOf } from './arguments.ts';
import { type Namespace, PUBLIC_NAMESPACES, readWords, SOURCE, STAFF_NAMESPACES, type WrittenWords } from './read-words.ts';

/**
 * Writes what each part of the product knows of the words: the files that it imports, and its keys with their values as a type. With `--check`:
 * are the written ones still true?
 */
interface Bundle {
  readonly path: string;
  /** Of the exported constant, and of the type in its own spelling. */
  readonly constant: string;
  readonly type: string;
  readonly languages: readonly string[];
  readonly namespaces: readonly Namespace[];
}

const BUNDLES: readonly Bundle[] = [
  {
    path: 'renderer/words/words.generated.ts',
    constant: 'PAGE_WORDS',
    type: 'PageWords',
    languages: PublicLanguage.options,
    namespaces: [...PUBLIC_NAMESPACES, 'calendar'],
  },
  {
    path: 'main/core/print/words.generated.ts',
    constant: 'SLIP_WORDS',
    type: 'SlipWords',
    languages: PublicLanguage.options,
    namespaces: ['slips', 'calendar', 'codes'],
  },
  {
    path: 'renderer/staff/words/words.generated.ts',
    constant: 'STAFF_WORDS',
    type: 'StaffWords',
    languages: StaffLanguage.options,
    namespaces: STAFF_NAMESPACES,
  },
  {
    path: 'main/core/staff/report/words.generated.ts',
    constant: 'REPORT_WORDS',
    type: 'ReportWords',
    languages: StaffLanguage.options,
    namespaces: ['screens', 'names', 'report'],
  },
];

const root = join(import.meta.dirname, '../../..');

/** `sign-up` of `ja` as a name: jaSignUp. */
const nameOf = (language: string, namespace: string) =>
  `${language}-${namespace}`.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The values of one text, as a type: a number where any language counts with it. */
function typeOf(words: WrittenWords, namespace: string, key: string): string {
  const found = new Map<string, 'number' | 'any'>();
  for (const files of Object.values(words)) {
    const text = files[namespace]?.[key]?.text;
    for (const [name, kind] of text === undefined ? [] : argumentsOf(text)) {
      if (kind === 'number' || !found.has(name)) found.set(name, kind);
    }
  }
  if (found.size === 0) return 'None';
  const each = [...found].map(([name, kind]) => `${name}: ${kind === 'number' ? 'number' : 'Value'}`);
  return `{ ${each.join('; ')} }`;
}

function bundleOf({ path, constant, type, languages, namespaces }: Bundle, words: WrittenWords): string {
  const to = (file: string) => {
    const way = relative(dirname(join(root, path)), join(root, file));
    return way.startsWith('.') ? way : `./${way}`;
  };
  const imports = languages.flatMap((language) =>
    namespaces.map(
      (namespace) =>
        `import ${nameOf(language, namespace)} from '${to(`kiosk-config/words/${language}/${namespace}.json`)}' with { type: 'json' };`,
    ),
  );
  const keys = namespaces.flatMap((namespace) =>
    Object.keys(words[SOURCE]?.[namespace] ?? {}).map((key) => `  '${key}': ${typeOf(words, namespace, key)};`),
  );
  return [
    '// Written by test/check/words/write-words.ts from kiosk-config/words.',
    ...imports,
    `import type { Value } from '${to('main/contract/words/texts.ts')}';`,
    '',
    'type None = Record<never, never>;',
    '',
    `export interface ${type} {`,
    ...keys,
    '}',
    '',
    `export const ${constant} = {`,
    ...languages.map((language) => `  ${language}: [${namespaces.map((namespace) => nameOf(language, namespace)).join(', ')}],`),
    '};',
    '',
  ].join('\n');
}

const words = readWords(root);
for (const bundle of BUNDLES) {
  const file = join(root, bundle.path);
  const text = bundleOf(bundle, words);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${bundle.path} is stale: node test/check/words/write-words.ts`);
    process.exitCode = 1;
  }
}
