import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * What holds in the public page's styles:
 * 1. A length is a token of styles/tokens.css or a share of one, or relative to the text (em, lh, %, fr): no other file names a unit of length, nor --mm.
 * 2. A `:not()` names at most one screen or layout.
 * 3. Only the folder that draws a screen names it (`[data-screen="..."]`), and a class that only one folder of screens uses is styled in that folder.
 */
const LENGTH = /(?<![\w#-])-?\d*\.?\d+(?:px|rem|mm|cm|in|pt|pc|q|vw|vh|vmin|vmax|dvh|dvw|cqw|cqh|cqi|cqb|cqmin|cqmax)\b/gi;
/** Folders that draw screens, each with its own styles. */
const SCREENS = ['renderer/journeys/', 'renderer/submission', 'renderer/visit'];
const TOKENS = 'renderer/styles/tokens.css';

interface Source {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
}

function sources(root: string, ending: RegExp): Source[] {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => ending.test(file) && !file.startsWith('staff/') && !file.includes('.test.'))
    .map((file) => ({ path: `renderer/${file}`, text: readFileSync(join(root, 'renderer', file), 'utf8') }));
}

const folderOf = (path: string): string | null => (SCREENS.some((each) => path.startsWith(each)) ? dirname(path) : null);
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** Which folders draw something: `null` stands for everything that belongs to no screen. */
function drawnIn(pages: readonly Source[], words: (text: string) => string[]): Map<string, Set<string | null>> {
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
  const screens = drawnIn(pages, (text) => all(text, /\bname="([\w-]+)"/g));
  const classes = drawnIn(pages, quotedWords);
  const faults: string[] = [];
  const styles = sources(root, /\.css$/).map(({ path, text }) => ({ path, text: text.replaceAll(/\/\*[\s\S]*?\*\//g, '') }));
  for (const { path, text } of styles) {
    const fault = (says: string) => faults.push(`${path}: ${says}`);
    if (path !== TOKENS) {
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
      if (drawn?.size === 1 && !drawn.has(null) && !drawn.has(here)) fault(`.${name} belongs to ${[...drawn].join(', ')}`);
    }
  }
  const tokens = styles.find(({ path }) => path === TOKENS)?.text ?? '';
  if (tokens === '') faults.push(`${TOKENS} is missing`);
  return faults;
}
