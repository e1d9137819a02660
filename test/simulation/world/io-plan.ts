/** The two copies of the queue, each on a medium of its own. */
export type Medium = 'db' | 'journal';
export type IoFault = 'ok' | 'EIO' | 'ENOSPC';

/** What the media do now. */
export interface IoPlan {
  /** No room for new bytes. */
  full: ReadonlySet<Medium>;
  /** So many more syncs fail; Infinity: all of them. */
  failingSyncs: Record<Medium, number>;
  failingWrites: Record<Medium, number>;
}

export const healthyIo = (): IoPlan => ({
  full: new Set(),
  failingSyncs: { db: 0, journal: 0 },
  failingWrites: { db: 0, journal: 0 },
});

/** @returns how this write goes; counts it */
export function writeFault(plan: IoPlan, medium: Medium, grows: boolean): IoFault {
  if (plan.failingWrites[medium] > 0) {
    plan.failingWrites[medium] -= 1;
    return 'EIO';
  }
  return grows && plan.full.has(medium) ? 'ENOSPC' : 'ok';
}

/** @returns how this sync goes; counts it */
export function syncFault(plan: IoPlan, medium: Medium): IoFault {
  if (plan.failingSyncs[medium] === 0) return 'ok';
  plan.failingSyncs[medium] -= 1;
  return 'EIO';
}

export function ioError(code: 'EIO' | 'ENOSPC' | 'ENOENT' | 'EEXIST' | 'EBADF' | 'ENOTEMPTY' | 'EISDIR', what: string): Error {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}
