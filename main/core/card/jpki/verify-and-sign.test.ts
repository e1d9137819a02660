import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptedChannel, type Turn } from '../../../../test/sandbox/virtual-reader/scripted-channel.ts';
import { readCertificate, signIn } from '../../../../test/support/fewest-apdus.ts';
import { runs } from '../../../../test/support/runs.ts';
import { CardHostErrorCode } from '../../../contract/card-host.ts';
import type { CardChannel } from '../../ports.ts';
import { sign, verifyAndSign } from './verify-and-sign.ts';

const SELECT = '00A4040C0AD392F000260100000001';
const TRIES = '00200098';
const VERIFY = '002000980431323334';
const digest = new Uint8Array(32).fill(0xab);
const SIGN = `802A0097333031300D060960864801650304020105000420${'AB'.repeat(32)}00`;
const SIGNATURE = '5A'.repeat(256);
const pin = (): Uint8Array => Uint8Array.from(Buffer.from('1234'));

/** The state `readCard` leaves behind: the application selected. Its own commands are counted off. */
const opened: readonly Turn[] = [
  [SELECT, '9000'],
  ['00B08A0000', '300030009000'],
];
async function run(turns: readonly Turn[], bytes = pin()) {
  const channel = scriptedChannel([...opened, ...turns]);
  await readCertificate(channel, { extended: 'never' });
  const result = await verifyAndSign(channel, bytes, digest);
  channel.finish();
  const clean = bytes.every((byte) => byte === 0);
  const apdus = channel.handed.filter((apdu) => apdu[1] === 0x20 && apdu.length > 4);
  const verifies = channel.sent.filter((command) => command.startsWith('0020009804')).length;
  // Overwritten in full: also the header, so that nothing is left that a search for `0020..31323334` could find.
  const wiped = channel.handed
    .slice(2)
    .every((apdu, i) => !channel.sent[i + 2]?.startsWith('0020009804') || apdu.every((b) => b === 0));
  return { result, clean: clean && wiped && apdus.length === 0, verifies };
}

test('VERIFY by SFI, then the signature of a SHA-256 DigestInfo', async () => {
  const { result, clean, verifies } = await run([
    [VERIFY, '9000'],
    [SIGN, `${SIGNATURE}9000`],
  ]);
  expect(result.ok && Buffer.from(result.value).toString('hex').toUpperCase()).toBe(SIGNATURE);
  expect(clean).toBe(true);
  expect(verifies).toBe(1);
});

