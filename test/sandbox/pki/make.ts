import { mkdir } from 'node:fs/promises';
import { type Issued, issueCa, issueCertificate, issueCrl, type Validity } from './issue.ts';
import { type Manifest, publicFiles, type Renewals } from './manifest.ts';
import { type PersonPlan, personPlans } from './people.ts';
import type { Purpose } from './profile.ts';
import { writeWhole } from './store.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** 23:59:59 Japan time = 14:59:59Z of the day that many days from now (SOURCES.md, Card: validity). */
export function endOfDay(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * DAY);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 14, 59, 59));
}

/** A freshly renewed certificate: issued three hours ago, for five years less a little. */
export const renewedValidity = (now: Date): Validity => ({
  notBefore: new Date(Math.floor((now.getTime() - 3 * HOUR) / 1000) * 1000),
  notAfter: endOfDay(now, 1800),
});

/** Writes certificate and key under names that hold the serial: never overwritten, so a reader can finish with the old ones. */
export async function storeIssued(
  dir: string,
  kind: string,
  issued: Issued,
): Promise<{ serial: string; cert: string; key: string }> {
  const cert = `${kind}-${issued.serial}.der`;
  const key = `${kind}-${issued.serial}.key`;
  await writeWhole(dir, cert, issued.certDer);
  await writeWhole(dir, key, issued.key);
  return { serial: issued.serial, cert, key };
}

/** Writes the list, the chain, and last the manifest that names everything. */
export async function storeState(dir: string, manifest: Manifest, crl: Buffer, renewals: Renewals): Promise<void> {
  await writeWhole(dir, publicFiles.crl, crl);
  await writeWhole(dir, publicFiles.renewals, `${JSON.stringify(renewals, null, 2)}\n`);
  await writeWhole(dir, 'manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

async function makePerson(dir: string, plan: PersonPlan, ca: Record<Purpose, Issued>, now: Date) {
  const validity: Validity = {
    notBefore: new Date(Math.floor((now.getTime() - plan.issuedDaysAgo * DAY) / 1000) * 1000),
    notAfter: endOfDay(now, plan.renewed ? 60 : plan.endsInDays),
  };
  const first = await storeIssued(dir, 'auth', await issueCertificate('auth', ca.auth, validity, plan.key));
  const renewed = plan.renewed
    ? await storeIssued(dir, 'auth', await issueCertificate('auth', ca.auth, renewedValidity(now)))
    : null;
  const current = renewed ?? first;
  return {
    name: plan.name,
    pin: plan.pin,
    signaturePassword: plan.signaturePassword,
    auth: { ...current, at: (renewed === null ? validity : renewedValidity(now)).notBefore.toISOString() },
    previous: renewed === null ? [] : [first],
    sign: plan.signature ? await storeIssued(dir, 'sign', await issueCertificate('sign', ca.sign, validity)) : null,
  };
}

/** Fills an empty directory with two CAs, every test person, the revocation list and the renewal chain. */
export async function makePki(dir: string, now: Date): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const life: Validity = {
    notBefore: new Date(Math.floor(now.getTime() / DAY) * DAY - 2200 * DAY),
    notAfter: endOfDay(now, 1900),
  };
  const ca = { auth: await issueCa('auth', life), sign: await issueCa('sign', life) };
  await writeWhole(dir, publicFiles.caAuth, ca.auth.certDer);
  await writeWhole(dir, publicFiles.caSign, ca.sign.certDer);
  const persons = await Promise.all(personPlans.map((plan) => makePerson(dir, plan, ca, now)));
  const superseded = persons.flatMap(({ previous, auth }) =>
    previous.map((old) => ({ old: old.serial, new: auth.serial, at: auth.at })),
  );
  const revokedNames = new Set(personPlans.filter(({ revoked }) => revoked).map(({ name }) => name));
  const revoked: Manifest['revoked'] = [
    ...superseded.map(({ old, at }) => ({ serial: old, at, reason: 'superseded' as const })),
    ...persons
      .filter(({ name }) => revokedNames.has(name))
      .map(({ auth }) => ({
        serial: auth.serial,
        at: new Date(now.getTime() - 7 * DAY).toISOString(),
        reason: 'ended' as const,
      })),
  ];
  const manifest: Manifest = {
    v: 1,
    madeAt: now.toISOString(),
    crlAt: now.toISOString(),
    ca: { auth: await storeIssued(dir, 'ca-auth', ca.auth), sign: await storeIssued(dir, 'ca-sign', ca.sign) },
    revoked,
    persons,
  };
  const crl = await issueCrl(
    ca.auth,
    revoked.map((entry) => ({ ...entry, at: new Date(entry.at) })),
    now,
  );
  await storeState(dir, manifest, crl, Object.fromEntries(superseded.map((step) => [step.old, step.new])));
}
