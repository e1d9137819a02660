import { argon2Sync } from 'node:crypto';
import { expect, it, test } from 'vitest';
import { createPasscodeHasher, isWeak } from './passcode.ts';

let fill = 0;
const hasher = createPasscodeHasher((length) => new Uint8Array(length).fill(++fill));
const KEY = Buffer.alloc(32, 7).toString('base64url');
const OTHER = Buffer.alloc(32, 8).toString('base64url');

it('fits the passcode, with the same key only; full-width digits are the same digits', async () => {
  const hash = await hasher.hash('805173', KEY);
  expect(await hasher.fits('805173', KEY, hash)).toBe(true);
  expect(await hasher.fits('８０５１７３', KEY, hash)).toBe(true);
  expect(await hasher.fits('805174', KEY, hash)).toBe(false);
  // Who has the kiosk's disk but not the device cannot try a single passcode.
  expect(await hasher.fits('805173', OTHER, hash)).toBe(false);
});

it('is argon2id as OWASP wants it, with a salt of its own each time, and holds nothing of the passcode', async () => {
  const [one, two] = [await hasher.hash('805173', KEY), await hasher.hash('805173', KEY)];
  expect(one.tag).not.toBe(two.tag);
  expect(JSON.stringify(one)).not.toContain('805173');
  expect(one).toMatchObject({ memory: 47_104, passes: 1 });
  const tag = argon2Sync('argon2id', {
    message: '805173',
    nonce: Buffer.from(one.salt, 'base64'),
    secret: Buffer.from(KEY, 'base64url'),
    parallelism: 1,
    tagLength: 32,
    memory: 47_104,
    passes: 1,
  });
  expect(one.tag).toBe(tag.toString('base64'));
});

test.each([
  ['12345', 'too short'],
  ['111111', 'one sign'],
  ['１１１１１１', 'one sign, full width'],
  ['112112', 'a group again'],
  ['121212', 'a group again'],
  ['123456', 'ascending'],
  ['567890', 'ascending over nine'],
  ['987654', 'descending'],
  ['abcdef', 'the alphabet'],
  ['qwerty', 'a row of keys'],
  ['19840312', 'a day'],
  ['840312', 'a short day'],
  ['120384', 'a day the other way round'],
  ['202604', 'a month'],
  ['20252026', 'two years'],
  ['password1', 'a word'],
  ['Madoguchi', 'our own name'],
  ['window 1', 'the name on the key'],
  ['myWindow1!', 'the name on the key inside'],
])('%s is weak: %s', (passcode) => {
  expect(isWeak(passcode, 'window 1')).toBe(true);
});

test.each(['805173', '594817', 'kumo-9-ashita', 'にじいろのかさ', '7x!Qm2'])('%s is not', (passcode) => {
  expect(isWeak(passcode, 'window 1')).toBe(false);
});