describe('every other end: the PIN is overwritten, and VERIFY was sent once', () => {
  const signed: Turn = [VERIFY, '9000'];
  test.each<[string, Turn[], object]>([
    ['wrong, two left', [[VERIFY, '63C2']], { code: 'pin-wrong', triesLeft: 2 }],
    ['wrong, one left', [[VERIFY, '63C1']], { code: 'pin-wrong', triesLeft: 1 }],
    ['wrong, x is one hex digit', [[VERIFY, '63CA']], { code: 'pin-wrong', triesLeft: 10 }],
    ['the last try', [[VERIFY, '63C0']], { code: 'pin-locked' }],
    // Nobody has seen three mistakes: it may be locked by other means, or never have been set.
    ['cannot be used', [[VERIFY, '6984']], { code: 'pin-unusable' }],
    ['blocked', [[VERIFY, '6983']], { code: 'pin-unusable' }],
    ['there is none', [[VERIFY, '6A88']], { code: 'pin-unusable' }],
    ['not limited', [[VERIFY, '6300']], { code: 'unexpected-status', sw: '6300', step: 'verify' }],
    ['6982', [[VERIFY, '6982']], { code: 'unexpected-status', sw: '6982', step: 'verify' }],
    ['61xx is not followed', [[VERIFY, '6102']], { code: 'unexpected-status', sw: '6102', step: 'verify' }],
    ['6Cxx is not followed', [[VERIFY, '6C04']], { code: 'unexpected-status', sw: '6C04', step: 'verify' }],
    ['no answer at all', [[VERIFY, '']], { code: 'removed' }],
    ['key not open', [signed, [SIGN, '6982']], { code: 'unexpected-status', sw: '6982', step: 'sign' }],
    ['half a signature', [signed, [SIGN, `${'5A'.repeat(128)}9000`]], { code: 'reader-failed' }],
    ['removed at the signature', [signed, [SIGN, { error: 'removed' }]], { code: 'removed' }],
    ['reader failed at the signature', [signed, [SIGN, { error: 'reader-failed' }]], { code: 'reader-failed' }],
  ])('%s', async (_, turns, expected) => {
    const { result, clean, verifies } = await run(turns);
    expect(result).toEqual({ ok: false, error: expected });
    expect(clean).toBe(true);
    expect(verifies).toBe(1);
  });

  test.each<[string, CardHostErrorCode, Turn[], object]>([
    ['removed', 'removed', [], { code: 'removed' }],
    ['another card', 'wrong-session', [], { code: 'removed' }],
    ['another program', 'reader-busy', [], { code: 'reader-busy' }],
    [
      'a link that comes back: the counter is asked',
      'reader-failed',
      [
        [SELECT, '9000'],
        [TRIES, '63C2'],
      ],
      { code: 'reader-failed' },
    ],
    [
      'and it says locked',
      'reader-failed',
      [
        [SELECT, '9000'],
        [TRIES, '63C0'],
      ],
      { code: 'pin-locked' },
    ],
    ['a link that stays broken', 'timeout', [[SELECT, { error: 'host-gone' }]], { code: 'reader-failed' }],
    [
      'removed meanwhile',
      'reader-failed',
      [
        [SELECT, '9000'],
        [TRIES, { error: 'removed' }],
      ],
      { code: 'removed' },
    ],
  ])('broken under VERIFY: %s', async (_, error, turns, expected) => {
    const { result, clean, verifies } = await run([[VERIFY, { error }], ...turns]);
    expect(result).toEqual({ ok: false, error: expected });
    expect(clean).toBe(true);
    expect(verifies).toBe(1);
  });
});

