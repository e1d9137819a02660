import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { searchFor } from '../run/leak-search.ts';
import { applicantNeedles, formsOf, needlesOf } from '../run/secrets.ts';
import { ensureTestPki, personOf } from '../sandbox/pki/index.ts';
import { accountOf } from '../sandbox/providers/accounts.ts';
import { APPLICANTS } from '../support/applicants.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';

const filler = Buffer.from('nothing to see here, '.repeat(40));

async function planted(bytes: Buffer | string): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'leak-'));
  await writeFile(join(dir, 'kiosk.db-wal'), Buffer.concat([filler, Buffer.from(bytes as Buffer), filler]));
  const pki = await ensureTestPki();
  return (await searchFor([...needlesOf(pki, ['KMHT2345']), ...applicantNeedles()], [dir])).hits.length;
}

it('finds nothing in innocent files', async () => {
  expect(await planted('{"time":1790000001234,"event":"session.ended","pid":1234}')).toBe(0);
});

it('finds a certificate in DER, hex and base64 at every alignment', async () => {
  const der = personOf(await ensureTestPki(), 'fresh').authCertDer;
  expect(await planted(der)).toBeGreaterThan(0);
  expect(await planted(der.toString('hex'))).toBeGreaterThan(0);
  expect(await planted(der.toString('hex').toUpperCase())).toBeGreaterThan(0);
  for (const lead of ['', 'x', 'xy'])
    expect(await planted(Buffer.concat([Buffer.from(lead), der]).toString('base64'))).toBeGreaterThan(0);
  expect(await planted(der.toString('base64url'))).toBeGreaterThan(0);
});

it('finds serials, subjects, PINs and My Key IDs', async () => {
  const { authSerial, pin } = personOf(await ensureTestPki(), 'fresh');
  expect(await planted(Buffer.from(authSerial, 'hex'))).toBeGreaterThan(0);
  expect(await planted(BigInt(`0x${authSerial}`).toString())).toBeGreaterThan(0);
  expect(await planted(`{"pin":"${pin}"}`)).toBeGreaterThan(0);
  expect(await planted(Buffer.concat([Buffer.from('0020009804', 'hex'), Buffer.from(pin)]).toString('hex'))).toBeGreaterThan(0);
  expect(await planted(`00200098 04 ${Buffer.from(pin).toString('hex')}`)).toBeGreaterThan(0);
  expect(await planted('the ID is KMHT2345.')).toBeGreaterThan(0);
  expect(await planted(`account ${sakuraAccount(7)}`)).toBeGreaterThan(0);
  expect(await planted(`account ${accountOf('mint-pay', 2).account}`)).toBeGreaterThan(0);
});

it('finds forms, addresses, telephone numbers and pictures of applicants, also inside what was encoded as a whole', async () => {
  for (const who of APPLICANTS) {
    const content = JSON.stringify({ form: who.form, contact: { kind: 'email', text: who.email } });
    const picture = Buffer.from(who.photo());
    for (const text of [who.form, who.form.replace(/(.{4})(?=.)/g, '$1 '), who.email, who.phone])
      expect(await planted(text)).toBeGreaterThan(0);
    for (const lead of ['', 'x', 'xy']) {
      expect(await planted(Buffer.from(lead + content).toString('base64'))).toBeGreaterThanOrEqual(3);
      expect(await planted(Buffer.from(lead + content).toString('base64url'))).toBeGreaterThanOrEqual(3);
      expect(await planted(Buffer.concat([Buffer.from(lead), picture]).toString('base64'))).toBeGreaterThanOrEqual(3);
    }
    expect(await planted(Buffer.from(content).toString('hex'))).toBeGreaterThanOrEqual(3);
    expect(await planted(picture)).toBe(3);
    // In so much hex four digits of a PIN may stand by chance.
    expect(await planted(picture.toString('hex'))).toBeGreaterThanOrEqual(3);
    // A quarter of a picture is a picture too many.
    expect(await planted(picture.subarray(picture.length * 0.15, picture.length * 0.4))).toBe(1);
  }
}, 120_000);

it('every form can be found again in a longer text', () => {
  const secret = Buffer.from('4d59204b4559204944', 'hex');
  for (const lead of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(lead, 7), secret, Buffer.alloc(5, 9)]).toString('base64');
    expect(formsOf(secret).some(({ form, bytes }) => form === 'base64' && text.includes(bytes.toString()))).toBe(true);
  }
});
