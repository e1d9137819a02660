import { createHash } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { Catalogue, CatalogueHeader, canonicalCatalogue, isAddressedTo, MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { err, ok, type Result } from '../../contract/result.ts';

/** Why a catalogue is not taken. `unaddressed`: signed, but not as a catalogue that says for whom and until when. */
type CatalogueRefusal = 'signature' | 'schema' | 'too-large' | 'unaddressed' | 'audience';

/** A catalogue that the platform signed for this terminal. */
export interface SignedCatalogue {
  readonly catalogue: Catalogue;
  /** SHA-256 (hex) of its content, however it was written (RFC 8785). */
  readonly digest: string;
  /** When it was signed, and until when it may be used; epoch ms. */
  readonly signedAt: number;
  readonly validUntil: number;
}
export type VerifyCatalogue = (jws: string) => Promise<Result<SignedCatalogue, CatalogueRefusal>>;

const PublicKey = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** @param jwk public P-256 key of the platform @param terminal this kiosk's id @returns null when it is no such key */
export async function createVerifier(jwk: unknown, terminal: string): Promise<VerifyCatalogue | null> {
  const parsed = PublicKey.safeParse(jwk);
  if (!parsed.success) return null;
  const { kty, crv, x, y } = parsed.data;
  let key: Awaited<ReturnType<typeof importJWK>>;
  try {
    key = await importJWK({ kty, crv, x, y } satisfies JWK, 'ES256');
  } catch {
    return null;
  }
  return async (jws) => {
    // Before anything is parsed: a catalogue with a million services must not cost more than its first look.
    if (jws.length > MAX_CATALOGUE_BYTES) return err('too-large');
    let text: string;
    let signed: unknown;
    try {
      const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['ES256'] });
      signed = protectedHeader;
      text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    } catch {
      return err('signature');
    }
    const header = CatalogueHeader.safeParse(signed);
    if (!header.success) return err('unaddressed');
    if (!isAddressedTo(header.data, terminal)) return err('audience');
    const catalogue = Catalogue.safeParse(parseJson(text));
    if (!catalogue.success) return err('schema');
    const digest = createHash('sha256').update(canonicalCatalogue(catalogue.data)).digest('hex');
    const { iat, exp } = header.data;
    return ok({ catalogue: catalogue.data, digest, signedAt: iat * 1000, validUntil: exp * 1000 });
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
