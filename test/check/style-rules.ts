import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What holds in the styles of the public page, and of the staff page:
 * 1. A length is a token of the page's tokens.css or a share of one, or relative to the text (em, lh, %, fr): no other file names a unit of length, nor --mm.
 * 2. A `:not()` names at most one screen or layout.
 * 3. Only the folder that draws a screen names it (`[data-screen="..."]`), and a class that only one folder of screens uses is styled in that folder.
 * 4. Every class that is styled is drawn somewhere.
 */
const LENGTH = /(?<![\w#-])-?\d*\.?\d+(?:px|rem|mm|cm|in|pt|pc|q|vw|vh|vmin|vmax|dvh|dvw|cqw|cqh|cqi|cqb|cqmin|cqmax)\b/gi;

interface Pages {
  /** Whether a file is one of this page's. */
  readonly has: (path: string) => boolean;
  /** Folders that draw screens, each with its own styles. */
  readonly screens: readonly string[];
  readonly tokens: string;
}
const STAFF = 'renderer/staff/';
const PAGES: readonly Pages[] = [
  {
    has: (path) => !path.startsWith(STAFF),
    screens: ['renderer/journeys/', 'renderer/submission', 'renderer/visit'],
    tokens: 'renderer/styles/tokens.css',
  },
  {
    has: (path) => path.startsWith(STAFF) || path.startsWith('renderer/components/'),
    screens: ['queue', 'report', 'screens', 'tabs'].map((folder) => `${STAFF}${folder}`),
    tokens: `${STAFF}styles/tokens.css`,
  },
];

interface Source {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

function sources(root: string, ending: RegExp): Source[] {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => ending.test(file) && !file.includes('.test.'))
    .map((file) => ({ path: `renderer/${file}`, text: readFileSync(join(root, 'renderer', file), 'utf8') }));
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** Which folders draw something: `null` stands for everything that belongs to no screen. */
function drawnIn(
  pages: readonly Source[],
  folderOf: (path: string) => string | null,
  words: (text: string) => string[],
): Map<string, Set<string | null>> {
  const drawn = new Map<string, Set<string | null>>();
  for (const { path, text } of pages) {
    for (const word of words(text)) drawn.set(word, (drawn.get(word) ?? new Set()).add(folderOf(path)));
  }
  return drawn;
}

/** Every word of a quoted text: a class may stand in any of them, also in a condition. */
const quotedWords = (text: string) => all(text, /(['"`][^'"`\n]*['"`])/g).flatMap((quoted) => quoted.match(/[\w-]+/g) ?? []);

export function styleFaults(root: string): string[] {
  const pages = sources(root, /\.tsx?$/);
  const styles = sources(root, /\.css$/).map(({ path, text }) => ({ path, text: text.replaceAll(/\/\*[\s\S]*?\*\//g, '') }));
  return PAGES.flatMap((page) =>
    faultsOf(
      page,
      pages.filter(({ path }) => page.has(path)),
      styles.filter(({ path }) => page.has(path)),
    ),
  );
}

function faultsOf({ screens: folders, tokens }: Pages, pages: readonly Source[], styles: readonly Source[]): string[] {
  const folderOf = (path: string) => (folders.some((each) => path.startsWith(each)) ? dirname(path) : null);
  const screens = drawnIn(pages, folderOf, (text) => all(text, /\bname="([\w-]+)"/g));
  const classes = drawnIn(pages, folderOf, quotedWords);
  /** `size-${...}` */
  const beginnings = [...classes.keys()].filter((word) => word.endsWith('-'));
  const faults: string[] = styles.some(({ path }) => path === tokens) ? [] : [`${tokens} is missing`];
  for (const { path, text } of styles) {
    const fault = (says: string) => faults.push(`${path}: ${says}`);
    if (path !== tokens) {
      for (const length of text.match(LENGTH) ?? []) fault(`${length} is no token`);
      if (/var\(--mm\)/.test(text)) fault('--mm belongs to the tokens');
    }
    for (const not of text.match(/:not\([^{};]*\)/g) ?? []) {
      if ((not.match(/\[data-(?:screen|layout)/g) ?? []).length > 1) fault(`${not} names more than one screen or layout`);
    }
    const here = folderOf(path);
    for (const screen of new Set(all(text, /\[data-screen="([\w-]+)"/g))) {
      const drawn = screens.get(screen);
      if (drawn !== undefined && !drawn.has(here)) fault(`${screen} is a screen of ${[...drawn].join(', ')}`);
    }
    for (const name of new Set(all(text, /\.([a-z][\w-]*)(?=[^{};]*\{)/g))) {
      const drawn = classes.get(name);
      if (drawn === undefined && !beginnings.some((each) => name.startsWith(each))) fault(`nothing has the class .${name}`);
      if (drawn?.size === 1 && !drawn.has(null) && !drawn.has(here)) fault(`.${name} belongs to ${[...drawn].join(', ')}`);
    }
  }
  return faults;
}
