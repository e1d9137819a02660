import { dirname, isAbsolute, resolve } from 'node:path';

/** A settings file that was read, or the command line; `folder`: what its relative paths start from. */
export interface Layer {
  /** As an error message names it. */
  readonly name: string;
  readonly folder: string;
  readonly values: Record<string, unknown>;
}

/** Settings put together, and which layer each leaf came from (key path joined by dots). */
export interface Merged {
  readonly values: Record<string, unknown>;
  readonly origin: ReadonlyMap<string, string>;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys whose value is the path of a file, relative to the layer that names it. `*` stands for any index. */
const FILE_KEYS = new Set([
  'reader.host',
  'platform.sealingKeyFile',
  'platform.catalogueKeyFile',
  'platform.caFile',
  'platform.tls.caFile',
  'platform.tls.certFile',
  'platform.tls.keyFile',
  'outbox.journalFolder',
  'terms.*.file',
]);

/** Later layers win, key by key; lists are replaced whole. `$schema` and keys that begin with `//` are notes. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const origin = new Map<string, string>();
  let values: Record<string, unknown> = {};
  for (const layer of layers) {
    const absolute = filesResolved(layer.values, layer.folder, '') as Record<string, unknown>;
    values = merge(values, absolute, '', (path) => origin.set(path, layer.name));
  }
  return { values, origin };
}

const isNote = (key: string) => key === '$schema' || key.startsWith('//');

function merge(
  under: Record<string, unknown>,
  over: Record<string, unknown>,
  prefix: string,
  note: (path: string) => void,
): Record<string, unknown> {
  const out = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (isNote(key)) continue;
    const path = prefix + key;
    const below = out[key];
    note(path);
    out[key] = isRecord(value) ? merge(isRecord(below) ? below : {}, value, `${path}.`, note) : value;
  }
  return out;
}

function filesResolved(value: unknown, folder: string, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => filesResolved(item, folder, `${path}.*`));
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, filesResolved(item, folder, path === '' ? key : `${path}.${key}`)]),
    );
  }
  if (typeof value === 'string' && FILE_KEYS.has(path) && !isAbsolute(value)) return resolve(folder, value);
  return value;
}

/** The layer that a key came from: its own, or that of the nearest key above it. */
export function originOf(origin: ReadonlyMap<string, string>, path: readonly PropertyKey[]): string | null {
  for (let length = path.length; length > 0; length--) {
    const found = origin.get(path.slice(0, length).map(String).join('.'));
    if (found !== undefined) return found;
  }
  return null;
}

export const folderOf = (file: string): string => dirname(resolve(file));
