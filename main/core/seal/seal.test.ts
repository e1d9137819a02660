import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { KIOSK_PHOTO, MOST_PHOTO_TEXT, type SealedApplication } from '../../contract/application.ts';
import { MAX_SEALED_BYTES } from '../../contract/platform.ts';
import type { SealedPayload } from '../../contract/submission.ts';
import { sealedApplicationBytes } from './padding.ts';
import { createReplyKey, REPLY_TYPE } from './reply-key.ts';
import { createSealer } from './seal.ts';

const payload: SealedPayload = {
  v: 1,
  content: {
    v: 1,
    kind: 'set-up',
    id: '0199aaaa-0000-7000-8000-000000000001',
    receipt: '1234567897',
    terminal: 'K-TEST-1',
    at: '2026-11-23T01:00:00.000Z',
    challenge: 'A'.repeat(32),
    whose: 'self',
    terms: [{ id: 'my-key', version: '2026-10-01' }],
    helped: false,
    replyKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  },
  signature: Buffer.alloc(256).toString('base64'),
  certificate: Buffer.alloc(1583).toString('base64'),
};

async function platformKey() {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  return { jwk: { kty, crv, x, y, kid: 'k1' }, privateKey: pair.privateKey };
}

async function sealerFor(jwk: unknown) {
  const sealer = await createSealer(jwk);
  if (!sealer.ok) throw new Error(sealer.error);
  return sealer.value;
}

describe('sealing', () => {
  it('opens with the platform key only, and the header binds id and terminal', async () => {
    const { jwk, privateKey } = await platformKey();
    const jwe = await (await sealerFor(jwk)).seal(payload);
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(payload);
    expect(protectedHeader).toMatchObject({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: 'k1',
      id: payload.content.id,
      terminal: 'K-TEST-1',
    });
    await expect(compactDecrypt(jwe, (await platformKey()).privateKey)).rejects.toThrow();
  });

  it('never makes the same envelope twice, and a changed one does not open', async () => {
    const { jwk, privateKey } = await platformKey();
    const sealer = await sealerFor(jwk);
    const [one, two] = await Promise.all([sealer.seal(payload), sealer.seal(payload)]);
    expect(one).not.toBe(two);
    const parts = one.split('.');
    const body = parts[3] ?? '';
    parts[3] = (body[0] === 'A' ? 'B' : 'A') + body.slice(1);
    await expect(compactDecrypt(parts.join('.'), privateKey)).rejects.toThrow();
  });

  it('has one size for a short and a longer content', async () => {
    const { jwk } = await platformKey();
    const sealer = await sealerFor(jwk);
    const longer = {
      ...payload,
      content: { ...payload.content, terms: [...payload.content.terms, { id: 'programme', version: '2026-10-01' }] },
    };
    expect((await sealer.seal(longer)).length).toBe((await sealer.seal(payload)).length);
  });

  it('of an application, the size tells neither how well the face compresses nor what else was entered', async () => {
    const { jwk } = await platformKey();
    const sealer = await sealerFor(jwk);
    const application = (bytes: number, email: string): SealedApplication => ({
      v: 1,
      content: {
        ...{ v: 1, kind: 'card-application', id: payload.content.id, receipt: '1234567897', terminal: 'K-TEST-1' },
        ...{ at: payload.content.at, challenge: 'A'.repeat(32), replyKey: payload.content.replyKey, form: '1'.repeat(23) },
        ...{ read: ['scan', 'keys'], moved: false, contact: { kind: 'email', text: email }, braille: false, way: 'normal' },
        certificates: { signature: true, authentication: true },
        hints: [],
        photo: Buffer.alloc(bytes, 7).toString('base64'),
      },
    });
    const sizeOf = async (bytes: number, email: string) => (await sealer.seal(application(bytes, email))).length;
    expect(await sizeOf(60_000, 'a@b.example')).toBe(await sizeOf(90_000, `${'a'.repeat(60)}@example.co.jp`));
    const largest = await sizeOf(KIOSK_PHOTO.mostBytes, `${'a'.repeat(60)}@example.co.jp`);
    for (const bytes of [30_000, 60_000, 300_000, KIOSK_PHOTO.mostBytes])
      expect(await sizeOf(bytes, `${'a'.repeat(60)}@example.co.jp`)).toBeLessThanOrEqual(sealedApplicationBytes(bytes));
    expect(sealedApplicationBytes(KIOSK_PHOTO.mostBytes)).toBeLessThanOrEqual(MAX_SEALED_BYTES);
    expect(largest).toBeGreaterThan(MOST_PHOTO_TEXT);
  });

  it.each([
    ['not a key', {}],
    ['a private key', { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k', d: 'secret' }],
    ['another curve', { kty: 'EC', crv: 'P-384', x: 'x', y: 'y', kid: 'k' }],
    ['a point off the curve', { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA', kid: 'k' }],
  ])('refuses %s', async (_name, jwk) => {
    expect(await createSealer(jwk)).toEqual({ ok: false, error: 'bad-key' });
  });
});

describe('reply key', () => {
  const reply = async (jwk: object, body: unknown, typ = REPLY_TYPE) =>
    new CompactEncrypt(new TextEncoder().encode(JSON.stringify(body)))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ })
      .encrypt(await importJWK(jwk, 'ECDH-ES'));
  const body = { kind: 'set-up', myKeyId: 'KMHT2345', alreadySet: false };

  it('opens what was sealed to it until it is destroyed', async () => {
    const key = await createReplyKey();
    const jwe = await reply(key.publicJwk, body);
    expect(await key.open(jwe)).toEqual({ ok: true, value: body });
    key.destroy();
    expect(await key.open(jwe)).toEqual({ ok: false, error: 'unreadable' });
  });

  it('opens nothing else: another session, another type, another shape, garbage', async () => {
    const key = await createReplyKey();
    const other = await createReplyKey();
    for (const jwe of [
      await reply(other.publicJwk, body),
      await reply(key.publicJwk, body, 'x'),
      await reply(key.publicJwk, { a: 1 }),
      'a.b.c',
      '',
    ]) {
      expect(await key.open(jwe)).toEqual({ ok: false, error: 'unreadable' });
    }
  });
});
