import { issueCertificate, issueCrl } from './issue.ts';
import { loadTestPki, readIssued, type TestPki } from './load.ts';
import { renewedValidity, storeIssued, storeState } from './make.ts';
import { type Manifest, type Renewals, readManifest, readRenewals } from './manifest.ts';
import type { PersonName } from './people.ts';
import { withLock } from './store.ts';

interface Draft {
  manifest: Manifest;
  renewals: Renewals;
}

const save = async (dir: string, { manifest, renewals }: Draft, now: Date): Promise<void> => {
  const revoked = manifest.revoked.map((entry) => ({ ...entry, at: new Date(entry.at) }));
  const crl = await issueCrl(await readIssued(dir, manifest.ca.auth), revoked, now);
  await storeState(dir, { ...manifest, crlAt: now.toISOString() }, crl, renewals);
};

const draftOf = async (dir: string): Promise<Draft> => {
  const manifest = await readManifest(dir);
  if (manifest === null) throw new Error(`no test PKI in ${dir}`);
  return { manifest, renewals: await readRenewals(dir) };
};

const withRevoked = (manifest: Manifest, serial: string, reason: 'superseded' | 'ended', now: Date): Manifest =>
  manifest.revoked.some((entry) => entry.serial === serial)
    ? manifest
    : { ...manifest, revoked: [...manifest.revoked, { serial, at: now.toISOString(), reason }] };

/** The work of `renewPerson`, for callers that hold the lock. */
export async function renewLocked(dir: string, name: PersonName, now: Date): Promise<void> {
  const { manifest, renewals } = await draftOf(dir);
  const ca = await readIssued(dir, manifest.ca.auth);
  const validity = renewedValidity(now);
  const fresh = await storeIssued(dir, 'auth', await issueCertificate('auth', ca, validity));
  const old = manifest.persons.find((one) => one.name === name)?.auth;
  if (old === undefined) throw new Error(`no test person ${name}`);
  const persons = manifest.persons.map((one) =>
    one.name === name
      ? {
          ...one,
          auth: { ...fresh, at: validity.notBefore.toISOString() },
          previous: [...one.previous, { serial: old.serial, cert: old.cert, key: old.key }],
        }
      : one,
  );
  const revoked = withRevoked(manifest, old.serial, 'superseded', now);
  await save(dir, { manifest: { ...revoked, persons }, renewals: { ...renewals, [old.serial]: fresh.serial } }, now);
}

/** The work of a CRL refresh, for callers that hold the lock. */
export const reissueCrlLocked = async (dir: string, now: Date): Promise<void> => save(dir, await draftOf(dir), now);

/**
 * Renews a person's authentication certificate: new key, new serial. The old one goes onto the revocation list
 * (`superseded`) and into `renewals.json`. Use a directory of your own: the shared one serves every test.
 */
export async function renewPerson(dir: string, name: PersonName, now = new Date()): Promise<TestPki> {
  await withLock(dir, () => renewLocked(dir, name, now));
  return loadTestPki(dir);
}

/** Puts a serial (hex) onto the revocation list and issues the list anew. */
export async function revoke(dir: string, serial: string, now = new Date()): Promise<TestPki> {
  await withLock(dir, async () => {
    const draft = await draftOf(dir);
    await save(dir, { ...draft, manifest: withRevoked(draft.manifest, serial, 'ended', now) }, now);
  });
  return loadTestPki(dir);
}
