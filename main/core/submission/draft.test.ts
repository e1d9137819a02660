import { expect, it } from 'vitest';
import { err, ok } from '../../contract/result.ts';
import type { ReplyKeyPair } from '../ports.ts';
import { type DraftDeps, openDraft } from './draft.ts';

/** What was taken and given back, in order. */
function counter(more: Partial<DraftDeps['outbox']> = {}) {
  const done: string[] = [];
  const note = (what: string) => void done.push(what);
  const replyKey: ReplyKeyPair = {
    publicJwk: { kty: 'OKP', crv: 'X25519', x: 'x' } as unknown as ReplyKeyPair['publicJwk'],
    open: async () => err('unreadable'),
    destroy: () => note('key destroyed'),
  };
  const deps: DraftDeps = {
    outbox: {
      look: () => null,
      reserve: () => {
        note('room');
        return ok(null);
      },
      release: () => note('room back'),
      takeChallenge: () => {
        note('challenge');
        return 'C'.repeat(32);
      },
      giveBackChallenge: () => note('challenge back'),
      ...more,
    },
    createReplyKey: async () => {
      note('key');
      return replyKey;
    },
    random: (bytes) => new Uint8Array(bytes),
    newId: () => 'id-1',
    civilTime: () => 0,
    terminal: 'K-1',
  };
  return { deps, done };
}

it('takes room, challenge and key in this order, and gives them back', async () => {
  const { deps, done } = counter();
  const draft = await openDraft(deps, 100, () => true);
  expect(draft.ok && draft.value.head).toMatchObject({ v: 1, id: 'id-1', terminal: 'K-1', at: '1970-01-01T00:00:00.000Z' });
  if (draft.ok) draft.value.drop();
  expect(done).toEqual(['room', 'challenge', 'key', 'key destroyed', 'room back', 'challenge back']);
});

it.each([
  ['no room', { reserve: () => err('full' as const) }, 'storage', []],
  ['no challenge', { takeChallenge: () => null }, 'challenge', ['room', 'room back']],
  ['no receipt number is free', { look: () => ({}) as never }, 'internal', ['room', 'room back']],
] as const)('%s: nothing is kept', async (_, outbox, reason, expected) => {
  const { deps, done } = counter(outbox as Partial<DraftDeps['outbox']>);
  expect(await openDraft(deps, 100, () => true)).toEqual(err(reason));
  expect(done).toEqual(expected);
});

it('a session that ended meanwhile has none', async () => {
  const { deps, done } = counter();
  expect(await openDraft(deps, 100, () => false)).toEqual(err('internal'));
  expect(done).toEqual(['room', 'challenge', 'key', 'key destroyed', 'room back', 'challenge back']);
});

it('a challenge that was signed over is never given back; what is in the outbox keeps its room', async () => {
  const { deps, done } = counter();
  const first = await openDraft(deps, 100, () => true);
  if (!first.ok) throw new Error(first.error);
  first.value.spent = true;
  done.length = 0;
  first.value.drop();
  expect(done).toEqual(['key destroyed', 'room back']);
  const second = await openDraft(deps, 100, () => true);
  if (!second.ok) throw new Error(second.error);
  second.value.committed = true;
  done.length = 0;
  second.value.drop();
  expect(done).toEqual(['key destroyed']);
});
