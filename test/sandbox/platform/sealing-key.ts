import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { SealingKey } from '../../../main/core/seal/seal.ts';

export const publicKeyFile = 'sealing-key.jwk.json';
const privateKeyFile = 'sealing-key.private.jwk.json';

const PrivateKey = SealingKey.extend({ d: z.string().min(1) }).strict();

export interface PlatformKey {
  readonly privateKey: CryptoKey;
  /** What kiosks seal to; also in `file`. */
  readonly publicJwk: SealingKey;
  readonly file: string;
}

export async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, text, { mode });
  await rename(part, path);
}

async function readKey(path: string): Promise<z.infer<typeof PrivateKey> | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : PrivateKey.parse(JSON.parse(text));
}

async function makeKey(path: string): Promise<z.infer<typeof PrivateKey>> {
  const { privateKey, publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  const key = PrivateKey.parse({ kty, crv, x, y, d, use: 'enc', kid: await calculateJwkThumbprint(publicKey) });
  await writeWhole(path, JSON.stringify(key), 0o600);
  return key;
}

/**
 * The platform's P-256 key, made at first use. The private half stays in the data directory, readable by its owner only;
 * the public half lies beside it for kiosks' settings. `kid`: RFC 7638 thumbprint.
 * @throws when the file holds something else: a lost key makes every waiting submission unreadable, so none is made over it
 */
export async function platformKey(dir: string): Promise<PlatformKey> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, privateKeyFile);
  const { d, ...publicJwk } = (await readKey(path)) ?? (await makeKey(path));
  const { kty, crv, x, y } = publicJwk;
  const privateKey = await importJWK({ kty, crv, x, y, d }, 'ECDH-ES', { extractable: false });
  if (privateKey instanceof Uint8Array) throw new Error('not an elliptic-curve key');
  const file = join(dir, publicKeyFile);
  await writeWhole(file, `${JSON.stringify(publicJwk, null, 2)}\n`, 0o644);
  return { privateKey, publicJwk, file };
}
