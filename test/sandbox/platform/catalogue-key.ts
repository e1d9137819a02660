import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import type { CatalogueHeader } from '../../../main/contract/catalogue.ts';
import { writeWhole } from './sealing-key.ts';

const PUBLIC_FILE = 'catalogue-key.jwk.json';
const PRIVATE_FILE = 'catalogue-key.private.jwk.json';

const Key = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), d: z.string().min(1) })
  .strict();

export interface CatalogueKey {
  /** @param header of the signature, beside `alg`: what the text is and, of a catalogue, for whom @returns JWS compact, ES256 */
  sign(text: string, header?: Partial<CatalogueHeader> | { readonly typ: string }): Promise<string>;
  readonly publicJwk: Omit<z.infer<typeof Key>, 'd'>;
  readonly file: string;
}

/** The key that catalogues are signed with, made at first use; its public half lies beside it for kiosks' settings. */
export async function catalogueKey(dir: string): Promise<CatalogueKey> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, PRIVATE_FILE);
  const kept = await readFile(path, 'utf8').catch(() => null);
  const key = kept === null ? await makeKey(path) : Key.parse(JSON.parse(kept));
  const { d: _, ...publicJwk } = key;
  const file = join(dir, PUBLIC_FILE);
  await writeWhole(file, `${JSON.stringify(publicJwk, null, 2)}\n`, 0o644);
  return { sign: signer(await imported(key)), publicJwk, file };
}

/** Another key than the platform's: what it signs must be refused. */
export async function forgedSigner(): Promise<CatalogueKey['sign']> {
  const { privateKey } = await generateKeyPair('ES256');
  return signer(privateKey);
}

const signer =
  (key: CryptoKey): CatalogueKey['sign'] =>
  (text, header = {}) =>
    new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ ...header, alg: 'ES256' }).sign(key);

async function imported(key: z.infer<typeof Key>): Promise<CryptoKey> {
  const made = await importJWK(key, 'ES256');
  if (made instanceof Uint8Array) throw new Error('not an elliptic-curve key');
  return made;
}

async function makeKey(path: string): Promise<z.infer<typeof Key>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  const key = Key.parse({ kty, crv, x, y, d });
  await writeWhole(path, JSON.stringify(key), 0o600);
  return key;
}
