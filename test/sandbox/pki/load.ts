import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issued } from './issue.ts';
import { type Manifest, publicFiles, type Renewals, readCrl, readManifest, readRenewals } from './manifest.ts';
import type { PersonName } from './people.ts';

/** One invented holder with everything that is on (or belongs to) the card. */
export interface TestPerson {
  readonly name: PersonName;
  /** User-authentication PIN, 4 digits. */
  readonly pin: string;
  readonly signaturePassword: string;
  /** Serial of the current authentication certificate, lower-case hex. */
  readonly authSerial: string;
  /** X.509 DER. */
  readonly authCertDer: Buffer;
  /** PKCS#8 DER. */
  readonly authKey: Buffer;
  /** Earlier authentication certificates and keys, oldest first. */
  readonly previousAuth: readonly Issued[];
  /** null: a child has none. */
  readonly signCertDer: Buffer | null;
  readonly signKey: Buffer | null;
}

/** A test PKI as it was when it was read. */
export interface TestPki {
  readonly dir: string;
  readonly caAuthDer: Buffer;
  readonly caSignDer: Buffer;
  /** Revocation list of the authentication CA. */
  readonly crlDer: Buffer;
  readonly persons: readonly TestPerson[];
  /** Old serial to new serial. */
  readonly renewals: Renewals;
}

type Stored = Manifest['ca']['auth'];

/** Reads back one certificate and its key. */
export async function readIssued(dir: string, { serial, cert, key }: Stored): Promise<Issued> {
  return { serial, certDer: await readFile(join(dir, cert)), key: await readFile(join(dir, key)) };
}

async function readPerson(dir: string, entry: Manifest['persons'][number]): Promise<TestPerson> {
  const auth = await readIssued(dir, entry.auth);
  const sign = entry.sign === null ? null : await readIssued(dir, entry.sign);
  return {
    name: entry.name,
    pin: entry.pin,
    signaturePassword: entry.signaturePassword,
    authSerial: auth.serial,
    authCertDer: auth.certDer,
    authKey: auth.key,
    previousAuth: await Promise.all(entry.previous.map((old) => readIssued(dir, old))),
    signCertDer: sign?.certDer ?? null,
    signKey: sign?.key ?? null,
  };
}

/** Reads a PKI that `ensureTestPki` made. Throws when there is none. */
export async function loadTestPki(dir: string): Promise<TestPki> {
  const manifest = await readManifest(dir);
  if (manifest === null) throw new Error(`no test PKI in ${dir}`);
  return {
    dir,
    caAuthDer: await readFile(join(dir, publicFiles.caAuth)),
    caSignDer: await readFile(join(dir, publicFiles.caSign)),
    crlDer: await readCrl(dir),
    persons: await Promise.all(manifest.persons.map((entry) => readPerson(dir, entry))),
    renewals: await readRenewals(dir),
  };
}

/** The holder of that name. */
export function personOf(pki: TestPki, name: PersonName): TestPerson {
  const person = pki.persons.find((one) => one.name === name);
  if (person === undefined) throw new Error(`no test person ${name}`);
  return person;
}
