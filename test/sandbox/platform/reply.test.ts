import { expect, test } from 'vitest';
import type { PersonalReply } from '../../../main/contract/platform.ts';
import { createReplyKey } from '../../../main/core/seal/reply-key.ts';
import { prepareReply } from './reply.ts';

const reply: PersonalReply = { kind: 'set-up', myKeyId: 'KMILH091', alreadySet: false };
const zero = Buffer.alloc(32).toString('base64url');

test('the kiosk opens it with its own library, and nobody else; two answers differ in every part but the header', async () => {
  const [session, other] = [await createReplyKey(), await createReplyKey()];
  const seal = prepareReply(session.publicJwk);
  if (seal === null) throw new Error('a good key');
  const [first, second] = [seal(reply), seal(reply)];
  expect(await session.open(first)).toEqual({ ok: true, value: reply });
  expect(await session.open(second)).toEqual({ ok: true, value: reply });
  expect(await other.open(first)).toEqual({ ok: false, error: 'unreadable' });
  const parts = [first, second].map((text) => text.split('.'));
  expect(parts[0]?.map((part, at) => part === parts[1]?.[at])).toEqual([true, true, false, false, false]);
  expect(prepareReply(session.publicJwk)?.(reply).split('.')[0]).not.toBe(parts[0]?.[0]);
});

test('of one size, whatever it says', async () => {
  const { publicJwk } = await createReplyKey();
  const long: PersonalReply = { kind: 'set-up', myKeyId: 'KMILH091', alreadySet: true };
  expect(prepareReply(publicJwk)?.(reply)).toHaveLength(prepareReply(publicJwk)?.(long).length ?? 0);
});

test('a hundred sessions: each coordinate keeps its leading zeros', async () => {
  for (let n = 0; n < 100; n++) {
    const session = await createReplyKey();
    expect(await session.open(prepareReply(session.publicJwk)?.(reply) ?? '')).toMatchObject({ ok: true });
  }
});

test.each([
  ['no point of the curve', { x: zero, y: zero }],
  ['too short', { x: 'AAAA', y: 'AAAA' }],
  ['nothing', { x: '', y: '' }],
  ['another alphabet', { x: `${zero.slice(1)}+`, y: zero }],
])('a key that is none: %s', async (_name, wrong) => {
  const { publicJwk } = await createReplyKey();
  expect(prepareReply({ ...publicJwk, ...wrong })).toBe(null);
  expect(prepareReply({ ...publicJwk, x: wrong.x })).toBe(null);
});
