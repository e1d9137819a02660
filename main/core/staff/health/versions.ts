import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { type CheckOf, found, short } from './check.ts';

export interface VersionsDeps {
  /** Of package.json. */
  readonly core: string;
  readonly node: string;
  /** The Node that the package ships, as its major number: what the tests ran on. */
  readonly pinnedNode: number;
  readonly outbox: Pick<OutboxStore, 'staff'> | null;
  /** `index.html` of the page. */
  readonly page: string;
  /** Of the screen, where it said so. */
  readonly electron: string | null;
}

const ASK_MS = 3000;

/** What runs here, for whoever is on the telephone. */
export const versionsCheck =
  ({ core, node, pinnedNode, outbox, page, electron }: VersionsDeps): CheckOf<'versions'> =>
  async () => {
    const pcsclite = await packageVersion('libpcsclite1');
    const html = await readFile(page).catch(() => null);
    const facts = {
      core,
      node,
      sqlite: outbox?.staff.versions()?.sqlite ?? '-',
      pcsclite: pcsclite ?? '-',
      // Names of the built files are in it, so it changes with every build.
      page: html === null ? '-' : createHash('sha256').update(html).digest('hex').slice(0, 12),
      ...(electron === null ? {} : { electron: short(electron) }),
    };
    const same = new RegExp(`^v${pinnedNode}\\.`).test(node);
    return same ? found('good', 'listed', facts) : found('warning', 'other-node', { ...facts, pinned: pinnedNode });
  };

/** Debian's word for it. null: another system, or not installed. */
function packageVersion(name: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('dpkg-query', ['-W', name], { timeout: ASK_MS, windowsHide: true }, (error, out) => {
      const version = /^\S+\t([\w.+:~-]{1,60})\s*$/.exec(out)?.[1];
      resolve(error === null && version !== undefined ? version : null);
    });
  });
}
