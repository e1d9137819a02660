import { randomBytes } from 'node:crypto';
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK } from 'jose';
import { v7 } from 'uuid';
import type { SealedPayload } from '../../../main/contract/submission.ts';
import { padded } from '../../../main/core/seal/padding.ts';
import { createSealer, SUBMISSION_TYPE } from '../../../main/core/seal/seal.ts';
import { profileOf } from '../profile.ts';
import { against, interleaved } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { receiptOf } from './store.ts';

const SEALS = 300;

/** A set-up as large as a real one: signature and certificate are made up, of the real sizes. */
const payload: SealedPayload = {
  v: 1,
  content: {
    v: 1,
    kind: 'set-up',
    id: v7(),
    receipt: receiptOf(1),
    terminal: 'K-BENCH-1',
    at: '2026-11-23T01:00:00.000Z',
    challenge: randomBytes(24).toString('base64url'),
    whose: 'self',
    terms: [{ id: 'my-key', version: '2026-10-01' }],
    helped: false,
    replyKey: { kty: 'EC', crv: 'P-256', x: randomBytes(32).toString('base64url'), y: randomBytes(32).toString('base64url') },
  },
  signature: randomBytes(256).toString('base64'),
  certificate: randomBytes(1583).toString('base64'),
};

/** Sealing to the platform, against the library's own call with the same bytes, header and key. */
export async function seal({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  const jwk = { kty, crv, x, y, kid: 'bench' };
  const sealer = await createSealer(jwk);
  if (!sealer.ok) throw new Error(sealer.error);
  const key = await importJWK(await exportJWK(pair.publicKey), 'ECDH-ES');
  const { id, terminal } = payload.content;
  const plain = padded(JSON.stringify(payload));
  const bare = () =>
    new CompactEncrypt(plain)
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'bench', typ: SUBMISSION_TYPE, id, terminal })
      .encrypt(key);
  const ours = () => sealer.value.seal(payload);
  const each = async (work: () => Promise<string>) => {
    const began = performance.now();
    for (let n = 0; n < SEALS; n++) await work();
    return (performance.now() - began) / SEALS;
  };
  // Both once before, so that neither pays for what is compiled.
  await each(bare);
  await each(ours);
  const times = await interleaved(rounds, { bare: () => each(bare), ours: () => each(ours) });
  return [
    await judgedRow(
      { bench: 'queue', what: "sealing, to the library's bare call", unit: 'ms', ...against(times.ours, times.bare) },
      atMost(1.2, 'x'),
      () => profileOf(() => each(ours)),
    ),
  ];
}
