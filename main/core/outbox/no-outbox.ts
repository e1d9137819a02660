import type { Outbox } from '../ports.ts';

/** Stands where no queue can be had at all (a file of a newer version): never usable, so nobody can begin. */
export const noOutbox: Outbox = {
  usable: false,
  onUsable: () => () => {},
  reserve: () => ({ ok: false, error: 'storage' }),
  release: () => {},
  enqueue: () => ({ ok: false, error: 'storage' }),
  takeChallenge: () => null,
  giveBackChallenge: () => {},
  look: () => null,
  cancel: () => ({ ok: false, error: 'storage' }),
};
