import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, personOf } from '../../../../test/sandbox/pki/index.ts';
import { scriptedChannel, type Turn } from '../../../../test/sandbox/virtual-reader/scripted-channel.ts';
import { readCertificate } from '../../../../test/support/fewest-apdus.ts';
import type { CardHostErrorCode } from '../../../contract/card-host.ts';
import { readCard } from './read-card.ts';

const SELECT = '00A4040C0AD392F000260100000001';
const LABEL = '00B0860020';
const TRIES = '00200098';
const WHOLE = '00B08A00000000';
const BLOCK = '00B08A0000';
const PRESENCE = '00B0880003';

const label = (text: string): string => `${Buffer.from(text.padEnd(32, ' ')).toString('hex')}9000`;
const MY_NUMBER = label('JPKIAPICCTOKEN2');
const detected: readonly Turn[] = [
  [SELECT, '9000'],
  [LABEL, MY_NUMBER],
  [TRIES, '63C3'],
];

let der: Buffer;
let now: number;
beforeAll(async () => {
  der = personOf(await ensureTestPki(), 'fresh').authCertDer;
  now = new X509Certificate(der).validFromDate.getTime() + 100 * 86_400_000;
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** A file as long as the measured certificate of a real card: 1,583 bytes. The content does not matter to the reading. */
const real = Buffer.concat([Buffer.from('3082062B', 'hex'), Buffer.alloc(1579, 0x5a)]);

/** READ BINARY turns for the rest of a file after its first 256 bytes. */
function rest(file: Buffer, from = 256): Turn[] {
  const turns: Turn[] = [];
  for (let offset = from; offset < file.length; offset += 256) {
    const part = file.subarray(offset, offset + 256);
    const place = offset.toString(16).padStart(4, '0');
    const le = (part.length & 0xff).toString(16).padStart(2, '0');
    turns.push([`00B0${place}${le}`, `${hex(part)}9000`]);
  }
  return turns;
}
const short = (file: Buffer): Turn[] => [[BLOCK, `${hex(file.subarray(0, 256))}9000`], ...rest(file)];
const whole = (file: Buffer): Turn => [WHOLE, `${hex(file)}9000`];

async function read(turns: readonly Turn[], extended: 'auto' | 'never' = 'never') {
  const channel = scriptedChannel(turns);
  const result = await readCard(channel, { extended, now });
  channel.finish();
  return result;
}
const problem = async (turns: readonly Turn[], extended: 'auto' | 'never' = 'never') => {
  const result = await read(turns, extended);
  return result.ok ? 'no problem' : result.error;
};

describe('what the kiosk says to a card, in hex', () => {
  test('short: label, tries, certificate with an exact last Le', async () => {
    const result = await read([...detected, ...short(der)]);
    expect(result).toMatchObject({ ok: true, value: { facts: { triesLeft: 3, validity: 'valid', recentlyIssued: false } } });
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test('extended: the whole file in one', async () => {
    const result = await read([...detected, whole(der)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test('filler after the certificate is cut off, short and extended', async () => {
    const file = Buffer.concat([der, Buffer.alloc(300, 0xff)]);
    const first: Turn = [BLOCK, `${hex(file.subarray(0, 256))}9000`];
    const shortRead = await read([...detected, first, ...rest(der)]);
    const extendedRead = await read([...detected, whole(file)], 'auto');
    expect(shortRead.ok && hex(shortRead.value.certificate)).toBe(hex(der));
    expect(extendedRead.ok && hex(extendedRead.value.certificate)).toBe(hex(der));
  });

  test('a label padded with zero bytes is the same label', async () => {
    const padded = `${Buffer.from('JPKIAPICCTOKEN2'.padEnd(32, '\0')).toString('hex')}9000`;
    expect((await read([[SELECT, '9000'], [LABEL, padded], [TRIES, '63C3'], whole(der)], 'auto')).ok).toBe(true);
  });

  test.each([
    ['FF', Buffer.from(`JPKIAPICCTOKEN2${'\xff'.repeat(17)}`, 'latin1')],
    ['a zero byte, and whatever lay behind it', Buffer.from('JPKIAPICCTOKEN2\0 old bytes here'.padEnd(32, '\0'), 'latin1')],
    ['nothing: it is short', Buffer.from('JPKIAPICCTOKEN2', 'latin1')],
  ])('a label that ends with %s is the same label', async (_, bytes) => {
    const turns: Turn[] = [[SELECT, '9000'], [LABEL, `${bytes.toString('hex')}9000`], [TRIES, '63C3'], whole(der)];
    expect((await read(turns, 'auto')).ok).toBe(true);
  });

  test('a card that is verified already answers 9000 to the counter query: all tries are left, and it is read like any other', async () => {
    const result = await read([[SELECT, '9000'], [LABEL, MY_NUMBER], [TRIES, '9000'], whole(der)], 'auto');
    expect(result.ok && result.value.facts.triesLeft).toBe(3);
  });

  test('a locked card is read like any other', async () => {
    const result = await read([[SELECT, '9000'], [LABEL, MY_NUMBER], [TRIES, '63C0'], whole(der)], 'auto');
    expect(result.ok && result.value.facts.triesLeft).toBe(0);
  });
});

describe('fewest APDUs for a certificate of 1,583 bytes (SOURCES.md, Card: command sequences)', () => {
  test('short: 8', async () => {
    const channel = scriptedChannel([[SELECT, '9000'], ...short(real)]);
    const result = await readCertificate(channel, { extended: 'never' });
    expect(result.ok && result.value.length).toBe(1583);
    expect(channel.sent.length).toBe(8);
    expect(channel.sent.at(-1)).toBe('00B006002F');
  });

  test('extended: 2', async () => {
    const channel = scriptedChannel([[SELECT, '9000'], whole(real)]);
    expect((await readCertificate(channel, { extended: 'auto' })).ok).toBe(true);
    expect(channel.sent.length).toBe(2);
  });
});

describe('extended length falls back after one trial', () => {
  test.each([['6700'], ['6F00']])('%s: short reads follow', async (sw) => {
    const result = await read([...detected, [WHOLE, sw], ...short(der)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test.each<[CardHostErrorCode]>([['reader-failed'], ['mute']])('%s: selected again, then short reads', async (error) => {
    const result = await read([...detected, [WHOLE, { error }], [SELECT, '9000'], ...short(der)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test.each<[CardHostErrorCode, string]>([
    ['removed', 'removed'],
    ['wrong-session', 'removed'],
    ['timeout', 'reader-failed'],
    ['host-gone', 'reader-failed'],
    ['reader-gone', 'reader-failed'],
    ['service-down', 'reader-failed'],
  ])('%s: nobody is left to talk to', async (error, code) => {
    expect(await problem([...detected, [WHOLE, { error }]], 'auto')).toEqual({ code });
  });

  test('a reader that cuts the answer short: the rest is read on', async () => {
    const result = await read([...detected, [WHOLE, `${hex(der.subarray(0, 512))}9000`], ...rest(der, 512)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  // C4: every refusal that is not a removal, whatever its words; what comes with it is not looked at.
  test.each([
    ...['6985', '6A86', '6D00', '6883', '6A80', '6B00', '6581', '6E00', '6A81', '6982', '6A82', '6C00', '9000', '6CFF'],
    `${'5a'.repeat(40)}6282`,
    `${'5a'.repeat(40)}9000`,
    `${'00'.repeat(256)}6282`,
  ])('%s: short reads follow', async (answer) => {
    const result = await read([...detected, [WHOLE, answer], ...short(der)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test('6100 to the trial, with nothing to fetch: short reads follow', async () => {
    const result = await read([...detected, [WHOLE, '6100'], ['00C0000000', '6985'], ...short(der)], 'auto');
    expect(result.ok && hex(result.value.certificate)).toBe(hex(der));
  });

  test('a card that refuses both forms: its words to the short one are told', async () => {
    const turns: Turn[] = [...detected, [WHOLE, '6985'], [BLOCK, '6581'], [PRESENCE, '8F8F009000']];
    expect(await problem(turns, 'auto')).toEqual({ code: 'unexpected-status', sw: '6581', step: 'certificate' });
  });
});

describe('after power-up (SOURCES.md, Card: PIN and VERIFY)', () => {
  test('6F00 to the first SELECT: one more', async () => {
    expect((await read([[SELECT, '6F00'], ...detected, whole(der)], 'auto')).ok).toBe(true);
  });
  test('6F00 twice: told', async () => {
    const turns: Turn[] = [
      [SELECT, '6F00'],
      [SELECT, '6F00'],
    ];
    expect(await problem(turns)).toEqual({ code: 'unexpected-status', sw: '6F00', step: 'select' });
  });
});

describe('transport that shows through (SOURCES.md, Card: transport through the reader)', () => {
  test('61xx to SELECT is success: its data are not wanted', async () => {
    expect((await read([[SELECT, '6112'], ...detected.slice(1), whole(der)], 'auto')).ok).toBe(true);
  });
  test('6Cxx: the same read with that length, once', async () => {
    const turns: Turn[] = [...detected, [BLOCK, '6C80'], ['00B08A0080', `${hex(der.subarray(0, 128))}9000`]];
    for (let at = 128; at < der.length; at += 256) {
      const part = der.subarray(at, at + 256);
      const place = at.toString(16).padStart(4, '0');
      turns.push([`00B0${place}${(part.length & 0xff).toString(16).padStart(2, '0')}`, `${hex(part)}9000`]);
    }
    expect((await read(turns)).ok).toBe(true);
    const twice: Turn[] = [...detected, [BLOCK, '6C80'], ['00B08A0080', '6C40'], [PRESENCE, '6A82']];
    expect(await problem(twice)).toEqual({ code: 'unexpected-status', sw: '6C40', step: 'certificate' });
  });
  test('61xx: GET RESPONSE, once', async () => {
    const turns: Turn[] = [[SELECT, '9000'], [LABEL, '6120'], ['00C0000020', MY_NUMBER], [TRIES, '63C3'], ...short(der)];
    expect((await read(turns)).ok).toBe(true);
    const twice: Turn[] = [
      [SELECT, '9000'],
      [LABEL, '6120'],
      ['00C0000020', '6110'],
    ];
    expect(await problem(twice)).toEqual({ code: 'unexpected-status', sw: '6110', step: 'label' });
  });
  // C11
  test('GET RESPONSE that says 6100 with all the data: they are used', async () => {
    const labelTurns: Turn[] = [
      [LABEL, '6120'],
      ['00C0000020', MY_NUMBER.replace(/9000$/, '6100')],
    ];
    const first: Turn[] = [
      [BLOCK, '6100'],
      ['00C0000000', `${hex(der.subarray(0, 256))}6100`],
    ];
    expect((await read([[SELECT, '9000'], ...labelTurns, [TRIES, '63C3'], ...first, ...rest(der)])).ok).toBe(true);
  });
  test('GET RESPONSE that is told the right length: asked again with it', async () => {
    const labelTurns: Turn[] = [
      [LABEL, '6100'],
      ['00C0000000', '6C20'],
      ['00C0000020', MY_NUMBER],
    ];
    const first: Turn[] = [
      [BLOCK, '6180'],
      ['00C0000080', `${hex(der.subarray(0, 128))}6100`],
      ['00C0000000', '6C80'],
      ['00C0000080', `${hex(der.subarray(128, 256))}9000`],
    ];
    expect((await read([[SELECT, '9000'], ...labelTurns, [TRIES, '63C3'], ...first, ...rest(der)])).ok).toBe(true);
  });
  test('what waits comes in pieces: all of them are fetched', async () => {
    const turns: Turn[] = [
      ...detected,
      [BLOCK, '6180'],
      ['00C0000080', `${hex(der.subarray(0, 128))}6140`],
      ['00C0000040', `${hex(der.subarray(128, 192))}6140`],
      ['00C0000040', `${hex(der.subarray(192, 256))}9000`],
    ];
    expect((await read([...turns, ...rest(der)])).ok).toBe(true);
  });
  test('more is announced than there is: nothing is made up', async () => {
    const turns: Turn[] = [
      ...detected,
      [BLOCK, '6180'],
      ['00C0000080', `${hex(der.subarray(0, 128))}6140`],
      ['00C0000040', '6F00'],
      [PRESENCE, '8F8F009000'],
    ];
    expect(await problem(turns)).toEqual({ code: 'unexpected-status', sw: '6F00', step: 'certificate' });
  });
});

const select = (sw: string): Turn[] => [[SELECT, sw]];
const labelled = (answer: string): Turn[] => [
  [SELECT, '9000'],
  [LABEL, answer],
];
const counted = (sw: string): Turn[] => [...labelled(MY_NUMBER), [TRIES, sw]];

describe('kinds of card', () => {
  test.each<[string, Turn[], object]>([
    ['no JPKI application', select('6A82'), { code: 'not-my-number-card' }],
    ['no SELECT at all', select('6D00'), { code: 'not-my-number-card' }],
    ['another class', select('6E00'), { code: 'not-my-number-card' }],
    ['function not supported', select('6A81'), { code: 'not-my-number-card' }],
    ['application locked', select('6283'), { code: 'unexpected-status', sw: '6283', step: 'select' }],
    ['an answer without status word', select('90'), { code: 'removed' }],
    ['住基カード', labelled(label('JPKIAPICCTOKEN')), { code: 'juki-card' }],
    ['Android', labelled(label('JPKIAPGPSETOKEN')), { code: 'phone' }],
    ['iPhone', labelled(label('JPKIAPIOSTOKEN')), { code: 'phone' }],
    ['the next card’s label', labelled(label('JPKIAPICCTOKEN3')), { code: 'newer-card' }],
    ['a much later label', labelled(label('JPKIAPICCTOKEN10')), { code: 'newer-card' }],
    ['a later label with a letter', labelled(label('JPKIAPICCTOKEN3A')), { code: 'newer-card' }],
    ['a later label with a version', labelled(label('JPKIAPICCTOKEN3.1')), { code: 'newer-card' }],
    ['a revised label of this card', labelled(label('JPKIAPICCTOKEN2-R2')), { code: 'newer-card' }],
    ['an unknown label', labelled(label('JPKIAPICCTOKENX')), { code: 'not-my-number-card' }],
    ['an empty label', labelled('9000'), { code: 'not-my-number-card' }],
    ['no label file', labelled('6A82'), { code: 'unexpected-status', sw: '6A82', step: 'label' }],
    ['PIN-less: 6984', counted('6984'), { code: 'pin-less-card' }],
    ['PIN-less: 6983', counted('6983'), { code: 'pin-less-card' }],
    ['PIN-less: 6A88', counted('6A88'), { code: 'pin-less-card' }],
    ['PIN-less: 6A82', counted('6A82'), { code: 'pin-less-card' }],
    ['a counter without limit', counted('6300'), { code: 'unexpected-status', sw: '6300', step: 'tries' }],
  ])('%s', async (_, turns, expected) => {
    expect(await problem(turns)).toEqual(expected);
  });
});

describe('the certificate file', () => {
  test.each<[string, Turn[], object]>([
    ['absent', [[BLOCK, '6A82']], { code: 'no-auth-certificate' }],
    ['all filler', [[BLOCK, `${'FF'.repeat(256)}9000`]], { code: 'no-auth-certificate' }],
    ['empty', [[BLOCK, '9000']], { code: 'no-auth-certificate' }],
    [
      'protected, and EF 0008 says there is none',
      [
        [BLOCK, '6982'],
        [PRESENCE, '8F00009000'],
      ],
      { code: 'no-auth-certificate' },
    ],
    [
      'protected, and EF 0008 says there is one',
      [
        [BLOCK, '6982'],
        [PRESENCE, '8F8F009000'],
      ],
      { code: 'unexpected-status', sw: '6982', step: 'certificate' },
    ],
    [
      'protected, and EF 0008 cannot be read',
      [
        [BLOCK, '6982'],
        [PRESENCE, '6A82'],
      ],
      { code: 'unexpected-status', sw: '6982', step: 'certificate' },
    ],
    [
      'removed at EF 0008',
      [
        [BLOCK, '6982'],
        [PRESENCE, { error: 'removed' }],
      ],
      { code: 'removed' },
    ],
    ['not X.509', [[BLOCK, '30820001009000']], { code: 'certificate-unreadable' }],
    [
      'cut short',
      [
        [BLOCK, `3082062B${'00'.repeat(252)}9000`],
        ['00B0010000', '6B00'],
      ],
      { code: 'certificate-unreadable' },
    ],
    [
      'ends in nothing',
      [
        [BLOCK, `3082062B${'00'.repeat(252)}9000`],
        ['00B0010000', '9000'],
      ],
      { code: 'certificate-unreadable' },
    ],
    [
      'an error in the middle',
      [
        [BLOCK, `3082062B${'00'.repeat(252)}9000`],
        ['00B0010000', '6581'],
      ],
      { code: 'unexpected-status', sw: '6581', step: 'certificate' },
    ],
    ['longer than any file', [[BLOCK, `3082FFFF${'00'.repeat(252)}9000`]], { code: 'certificate-unreadable' }],
  ])('%s', async (_, turns, expected) => {
    expect(await problem([...detected, ...turns])).toEqual(expected);
  });
});

test('the card pulled at every single APDU: always `removed`', async () => {
  const turns: Turn[] = [...detected, ...short(der)];
  for (let n = 0; n < turns.length; n++) {
    const cut: Turn[] = turns.slice(0, n + 1).map(([command, answer], i) => [command, i === n ? { error: 'removed' } : answer]);
    expect(await problem(cut)).toEqual({ code: 'removed' });
  }
});
