import { cp, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { reissueCrlLocked, renewLocked } from './change.ts';
import { loadTestPki, type TestPki } from './load.ts';
import { makePki } from './make.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { withLock } from './store.ts';

export { renewPerson, revoke } from './change.ts';
export { type Issued, issueCa, issueCertificate, issueCrl, type Revocation, type Validity } from './issue.ts';
export { loadTestPki, personOf, type TestPerson, type TestPki } from './load.ts';
export { publicFiles, type Renewals, readCrl, readRenewals } from './manifest.ts';
export { type PersonName, personNames } from './people.ts';

/** Where the sandbox and the tests keep their PKI: `.cache/sandbox/pki` in the repository, never committed. */
export const defaultPkiDir = fileURLToPath(new URL('../../../.cache/sandbox/pki', import.meta.url));

const HOUR = 3_600_000;
const olderThan = (instant: string, hours: number, now: Date): boolean =>
  now.getTime() - Date.parse(instant) > hours * HOUR || Date.parse(instant) - now.getTime() > HOUR;

/** "Expiring soon" must stay so: after a month, everything is made anew (also when the clock went back). */
const isStale = (manifest: Manifest, now: Date): boolean => olderThan(manifest.madeAt, 30 * 24, now);

async function replace(dir: string, now: Date): Promise<void> {
  const temporary = `${dir}.making`;
  await rm(temporary, { recursive: true, force: true });
  await makePki(temporary, now);
  await rm(dir, { recursive: true, force: true });
  await rename(temporary, dir);
}

async function keepCurrent(dir: string, manifest: Manifest, now: Date): Promise<void> {
  const renewed = manifest.persons.find(({ name }) => name === 'renewed-today');
  if (renewed !== undefined && olderThan(renewed.auth.at, 20, now)) await renewLocked(dir, 'renewed-today', now);
  else if (olderThan(manifest.crlAt, 20, now)) await reissueCrlLocked(dir, now);
}

/**
 * The test PKI in `dir`, made at first use (some seconds: RSA keys for everybody), kept current afterwards
 * ("renewed today" is renewed again, the revocation list reissued daily, everything made anew after a month).
 * Safe to call from several processes at once.
 */
export async function ensureTestPki(dir = defaultPkiDir, now = new Date()): Promise<TestPki> {
  await withLock(dir, async () => {
    const manifest = await readManifest(dir);
    if (manifest === null || isStale(manifest, now)) await replace(dir, now);
    else await keepCurrent(dir, manifest, now);
  });
  return loadTestPki(dir);
}

/** A copy that a test may renew and revoke in. @param to a directory that is not there yet */
export async function copyTestPki(from: TestPki, to: string): Promise<TestPki> {
  await cp(from.dir, to, { recursive: true });
  return loadTestPki(to);
}
