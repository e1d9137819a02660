import { argon2, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RandomBytes } from '../ports.ts';

/**
 * argon2id with OWASP's first choice of parameters (Password Storage Cheat Sheet: 46 MiB, one pass, one lane). The staff key is its
 * `secret`: the kiosk keeps only the key's SHA-256, so a stolen kiosk cannot even begin to guess the six digits.
 */
const MEMORY_KIB = 47_104;
const PASSES = 1;
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** As it is stored. The parameters travel along, so that a later version can raise them. */
export const PasscodeHash = z
  .object({
    v: z.literal(1),
    memory: z.number().int().min(8).max(1_048_576),
    passes: z.number().int().min(1).max(20),
    salt: z.base64(),
    tag: z.base64(),
  })
  .strict();
export type PasscodeHash = z.infer<typeof PasscodeHash>;

export interface PasscodeHasher {
  hash(passcode: string, key: string): Promise<PasscodeHash>;
  fits(passcode: string, key: string, hash: PasscodeHash): Promise<boolean>;
}

/** An input method may leave full-width digits: they are the same passcode. */
const folded = (passcode: string) => passcode.normalize('NFKC');

function derive(passcode: string, key: string, salt: Uint8Array, { memory, passes }: { memory: number; passes: number }) {
  const message = Buffer.from(folded(passcode), 'utf8');
  const secret = Buffer.from(key, 'base64url');
  return new Promise<Buffer>((resolve, reject) => {
    argon2('argon2id', { message, nonce: salt, parallelism: 1, tagLength: TAG_BYTES, memory, passes, secret }, (error, tag) => {
      message.fill(0);
      secret.fill(0);
      // The error's own text is not passed on: it must never quote what was typed.
      if (error === null) resolve(tag);
      else reject(new Error('argon2'));
    });
  });
}

export function createPasscodeHasher(random: RandomBytes): PasscodeHasher {
  return {
    async hash(passcode, key) {
      const salt = random(SALT_BYTES);
      const tag = await derive(passcode, key, salt, { memory: MEMORY_KIB, passes: PASSES });
      return {
        v: 1,
        memory: MEMORY_KIB,
        passes: PASSES,
        salt: Buffer.from(salt).toString('base64'),
        tag: tag.toString('base64'),
      };
    },
    async fits(passcode, key, { memory, passes, salt, tag }) {
      const wanted = Buffer.from(tag, 'base64');
      const found = await derive(passcode, key, Buffer.from(salt, 'base64'), { memory, passes });
      return wanted.length === found.length && timingSafeEqual(wanted, found);
    },
  };
}

const ROWS = ['01234567890', '1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const WORDS = ['password', 'passcode', 'madoguchi', 'mynumber', 'himitsu', 'letmein', 'welcome', 'admin'];

/**
 * Whether everybody would guess it: too short, one sign or one group again and again, a run of keys in either direction, a date or a
 * year, a well-known word, or the name that is written on the key.
 */
export function isWeak(passcode: string, keyName: string): boolean {
  const text = folded(passcode).toLowerCase();
  if (text.length < 6 || new Set(text).size < 3) return true;
  if (/^(.{1,4}?)\1+$/.test(text)) return true;
  const backwards = [...text].reverse().join('');
  if (ROWS.some((row) => row.includes(text) || row.includes(backwards))) return true;
  if (isDate(text)) return true;
  const name = keyName.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  const bare = text.replaceAll(/\s/g, '');
  return WORDS.some((word) => bare.includes(word) && bare.length < word.length + 5) || (name.length > 3 && bare.includes(name));
}

/** YYYYMMDD, YYMMDD, DDMMYY, or two years in a row. Birthdays are what people take first. */
function isDate(text: string): boolean {
  if (/^(?:19|20)\d\d(?:19|20)\d\d$/.test(text)) return true;
  const month = '(?:0[1-9]|1[0-2])';
  const day = '(?:0[1-9]|[12]\\d|3[01])';
  return new RegExp(`^(?:(?:19|20)?\\d\\d${month}${day}|${day}${month}(?:19|20)?\\d\\d|(?:19|20)\\d\\d${month})$`).test(text);
}
