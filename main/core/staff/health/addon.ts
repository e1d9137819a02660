import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type CheckOf, found } from './check.ts';

export interface AddonCheckDeps {
  readonly driver: 'pcsc' | 'virtual';
  /** `pcsc.node`. */
  readonly file: string;
  /** The Node that runs card hosts. */
  readonly node: string;
}

/** Loads the addon and says which Node-API this Node has. A process of its own: a broken addon would take the core down with it. */
const LOAD = 'require(process.argv[1]); process.stdout.write(process.versions.napi)';
const LOAD_MS = 5000;
/** Names of V8's and Node's own C++: a binary that wants one is bound to a single version of Node. */
const OWN_CPLUSPLUS = /_ZNK?2v8|_ZNK?4node/;

/** The way to PC/SC loads, and would on the next Node too. */
export const addonCheck =
  ({ driver, file, node }: AddonCheckDeps): CheckOf<'addon'> =>
  async () => {
    if (driver === 'virtual') return found('good', 'not-used');
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch {
      return found('bad', 'missing');
    }
    if (OWN_CPLUSPLUS.test(bytes.toString('latin1'))) return found('bad', 'not-node-api');
    const napi = await load(node, file);
    return napi === null ? found('bad', 'does-not-load') : found('good', 'loads', { napi, kib: Math.round(bytes.length / 1024) });
  };

function load(node: string, file: string): Promise<number | null> {
  return new Promise((resolve) => {
    execFile(node, ['-e', LOAD, file], { timeout: LOAD_MS, env: {}, windowsHide: true }, (error, out) => {
      resolve(error === null && /^\d+$/.test(out) ? Number(out) : null);
    });
  });
}
