import 'reflect-metadata';
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { BatchItem } from '../../../main/contract/platform.ts';
import { SealedPayload, signedText } from '../../../main/contract/submission.ts';
import { createReplyKey } from '../../../main/core/seal/reply-key.ts';
import { createSealer, type SealingKey } from '../../../main/core/seal/seal.ts';
import { ensureTestPki } from '../../sandbox/pki/index.ts';
import type { Issued } from '../../sandbox/pki/issue.ts';
import { readIssued } from '../../sandbox/pki/load.ts';
import { readManifest } from '../../sandbox/pki/manifest.ts';
import { authSubject, caName, endEntityExtensions } from '../../sandbox/pki/profile.ts';
import { setUpContent } from '../../support/set-up-content.ts';
import { sakuraAccount, signUpContent } from '../../support/sign-up-acts.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Making an RSA key takes long; verifying with one takes the same time whoever has it. Certificates are all different. */
const KEYS = 4;

interface Holder {
  readonly certDer: Buffer;
  readonly key: KeyObject;
}

/** Issues certificates of people that nobody knows yet, by the sandbox's own CA. */
async function createIssuer(): Promise<() => Promise<Holder>> {
  const { dir } = await ensureTestPki();
  const manifest = await readManifest(dir);
  if (manifest === null) throw new Error('no test PKI');
  const ca: Issued = await readIssued(dir, manifest.ca.auth);
  const signingKey = await crypto.subtle.importKey('pkcs8', Uint8Array.from(ca.key), RSA, false, ['sign']);
  const keys = await Promise.all(
    Array.from({ length: KEYS }, async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      return { key: privateKey, publicKey: await crypto.subtle.importKey('spki', Uint8Array.from(spki), RSA, true, ['verify']) };
    }),
  );
  const caSpki = Buffer.from(new x509.X509Certificate(Uint8Array.from(ca.certDer)).publicKey.rawData);
  // RFC 5280 section 4.2.1.2 method 1: in an RSA-2048 SPKI the bits of the key follow 24 bytes.
  const caKeyId = createHash('sha1').update(caSpki.subarray(24)).digest();
  const ids = { subjectKeyId: randomBytes(20), caKeyId, caSerial: ca.serial };
  let made = 0;
  return async () => {
    const pair = keys[made % KEYS];
    if (pair === undefined) throw new Error('no key');
    made += 1;
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: `7e${randomBytes(7).toString('hex')}`,
      subject: authSubject(`BENCH${String(made).padStart(9, '0')}00000001A`),
      issuer: caName('auth'),
      notBefore: new Date(Date.now() - DAY_MS),
      notAfter: new Date(Date.now() + 365 * DAY_MS),
      signingAlgorithm: RSA,
      signingKey,
      publicKey: pair.publicKey,
      extensions: endEntityExtensions('auth', ids, []),
    });
    return { certDer: Buffer.from(certificate.rawData), key: pair.key };
  };
}

export interface Prepared {
  readonly item: BatchItem;
  readonly payload: SealedPayload;
}

/**
 * Submissions as a kiosk makes them, each of another person with a certificate of its own: half set up an ID, half sign up with a service at
 * once. @returns makes one for a kiosk and a challenge drawn by it
 */
export async function createSubmitter(
  sealingKey: SealingKey,
): Promise<(terminal: string, challenge: string) => Promise<Prepared>> {
  const issue = await createIssuer();
  const sealer = await createSealer(sealingKey);
  if (!sealer.ok) throw new Error(sealer.error);
  let made = 0;
  return async (terminal, challenge) => {
    made += 1;
    const { certDer, key } = await issue();
    const replyKey = await createReplyKey();
    const common = { terminal, challenge, replyKey: replyKey.publicJwk, now: Date.now() };
    const signUp = made % 2 === 0 ? signUpContent({ account: sakuraAccount(randomBytes(4).readUInt32BE()) }) : {};
    const content = setUpContent(common, signUp);
    const payload = SealedPayload.parse({
      v: 1,
      content,
      signature: sign('sha256', Buffer.from(signedText(content), 'utf8'), key).toString('base64'),
      certificate: certDer.toString('base64'),
    });
    const { id, kind, receipt } = content;
    return { payload, item: { id, kind, receipt, terminal, sealed: await sealer.value.seal(payload) } };
  };
}
