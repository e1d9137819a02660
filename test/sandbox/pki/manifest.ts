import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { personNames } from './people.ts';

const serial = z.string().regex(/^[0-9a-f]{16}$/);
const file = z.string().regex(/^[0-9a-z.-]+$/);
const issued = z.object({ serial, cert: file, key: file }).strict();
const instant = z.iso.datetime();

/** Files beside the manifest that other programs may read under these names. */
export const publicFiles = { caAuth: 'ca-auth.der', caSign: 'ca-sign.der', crl: 'crl.der', renewals: 'renewals.json' } as const;

/** The index of a test PKI directory. Everything it names exists: it is written last. */
export const Manifest = z
  .object({
    v: z.literal(1),
    madeAt: instant,
    crlAt: instant,
    ca: z.object({ auth: issued, sign: issued }).strict(),
    revoked: z.array(z.object({ serial, at: instant, reason: z.enum(['superseded', 'ended']) }).strict()),
    persons: z
      .array(
        z
          .object({
            name: z.enum(personNames),
            pin: z.string().regex(/^\d{4}$/),
            signaturePassword: z.string().regex(/^[A-Z0-9]{6,16}$/),
            auth: issued.extend({ at: instant }).strict(),
            /** Earlier authentication certificates, oldest first. */
            previous: z.array(issued),
            sign: issued.nullable(),
          })
          .strict(),
      )
      .length(personNames.length),
  })
  .strict();
export type Manifest = z.infer<typeof Manifest>;

/** `renewals.json`: old serial to new serial (hex), as J-LIS would tell a verifier. One step per renewal: follow the chain. */
export const Renewals = z.record(serial, serial);
export type Renewals = z.infer<typeof Renewals>;

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/** @returns null when there is no whole PKI of this version in `dir` (a cache: whoever finds null makes a new one). */
export async function readManifest(dir: string): Promise<Manifest | null> {
  try {
    const parsed = Manifest.safeParse(await readJson(join(dir, 'manifest.json')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The renewals known now; read again at every use, a sandbox may renew a card while a verifier runs. */
export async function readRenewals(dir: string): Promise<Renewals> {
  return Renewals.parse(await readJson(join(dir, publicFiles.renewals)));
}

/** The revocation list (DER) as it is now. */
export const readCrl = (dir: string): Promise<Buffer> => readFile(join(dir, publicFiles.crl));
