import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDERS = ['main', 'native', 'renderer', 'kiosk-config', 'test'];
const NAMES = /\.(ts|tsx|cts|mjs|css|cc|h|md|service|rules)$/;
/** Documents whose headings are cited, after a comma. They stand in main/. */
const WITH_HEADINGS = ['SOURCES.md', 'DESIGN.md'];
/** The documents that lead a reader through the tree. */
const DOCUMENT = /(?:^|\/)README\.md$|^main\/(?:DESIGN|GLOSSARY)\.md$/;
/** Public standards may be cited by section: RFC 9110 section 10.2.3. */
const STANDARD = /(?:RFC \d+|ISO(?:\/IEC)? [\d-]+|SEC [12],?|PNG specification,|KeyboardEvent code Values,|File Format,)$/;
const COMMENT = /^\s*(?:\/?\*|#).*$|\/\/ .*$/gm;
/** What may follow a heading: the end of the citation, never another word. */
const AFTER = /^(?:[).,;:'"`]|\s*(?:\*\/|-->)|\s*$)/;

export interface Documents {
  /** Headings by the document's name, without `#`. */
  readonly headings: ReadonlyMap<string, readonly string[]>;
  /** Is there such a file? The path is from the repository's root. */
  exists(path: string): boolean;
}

/** One line of a comment or text goes on in the next: without the signs that begin a line of a comment. */
const unwrapped = (text: string): string => text.replace(/[ \t]*\n[ \t]*(?:\*(?!\/)|\/\/|#)?[ \t]*/g, ' ');

export const headingsOf = (markdown: string): readonly string[] =>
  markdown.split('\n').flatMap((line) => /^#{1,4} (.+)$/.exec(line)?.[1]?.trim() ?? []);

/** @returns one line per citation of a document or a heading that is not in the repository @param path from its root */
export function citationFaults(path: string, text: string, documents: Documents): string[] {
  const faults: string[] = [];
  const joined = unwrapped(text);
  // A string of the program may name a file of another place; only what people read cites.
  const told = path.endsWith('.md') ? text : (text.match(COMMENT) ?? []).join('\n');
  for (const { 0: name } of told.matchAll(/(?<![\w./-])(?:[\w.-]+\/)*[\w.-]*\w\.md\b/g)) {
    const places = [join(dirname(path), name), name, join('main', name)];
    if (!places.some((place) => documents.exists(place))) faults.push(`${path}: cites ${name}, which is not here`);
  }
  for (const { 0: found, 1: name = '', index } of joined.matchAll(/\b(SOURCES\.md|DESIGN\.md)`?, /g)) {
    const rest = joined.slice(index + found.length);
    const headings = documents.headings.get(name) ?? [];
    if (!headings.some((heading) => rest.startsWith(heading) && AFTER.test(rest.slice(heading.length))))
      faults.push(`${path}: ${name} has no heading "${rest.slice(0, 50)}"`);
  }
  for (const { 0: found, index } of joined.matchAll(/\b[Ss]ections? \d[\d.]*/g)) {
    if (!STANDARD.test(joined.slice(Math.max(0, index - 60), index).trimEnd()))
      faults.push(`${path}: "${found}" of which document?`);
  }
  return faults;
}

/** Where a path in a document may begin: the root, `main` (`core/visit`), the document's own folder, or one of the core's (`card/jpki`). */
const basesOf = (path: string) => ['.', 'main', 'main/core', dirname(path)];
/** What is made or written by a program, or stands for something: `dist/package`, `DATA/queue`, `words/<language>`. */
const NO_FILE = /^(?:@|dist|DATA|tcp:|\.|\/|.*[<>*…])/;

/** @returns one line for each path in a document that leads nowhere @param path of the document, from the root */
export function pathFaults(path: string, text: string, exists: Documents['exists']): string[] {
  const named = [...text.matchAll(/`([\w.@*<>…-]+(?:\/[\w.@*<>…-]+)+)\/?`/g)].map(({ 1: name = '' }) => name);
  const linked = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(({ 1: name = '' }) => name);
  const lost = (name: string, bases: readonly string[]) => !bases.some((base) => exists(join(base, name)));
  return [
    ...named.filter((name) => !NO_FILE.test(name) && lost(name, basesOf(path))),
    ...linked.filter((name) => lost(name, [dirname(path)])),
  ].map((name) => `${path}: names ${name}, which is not here`);
}

function* sources(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !['node_modules', 'dist', 'build'].includes(entry.name)) yield* sources(root, path);
    else if (entry.isFile() && NAMES.test(entry.name)) yield path;
  }
}

/**
 * A clone stands alone: every document that a comment cites is in it, under a heading that is there, and every path that a document names
 * leads somewhere. @returns one line per fault
 */
export function wrongCitations(root: string): string[] {
  const documents: Documents = {
    headings: new Map(WITH_HEADINGS.map((name) => [name, headingsOf(readFileSync(join(root, 'main', name), 'utf8'))])),
    exists: (path) => existsSync(join(root, path)),
  };
  const paths = ['README.md', ...FOLDERS.flatMap((folder) => [...sources(root, folder)])];
  return paths
    .filter((path) => path !== 'test/check/citations.test.ts')
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return [...citationFaults(path, text, documents), ...(DOCUMENT.test(path) ? pathFaults(path, text, documents.exists) : [])];
    });
}
