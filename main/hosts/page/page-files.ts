import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { err, ok, type Result } from '../../contract/result.ts';

/** One file of the built page. */
interface PageFile {
  readonly body: Buffer;
  /** Content-Type header. */
  readonly type: string;
}

/** The whole page: URL path (as in `/assets/x.js`) to file. A request is a look-up in this map and nothing else. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.bin': 'application/octet-stream',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The fonts for rare characters are large and seldom asked for: read when they are, not held. */
const held = (path: string, type: string): PageFile =>
  type === TYPES['.ttf']
    ? {
        type,
        get body() {
          return readFileSync(path);
        },
      }
    : { type, body: readFileSync(path) };

/**
 * Reads the built page (`dist/renderer`) once, at start. Only regular files of known types; links, source maps and dot files are left
 * out. A request names an entry of this list, never a path, so none can lead out of the folder.
 * @param entry the one HTML file that is served, also as `/`: the public page's server has no way to the staff's page
 * @returns `no-page`: it is not there (was the page built?)
 */
export function loadPageFiles(folder: string, entry = 'index.html'): Result<PageFiles, 'no-page'> {
  const files = new Map<string, PageFile>();
  try {
    for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(found.parentPath, found.name);
      const type = TYPES[extname(found.name)];
      const inside = relative(folder, path).split(sep);
      if (!found.isFile() || type === undefined || inside.some((part) => part.startsWith('.'))) continue;
      if (extname(found.name) === '.html' && inside.join('/') !== entry) continue;
      files.set(`/${inside.join('/')}`, held(path, type));
    }
  } catch {
    return err('no-page');
  }
  const index = files.get(`/${entry}`);
  if (index === undefined) return err('no-page');
  files.set('/', index);
  return ok(files);
}
