import { compactVerify, importJWK, type JWK } from 'jose';
import { z } from 'zod';
import { Catalogue, MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { err, ok, type Result } from '../../contract/result.ts';

/** Why a catalogue is not taken. */
export type CatalogueRefusal = 'signature' | 'schema' | 'too-large';
export type VerifyCatalogue = (jws: string) => Promise<Result<Catalogue, CatalogueRefusal>>;

const PublicKey = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** @param jwk public P-256 key of the platform @returns null when it is not one */
export async function createVerifier(jwk: unknown): Promise<VerifyCatalogue | null> {
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
    try {
      const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
      text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
    } catch {
      return err('signature');
    }
    const catalogue = Catalogue.safeParse(parseJson(text));
    return catalogue.success ? ok(catalogue.data) : err('schema');
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
