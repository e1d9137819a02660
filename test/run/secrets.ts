import { X509Certificate } from 'node:crypto';
import type { TestPki } from '../sandbox/pki/index.ts';
import { TEST_FORM_PREFIX } from '../sandbox/platform/forms.ts';
import { accountOf, SIMULATED } from '../sandbox/providers/accounts.ts';
import { APPLICANTS } from '../support/applicants.ts';

/** One thing that must be nowhere on the kiosk, in one of its forms. */
export interface Needle {
  readonly whose: string;
  readonly what: 'certificate' | 'serial' | 'subject' | 'pin' | 'my-key-id' | 'account' | 'form' | 'email' | 'phone' | 'photo';
  readonly form: string;
  readonly bytes: Buffer;
}

/** The three ways in which bytes can stand inside a longer base64 text, without the characters that depend on the neighbours. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((lead) => {
    const text = Buffer.concat([Buffer.alloc(lead), bytes])
      .toString('base64')
      .replaceAll('=', '');
    const start = lead === 0 ? 0 : lead + 1;
    const whole = Math.floor(((lead + bytes.length) * 8) / 6);
    return text.slice(start, whole);
  });
}

/** Raw, hex in both cases, base64 and base64url at every alignment. */
export function formsOf(bytes: Buffer): { form: string; bytes: Buffer }[] {
  const hex = bytes.toString('hex');
  const encoded = base64Forms(bytes);
  return [
    { form: 'raw', bytes },
    { form: 'hex', bytes: Buffer.from(hex) },
    { form: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    ...encoded.map((text) => ({ form: 'base64', bytes: Buffer.from(text) })),
    ...encoded.map((text) => ({ form: 'base64url', bytes: Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_')) })),
  ];
}

/** Stretches of a certificate that are this person's alone: the key and the signature, not the issuer's name. */
function ownStretches(der: Buffer): Buffer[] {
  const { n, x } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
  const key = Buffer.from(n ?? x ?? '', 'base64url');
  const middle = Math.floor(key.length / 2);
  return [key.subarray(0, 32), key.subarray(middle - 16, middle + 16), der.subarray(der.length - 32)];
}

/** More than any test uses of one provider. */
const KNOWN_ACCOUNTS = 12;
/** Stretches of a picture's coded data: no two test pictures share one. */
function photoStretches(jpeg: Uint8Array): Buffer[] {
  const bytes = Buffer.from(jpeg);
  return [0.2, 0.5, 0.8].map((part) => {
    const at = Math.floor(bytes.length * part);
    return bytes.subarray(at, at + 48);
  });
}

/** What must be nowhere of people who applied for a card: form, address, telephone, picture. */
export function applicantNeedles(): Needle[] {
  const needles: Needle[] = [];
  const add = (whose: string, what: Needle['what'], bytes: Buffer) => {
    for (const form of formsOf(bytes)) needles.push({ whose, what, ...form });
  };
  // Every test form begins like this, as it is stored and as people read it.
  for (const between of ['', ' ', '-'])
    add('any form', 'form', Buffer.from([0, 4, 8].map((at) => TEST_FORM_PREFIX.slice(at, at + 4)).join(between)));
  for (const { name, email, phone, photo } of APPLICANTS) {
    add(name, 'email', Buffer.from(email));
    add(name, 'email', Buffer.from(email.slice(0, email.indexOf('@') + 1)));
    for (const text of [phone, `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`])
      add(name, 'phone', Buffer.from(text));
    for (const stretch of photoStretches(photo())) add(name, 'photo', stretch);
  }
  return needles;
}

export function needlesOf(pki: TestPki, myKeyIds: readonly string[]): Needle[] {
  const needles: Needle[] = [];
  const add = (whose: string, what: Needle['what'], bytes: Buffer) => {
    for (const form of formsOf(bytes)) needles.push({ whose, what, ...form });
  };
  for (const person of pki.persons) {
    const certificates = [person.authCertDer, person.signCertDer, ...person.previousAuth.map((old) => old.certDer)].filter(
      (der) => der !== null,
    );
    for (const der of certificates) {
      for (const stretch of ownStretches(der)) add(person.name, 'certificate', stretch);
      const x509 = new X509Certificate(der);
      add(person.name, 'serial', Buffer.from(x509.serialNumber, 'hex'));
      needles.push({
        whose: person.name,
        what: 'serial',
        form: 'decimal',
        bytes: Buffer.from(BigInt(`0x${x509.serialNumber}`).toString()),
      });
      const commonName = /CN=(\S+)/.exec(x509.subject)?.[1];
      if (commonName === undefined) throw new Error(`${person.name}: no CN to search for`);
      add(person.name, 'subject', Buffer.from(commonName));
    }
    // Four digits alone are in every time stamp. What a leak would look like: the command, the field, the quoted text.
    add(person.name, 'pin', Buffer.concat([Buffer.from('0020009804', 'hex'), Buffer.from(person.pin)]));
    needles.push({ whose: person.name, what: 'pin', form: 'hex', bytes: Buffer.from(Buffer.from(person.pin).toString('hex')) });
    for (const text of [`"${person.pin}"`, `'${person.pin}'`, `pin=${person.pin}`, `pin: ${person.pin}`, `pin":${person.pin}`]) {
      needles.push({ whose: person.name, what: 'pin', form: 'text', bytes: Buffer.from(text) });
    }
  }
  for (const id of myKeyIds) add(id, 'my-key-id', Buffer.from(id));
  // What is typed in sign-ups: the accounts that the providers know, and all that are counted up from nought (sakuraAccount).
  add('all', 'account', Buffer.from('6900000000'));
  for (const service of SIMULATED)
    for (let n = 0; n < KNOWN_ACCOUNTS; n++) add(`${service} ${n}`, 'account', Buffer.from(accountOf(service, n).account));
  return needles;
}