describe('bugs of the caller: thrown before anything is sent, PIN overwritten', () => {
  test.each([['123'], ['12345'], ['12a4'], ['１２'], ['']])('PIN %j', async (text) => {
    const channel = scriptedChannel(opened);
    await readCertificate(channel, { extended: 'never' });
    const bytes = Uint8Array.from(Buffer.from(text));
    await expect(verifyAndSign(channel, bytes, digest)).rejects.toThrow('four ASCII digits');
    expect(channel.sent.length).toBe(2);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('a digest of another length', async () => {
    const bytes = pin();
    await expect(verifyAndSign(scriptedChannel([]), bytes, new Uint8Array(20))).rejects.toThrow('32 bytes');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('a card that was not read: the gate does not know what is selected', async () => {
    const bytes = pin();
    await expect(verifyAndSign(scriptedChannel([]), bytes, digest)).rejects.toThrow('jpki-not-selected');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});

test('a second signature under the same VERIFY', async () => {
  const channel = scriptedChannel([...opened, [VERIFY, '9000'], [SIGN, `${SIGNATURE}9000`], [SIGN, `${SIGNATURE}9000`]]);
  await readCertificate(channel, { extended: 'never' });
  expect((await verifyAndSign(channel, pin(), digest)).ok).toBe(true);
  expect((await sign(channel, digest)).ok).toBe(true);
  channel.finish();
});

test('a signature that arrives through GET RESPONSE (T=0)', async () => {
  const { result } = await run([
    [VERIFY, '9000'],
    [SIGN, '6100'],
    ['00C0000000', `${SIGNATURE}9000`],
  ]);
  expect(result.ok && result.value.length).toBe(256);
});

describe('the whole sign-in (SOURCES.md, Card: command sequences)', () => {
  const file = Buffer.concat([Buffer.from('3082062B', 'hex'), Buffer.alloc(1579, 0x5a)]);
  const hex = (from: number, to: number): string => `${file.subarray(from, to).toString('hex')}9000`;
  const blocks: Turn[] = [['00B08A0000', hex(0, 256)]];
  for (let at = 256; at < 1536; at += 256) blocks.push([`00B0${at.toString(16).padStart(4, '0')}00`, hex(at, at + 256)]);
  blocks.push(['00B006002F', hex(1536, 1583)]);
  const frame = (certificate: readonly Turn[]): Turn[] => [
    [SELECT, '9000'],
    [TRIES, '63C3'],
    ...certificate,
    [VERIFY, '9000'],
    [SIGN, `${SIGNATURE}9000`],
  ];
  test.each<['auto' | 'never', number, readonly Turn[]]>([
    ['never', 11, blocks],
    ['auto', 5, [['00B08A00000000', hex(0, 1583)]]],
  ])('extended %s: %i APDUs', async (extended, count, certificate) => {
    const channel = scriptedChannel(frame(certificate));
    const bytes = pin();
    const result = await signIn(channel, bytes, digest, { extended });
    expect(result.ok && result.value.certificate.length).toBe(1583);
    expect(channel.sent.length).toBe(count);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});

/** What a card that is well would say. */
function rightly(apdu: Uint8Array, certificate: Uint8Array): Uint8Array {
  const done = (data: Uint8Array) => Uint8Array.from([...data, 0x90, 0]);
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = apdu;
  if (cla === 0x80) return done(new Uint8Array(256).fill(0x5a));
  if (ins === 0x20) return apdu.length === 4 ? Uint8Array.of(0x63, 0xc3) : done(new Uint8Array());
  if (ins !== 0xb0) return done(new Uint8Array());
  const from = p1 >= 0x80 ? 0 : p1 * 256 + p2;
  return done(certificate.subarray(from, apdu.length === 7 ? undefined : from + (apdu[4] || 256)));
}

const RUNS = runs(2000, 300);

test('a card and a reader that answer anything, at any moment: VERIFY at most once, and the PIN is overwritten', async () => {
  const certificate = Uint8Array.from([0x30, 0x82, 0x02, 0x58, ...new Uint8Array(600).fill(7)]);
  const status = fc.constantFrom(
    '9000',
    '6100',
    '6120',
    '6C04',
    '6C20',
    '63C0',
    '63C2',
    '6300',
    '6984',
    '6982',
    '6F00',
    '6700',
    '',
  );
  const strange = fc.oneof(
    fc
      .tuple(fc.uint8Array({ maxLength: 300 }), status)
      .map(([data, sw]) => ({ ok: true as const, value: Uint8Array.from([...data, ...Buffer.from(sw, 'hex')]) })),
    fc.constantFrom(...CardHostErrorCode.options).map((code) => ({ ok: false as const, error: { code } })),
  );
  const usual = { weight: 6, arbitrary: fc.constant(null) };
  const answers = fc.array(fc.oneof(usual, { weight: 1, arbitrary: strange }), { minLength: 1, maxLength: 14 });
  let verified = 0;
  await fc.assert(
    fc.asyncProperty(answers, fc.boolean(), async (script, extended) => {
      const handed: Uint8Array[] = [];
      let turn = 0;
      const channel: CardChannel = {
        session: 1,
        async transmit(apdu) {
          if (apdu[1] === 0x20 && apdu.length > 5) handed.push(apdu);
          return script[turn++ % script.length] ?? { ok: true, value: rightly(apdu, certificate) };
        },
        close: async () => {},
      };
      const digits = pin();
      const result = await signIn(channel, digits, digest, { extended: extended ? 'auto' : 'never' });
      expect(handed.length).toBeLessThanOrEqual(1);
      verified += handed.length;
      // The card was asked for a PIN, whatever came of it; until then it is the caller's to wipe.
      if (handed.length === 1 || result.ok)
        expect([...digits, ...handed.flatMap((apdu) => [...apdu])].every((byte) => byte === 0)).toBe(true);
      expect(turn).toBeLessThan(200);
    }),
    { numRuns: RUNS },
  );
  // Not for the reason that no card is ever asked.
  expect(verified).toBeGreaterThan(RUNS / 10);
});
