import {
  constants,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  verify,
  X509Certificate,
} from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { signedText } from '../../../main/contract/submission.ts';
import { SealingKey } from '../../../main/core/seal/seal.ts';
import type { Prepared } from './submissions.ts';

const Epk = z.object({ epk: z.object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() }) });

/** A sealing key whose private half is at hand, for the bare loop. */
export function bareKey(): { readonly jwk: SealingKey; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  return { jwk: SealingKey.parse({ kty, crv, x, y, kid: 'bench' }), privateKey };
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function decrypt(sealed: string, privateKey: KeyObject): Buffer {
  const [header = '', , iv = '', text = '', tag = ''] = sealed.split('.');
  const { epk } = Epk.parse(JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
  const secret = diffieHellman({ privateKey, publicKey: createPublicKey({ key: epk, format: 'jwk' }) });
  const info = [uint32(1), secret, uint32(7), Buffer.from('A256GCM'), uint32(0), uint32(0), uint32(256)];
  const key = createHash('sha256').update(Buffer.concat(info)).digest();
  const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
    .setAAD(Buffer.from(header))
    .setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([opener.update(Buffer.from(text, 'base64url')), opener.final()]);
}

/**
 * The floor of the cryptography, in a bare loop over the same kind of items: one key agreement and decryption, the CA's signature on the
 * certificate, the card's signature. No schema, no profile, no answer. @returns ms an item: of the wall, and of the processor
 */
export function bareCrypto(
  prepared: readonly Prepared[],
  privateKey: KeyObject,
  ca: X509Certificate,
): { readonly wall: number; readonly processor: number } {
  const caKey = createPublicKey(ca.publicKey.export({ type: 'spki', format: 'pem' }));
  const began = performance.now();
  const used = process.cpuUsage();
  for (const { item, payload } of prepared) {
    decrypt(item.sealed, privateKey);
    const certificate = new X509Certificate(Buffer.from(payload.certificate, 'base64'));
    const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING };
    const signed = verify(
      'sha256',
      Buffer.from(signedText(payload.content), 'utf8'),
      key,
      Buffer.from(payload.signature, 'base64'),
    );
    if (!signed || !certificate.verify(caKey)) throw new Error('an item of the bench is not good');
  }
  const { user, system } = process.cpuUsage(used);
  return { wall: (performance.now() - began) / prepared.length, processor: (user + system) / 1000 / prepared.length };
}

/** The floor of the disk: one bare row an item in one table, WAL and synchronous=FULL, one commit for a hundred. @returns ms an item */
export function bareInserts(prepared: readonly Prepared[]): number {
  const folder = mkdtempSync(join(resolve(process.env.BENCH_DIR ?? tmpdir()), 'platform-floor-'));
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (id TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO t (id, content) VALUES (?, ?)');
  const rows = prepared.map(({ payload }) => [payload.content.id, JSON.stringify(payload.content)] as const);
  const began = performance.now();
  for (let at = 0; at < rows.length; at += 100) {
    db.transaction(() => {
      for (const [id, content] of rows.slice(at, at + 100)) insert.run(id, content);
    })();
  }
  const ms = (performance.now() - began) / rows.length;
  db.close();
  rmSync(folder, { recursive: true });
  return ms;
}
