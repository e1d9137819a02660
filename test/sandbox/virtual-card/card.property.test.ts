import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { createVirtualCard } from './card.ts';
import { cardMemory } from './memory.ts';

const AUTH = 'D392F000260100000001/0018';
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

let pki: TestPki;
beforeAll(async () => {
  pki = await ensureTestPki();
});

/** Commands that reach deep states, beside wholly random bytes: a random sequence alone would stay at 6E00. */
const useful = fc.constantFrom(
  '00A4040C0AD392F000260100000001',
  '00A4040C0AD3921000310001010408',
  '00A4020C020018',
  '00A4020C020017',
  '00A4020C02000A',
  '00200098',
  '00200080',
  '002000980430303030',
  '002000980431323334',
  '002000800431323334',
  '0020009B0630303030',
  '00B08A0000',
  '00B08A00000000',
  '00B0970000',
  '00B0000000',
  `802A009733${'5A'.repeat(51)}00`,
  '002401980439393939',
  '0084000010',
  '00C0000000',
);
const nearby = fc.tuple(useful, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([hex, at, value]) => {
  const apdu = bytes(hex);
  apdu[at % apdu.length] = value;
  return apdu;
});
const truncated = fc.tuple(useful, fc.nat()).map(([hex, at]) => bytes(hex).slice(0, at % (hex.length / 2)));
const signature = fc
  .tuple(fc.constantFrom(0x97, 0x9a, 0x80), fc.uint8Array({ minLength: 1, maxLength: 250, size: 'max' }))
  .map(([p2, data]) => Uint8Array.of(0x80, 0x2a, 0, p2, data.length, ...data, 0));
const command = fc.oneof(
  { weight: 1, arbitrary: signature },
  { weight: 4, arbitrary: useful.map(bytes) },
  { weight: 3, arbitrary: nearby },
  { weight: 1, arbitrary: truncated },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(0x00, 0x80), fc.uint8Array({ minLength: 3, maxLength: 40 }))
      .map(([cla, rest]) => Uint8Array.of(cla, ...rest)),
  },
);
const step = fc.oneof(
  { weight: 12, arbitrary: command.map((apdu) => ({ apdu })) },
  { weight: 1, arbitrary: fc.constantFrom('on', 'off', 'reset').map((power) => ({ power }) as const) },
);
/** Half of the walks begin behind a right VERIFY: by chance alone few come there before the PIN is locked. */
const beginning = fc.constantFrom<readonly string[]>([], ['00A4040C0AD392F000260100000001', '002000980431323334']);
const walk = fc
  .tuple(beginning, fc.array(step, { maxLength: 60, size: 'max' }))
  .map(([first, rest]) => [...first.map((hex) => ({ apdu: bytes(hex) })), ...rest]);

test('no sequence of commands makes the card throw, give out its key, or raise a counter but by a right VERIFY', async () => {
  const person = personOf(pki, 'fresh');
  const jwk = createPrivateKey({ key: person.authKey, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const secrets = [jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].map((part) =>
    Buffer.from(part ?? '', 'base64url').toString('latin1'),
  );
  expect(secrets.every((secret) => secret.length >= 127)).toBe(true);
  let signatures = 0;
  let successes = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('T=0' as const, 'T=1' as const), walk, async (transport, steps) => {
      const memory = cardMemory();
      const card = createVirtualCard('fresh', pki, { transport, memory, random: (length) => new Uint8Array(length) });
      card.power('on');
      let tries = 3;
      let mayHaveChanged = false;
      for (const one of steps) {
        if ('power' in one) {
          card.power(one.power);
          continue;
        }
        const reply = await card.transmit(one.apdu);
        if (reply === 'leave') throw new Error('left');
        expect(reply.length === 0 || (reply.length >= 2 && reply.length <= 65_538)).toBe(true);
        const text = Buffer.from(reply).toString('latin1');
        for (const secret of secrets) expect(text.includes(secret)).toBe(false);
        const done = reply.at(-2) === 0x90;
        const [, ins] = one.apdu;
        if (ins === 0x2a && (done || reply[0] === 0x61)) signatures += 1;
        const now = memory.read('fresh')[AUTH] ?? 3;
        const pin = mayHaveChanged ? null : card.pin;
        const rightVerify = ins === 0x20 && done && (pin === null || Buffer.from(one.apdu).includes(pin));
        if (now > tries) expect(rightVerify).toBe(true);
        if (ins === 0x20 && done) successes += 1;
        if (ins === 0x24 && done) mayHaveChanged = true;
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(3);
        tries = now;
      }
    }),
    { numRuns: 1000 },
  );
  // The walk must have come where the property could fail.
  expect(signatures).toBeGreaterThan(20);
  expect(successes).toBeGreaterThan(100);
});

test('without a right VERIFY since power-on, nothing is ever signed', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(walk, async (steps) => {
      const card = createVirtualCard('fresh', pki);
      card.power('on');
      let verified = false;
      for (const one of steps) {
        if ('power' in one) {
          card.power(one.power);
          if (one.power === 'off') verified = false;
          continue;
        }
        const reply = await card.transmit(one.apdu);
        if (reply === 'leave') throw new Error('left');
        const done = reply.at(-2) === 0x90;
        if (one.apdu[1] === 0x20 && done) verified = true;
        if (one.apdu[1] === 0x2a && reply.at(-2) === 0x69) refused += 1;
        if (one.apdu[1] === 0x2a && done) expect(verified).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(100);
});
