import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scriptedChannel, type Turn } from '../../../../test/sandbox/virtual-reader/scripted-channel.ts';
import { guarded } from './allow-list.ts';

const SELECT = '00A4040C0AD392F000260100000001';
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const SIGN = `802A0097333031300D060960864801650304020105000420${'AB'.repeat(32)}00`;

/** A gate whose card answered `turns`, all of which were sent. */
async function after(turns: readonly Turn[]) {
  const refused: (string | undefined)[] = [];
  const channel = scriptedChannel(turns);
  const gate = guarded(channel, (event, fields) => {
    if (event === 'card.command-refused') refused.push((fields as { reason?: string } | undefined)?.reason);
  });
  for (const [command] of turns) await gate.transmit(bytes(command));
  return { gate, channel, refused };
}
const selected: readonly Turn[] = [[SELECT, '9000']];

describe('what passes', () => {
  test.each<[string, Turn[]]>([
    ['label', [['00B0860020', '9000']]],
    ['presence', [['00B0880003', '9000']]],
    ['certificate', [['00B08A0000', '9000']]],
    ['certificate, extended', [['00B08A00000000', '9000']]],
    [
      'on in the file',
      [
        ['00B08A0000', '9000'],
        ['00B0010000', '9000'],
        ['00B07FFF01', '9000'],
      ],
    ],
    ['counter', [['00200098', '63C3']]],
    ['VERIFY', [['002000980430393132', '9000']]],
    ['signature', [[SIGN, '9000']]],
    [
      'GET RESPONSE of what waits',
      [
        [SIGN, '6100'],
        ['00C0000000', '9000'],
      ],
    ],
  ])('%s', async (_, turns) => {
    const { channel, refused } = await after([...selected, ...turns]);
    channel.finish();
    expect(refused).toEqual([]);
  });
});

describe('what never reaches the card', () => {
  const cases: [string, string, readonly Turn[], string][] = [
    ['My Number (text application)', '00A4040C0AD3921000310001010408', [], 'jpki-not-selected'],
    ['the text application after ours', '00A4040C0AD3921000310001010408', selected, 'not-listed'],
    ['the visual application', '00A4040C0AD3921000310001010402', selected, 'not-listed'],
    ['our application by a prefix', '00A4040C05D392F00026', selected, 'not-listed'],
    ['our application with FCI', '00A404000AD392F000260100000001', selected, 'not-listed'],
    ['a file by SELECT', '00A4020C02000A', selected, 'not-listed'],
    ['the signature certificate', '00B0810000', selected, 'read-of-other-file'],
    ['the CA certificate', '00B08B0000', selected, 'read-of-other-file'],
    ['SFI 0', '00B0800000', selected, 'read-of-other-file'],
    ['SFI with other bits', '00B0CA0000', selected, 'read-of-other-file'],
    ['a read before the selection', '00B08A0000', [], 'jpki-not-selected'],
    ['an offset without a file', '00B0010000', selected, 'read-of-no-file'],
    ['an offset after a read that failed', '00B0010000', [...selected, ['00B08A0000', '6A82']], 'read-of-no-file'],
    ['an offset after a new selection', '00B0010000', [...selected, ['00B08A0000', '9000'], ...selected], 'read-of-no-file'],
    ['a read with data', '00B08A000100', selected, 'read-with-other-form'],
    ['the signature password', '0020009B0431323334', selected, 'verify-with-other-form'],
    ['its counter', '0020009B', selected, 'verify-with-other-form'],
    ['VERIFY of the selected file', '002000800431323334', selected, 'verify-with-other-form'],
    ['a PIN of three digits', '0020009803313233', selected, 'verify-with-other-form'],
    ['a PIN of five digits', '00200098053132333435', selected, 'verify-with-other-form'],
    ['a PIN with a letter', '002000980431323341', selected, 'verify-with-other-form'],
    ['a PIN padded with zeros', '002000980431323300', selected, 'verify-with-other-form'],
    ['change of the PIN', '002401980431323334', selected, 'not-listed'],
    ['a signature with the signature key', SIGN.replace('802A0097', '802A009A'), selected, 'sign-with-other-form'],
    ['a signature over bare bytes', `802A009720${'AB'.repeat(32)}00`, selected, 'sign-with-other-form'],
    ['a signature over SHA-1', SIGN.replace('6086480165030402', '6086480165030403'), selected, 'sign-with-other-form'],
    ['a signature with another P1', SIGN.replace('802A0097', '802A0297'), selected, 'sign-with-other-form'],
    ['a signature without Le', SIGN.slice(0, -2), selected, 'sign-with-other-form'],
    ['GET RESPONSE of nothing', '00C0000020', selected, 'get-response-without-61'],
    ['GET RESPONSE of another length', '00C0000010', [...selected, ['00B0860020', '6120']], 'get-response-without-61'],
    ['GET RESPONSE after VERIFY', '00C0000010', [...selected, ['002000980431323334', '6110']], 'get-response-without-61'],
    ['GET CHALLENGE', '0084000008', selected, 'not-listed'],
    ['nothing', '', selected, 'not-listed'],
    ['anything after a broken link', '00200098', [...selected, ['00B0860020', { error: 'reader-failed' }]], 'jpki-not-selected'],
    ['anything after a failed selection', '00200098', [[SELECT, '6A82']], 'jpki-not-selected'],
  ];
  test.each(cases)('%s', async (_, command, before, reason) => {
    const { gate, channel, refused } = await after(before);
    await expect(gate.transmit(bytes(command))).rejects.toThrow(`card command refused: ${reason}`);
    expect(channel.sent.length).toBe(before.length);
    expect(refused).toEqual([reason]);
  });
});

test('one gate per channel: what it knows holds for the whole connection', async () => {
  const { gate, channel } = await after(selected);
  expect(guarded(channel)).toBe(gate);
  expect(guarded(gate)).toBe(gate);
});

test('no random command passes', async () => {
  const allowed = /^(00A4040C0AD392F000260100000001|00B08[68A]..(..|00....)|00200098(04(3[0-9]){4})?)$/;
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 12 }), async (command) => {
      const { gate, channel } = await after(selected);
      const hex = Buffer.from(command).toString('hex').toUpperCase();
      fc.pre(!allowed.test(hex));
      await expect(gate.transmit(command)).rejects.toThrow('refused');
      expect(channel.sent.length).toBe(1);
    }),
    { numRuns: 500 },
  );
});
