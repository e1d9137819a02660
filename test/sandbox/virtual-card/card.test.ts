import { createHash, publicDecrypt, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { type CardOptions, type CardStateName, cardStateNames, createVirtualCard, type VirtualCard } from './card.ts';
import { cardMemory, fileCardMemory } from './memory.ts';

const SELECT = '00A4040C0AD392F000260100000001';
const PIN = '0020008004';
const DIGEST_INFO = '3031300D060960864801650304020105000420';
const hexPin = (pin: string): string => Buffer.from(pin).toString('hex');

let pki: TestPki;
beforeAll(async () => {
  pki = await ensureTestPki();
});

const insert = (state: CardStateName = 'fresh', options?: CardOptions): VirtualCard => {
  const card = createVirtualCard(state, pki, options);
  card.power('on');
  return card;
};
/** Sends commands one after another. @returns the last answer in upper-case hex, `leave`, or `` for no answer */
const send = async (card: VirtualCard, ...commands: string[]): Promise<string> => {
  let last = '';
  for (const command of commands) {
    const reply = await card.transmit(Buffer.from(command.replaceAll(' ', ''), 'hex'));
    last = reply === 'leave' ? reply : Buffer.from(reply).toString('hex').toUpperCase();
  }
  return last;
};
const dataOf = (answer: string): Buffer => Buffer.from(answer.slice(0, -4), 'hex');
const verified = async (options?: CardOptions): Promise<VirtualCard> => {
  const card = insert('fresh', options);
  expect(await send(card, SELECT, `0020009804${hexPin(card.pin)}`)).toBe('9000');
  return card;
};

describe('applications (SOURCES.md, Card: applications; SOURCES.md, Card: SELECT and READ BINARY)', () => {
  test.each([
    ['the JPKI AID', SELECT, '9000'],
    ['a prefix of it', '00A4040C05D392F00026', '9000'],
    ['the text application', '00A4040C0AD3921000310001010408', '9000'],
    ['the visual application, which we do not have', '00A4040C0AD3921000310001010402', '6A82'],
    ['a wrong AID in circulation', '00A4040C0AD392F000260100000002', '6A82'],
    ['an AID that is longer than ours', '00A4040C0BD392F00026010000000100', '6A82'],
    ['a foreign AID with P2 00', '00A4040009A00000030800001000', '6A82'],
    ['no file name after power-up', '00A40000', '6A86'],
    ['3F00: no usable MF', '00A400000 23F00'.replace(' ', ''), '6A82'],
    ['an EF before any application', '00A4020C020018', '6A82'],
    ['other parameters', '00A4080C023F00', '6A86'],
  ])('SELECT %s', async (_, command, expected) => {
    expect(await send(insert(), command)).toBe(expected);
  });

  test.each([
    ['0001', '9000'],
    ['0002', '9000'],
    ['0006', '9000'],
    ['0008', '9000'],
    ['0009', '9000'],
    ['000A', '9000'],
    ['000B', '9000'],
    ['0017', '9000'],
    ['0018', '9000'],
    ['001A', '9000'],
    ['001B', '9000'],
    ['0003', '6A82'],
    ['0011', '6A82'],
    ['3F00', '6A82'],
  ])('SELECT EF %s answers %s', async (id, expected) => {
    expect(await send(insert(), SELECT, `00A4020C02${id}`)).toBe(expected);
  });

  test('an EF id has two bytes', async () => {
    expect(await send(insert(), SELECT, '00A4020C0100')).toBe('6700');
  });

  test('SELECT of the application ends the selection of an EF', async () => {
    expect(await send(insert(), SELECT, '00A4020C02000A', '00B0000004')).toBe('3082062B9000');
    expect(await send(insert(), SELECT, '00A4020C02000A', SELECT, '00B0000004')).toBe('6986');
  });
});

describe('refusals (SOURCES.md, Card: other commands; SOURCES.md, Card: status words)', () => {
  test.each([
    ['unknown class', 'E0A4040C', '6E00'],
    ['pseudo class of a reader', 'FFCA000000', '6E00'],
    ['command chaining class', '10A4040C', '6E00'],
    ['logical channel 1', '01A4040C0AD392F000260100000001', '6881'],
    ['logical channel 3, class 80', '832A0080', '6881'],
    ['secure messaging', '0CB0000000', '6882'],
    ['unknown instruction', '00CA DF30 05', '6D00'],
    ['GET DATA of other drivers', '00CB3FFF035C017E00', '6D00'],
    ['signature in class 00', '002A009E', '6D00'],
    ['GET RESPONSE with nothing waiting in T=1', '00C0000000', '6D00'],
    ["the iPhone's command", '80FC0000', '6700'],
    ['length fields that do not fit', '00A4040C0AD392', '6700'],
  ])('%s', async (_, command, expected) => {
    expect(await send(insert(), SELECT, command)).toBe(expected);
  });

  test('a command shorter than its header', async () => {
    expect(await send(insert(), '00A4')).toBe('6700');
  });
});

describe('READ BINARY (SOURCES.md, Card: SELECT and READ BINARY)', () => {
  const cert = (): Buffer => personOf(pki, 'fresh').authCertDer;

  test('by SFI, and then by offset in the same EF: the fewest short commands, byte for byte', async () => {
    const card = insert();
    await send(card, SELECT);
    const blocks = [dataOf(await send(card, '00B08A0000'))];
    for (let offset = 256; offset < cert().length; offset += 256) {
      const le = Math.min(256, cert().length - offset) & 0xff;
      const command = Buffer.from([0, 0xb0, offset >> 8, offset & 0xff, le]);
      blocks.push(dataOf(await send(card, command.toString('hex'))));
    }
    expect(blocks.length).toBe(7);
    expect(Buffer.concat(blocks).equals(cert())).toBe(true);
  });

  test('whole, with extended length', async () => {
    expect(dataOf(await send(insert(), SELECT, '00B08A00000000')).equals(cert())).toBe(true);
  });

  test('extended length refused', async () => {
    expect(await send(insert('fresh', { extendedLength: 'refused' }), SELECT, '00B08A00000000')).toBe('6700');
  });

  test('any offset, any length', async () => {
    const card = insert();
    await send(card, SELECT, '00A4020C02000A');
    for (const [offset, length] of [
      [0, 1],
      [1, 255],
      [255, 2],
      [1000, 256],
      [1582, 1],
    ] as const) {
      const command = Buffer.from([0, 0xb0, offset >> 8, offset & 0xff, length & 0xff]);
      const expected = cert().subarray(offset, offset + length);
      expect(dataOf(await send(card, command.toString('hex'))).equals(expected)).toBe(true);
    }
  });

  test('past the end: the rest; at or beyond the end: 6B00', async () => {
    const card = insert();
    expect(await send(card, SELECT, '00B08A0000', '00B0062E00')).toMatch(/^[0-9A-F]{2}9000$/);
    expect(await send(card, '00B0062F00')).toBe('6B00');
    expect(await send(card, '00B07FFF01')).toBe('6B00');
    expect(await send(card, '00B086A100')).toBe('6B00');
  });

  test('filler FF lies after the DER', async () => {
    const whole = dataOf(await send(insert('fresh', { filler: 100 }), SELECT, '00B08A00000000'));
    expect(whole.length).toBe(1683);
    expect(whole.subarray(0, 1583).equals(cert())).toBe(true);
    expect(whole.subarray(1583).equals(Buffer.alloc(100, 0xff))).toBe(true);
  });

  test.each([
    ['no application', '00B08A0000', '6986'],
    ['no EF', `${SELECT}|00B0000000`, '6986'],
    ['an unknown SFI', `${SELECT}|00B0830000`, '6A82'],
    ['bits 6 and 7 of P1 with an SFI', `${SELECT}|00B0AA0000`, '6A86'],
    ['no Le', `${SELECT}|00B08A00`, '6700'],
    ['data', `${SELECT}|00B08A00010000`, '6700'],
    ['a PIN file', `${SELECT}|00B0980000`, '6981'],
    ['a key', `${SELECT}|00A4020C020017|00B0000000`, '6981'],
    ['the protected EF 0009', `${SELECT}|00B0890000`, '6982'],
    ['the signature certificate without its password', `${SELECT}|00B0810000`, '6982'],
    ['CA certificates, free', `${SELECT}|00B0820002`, '30829000'],
    ['CA of user authentication, free', `${SELECT}|00B08B0002`, '30829000'],
    ['which certificates there are', `${SELECT}|00B0880003`, '8F8F009000'],
  ])('%s', async (_, commands, expected) => {
    expect(await send(insert(), ...commands.split('|'))).toBe(expected);
  });

  test('the signature certificate opens with the signature password, not with the PIN', async () => {
    const card = await verified();
    expect(await send(card, '00B0810000')).toBe('6982');
    const { signaturePassword, signCertDer } = personOf(pki, 'fresh');
    expect(await send(card, `002000 9B 09 ${hexPin(signaturePassword)}`)).toBe('9000');
    expect(dataOf(await send(card, '00B08100000000')).equals(signCertDer ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('token information (SOURCES.md, Card: token information)', () => {
  test('160 bytes: label, our own maker and serial, numbers, versions, time', async () => {
    const info = dataOf(await send(insert(), SELECT, '00B08600A0'));
    expect(info.length).toBe(160);
    expect(info.subarray(0, 32).toString('latin1')).toBe('JPKIAPICCTOKEN2'.padEnd(32));
    expect(info.subarray(32, 64).toString('latin1').trim()).toBe('MADOGUCHI TEST');
    expect(info.subarray(96, 116).toString('hex')).toBe('0000040d00000001000000000000000100000000');
    expect(info.subarray(116, 124).toString('hex')).toBe('0000001000000006');
    expect(info.subarray(144).toString('latin1')).toBe('9'.repeat(16));
  });
});

describe('PIN (SOURCES.md, Card: PIN and VERIFY)', () => {
  test('three tries: 63C2, 63C1, 63C0, then 6984, and the query costs none', async () => {
    const card = insert();
    await send(card, SELECT, '00A4020C020018');
    const answers: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      answers.push(await send(card, '00200080'), await send(card, '00200080'), await send(card, `${PIN}30303030`));
    }
    expect(answers).toEqual(['63C3', '63C3', '63C2', '63C2', '63C2', '63C1', '63C1', '63C1', '63C0', '63C0', '63C0', '6984']);
    expect(await send(card, PIN + hexPin(card.pin))).toBe('6984');
  });

  test('the signature password has five tries of its own', async () => {
    const card = insert();
    expect(await send(card, SELECT, '0020009B')).toBe('63C5');
    expect(await send(card, '0020009B0630303030 3030')).toBe('63C4');
    expect(await send(card, '00200098')).toBe('63C3');
  });

  test('a success restores the counter, and the query answers 63C3 after it', async () => {
    const card = insert();
    expect(await send(card, SELECT, '002000980430303030', '002000980430303030', '00200098')).toBe('63C1');
    expect(await send(card, `0020009804${hexPin(card.pin)}`)).toBe('9000');
    expect(await send(card, '00200098')).toBe('63C3');
  });

  test.each([
    ['P1', `${SELECT}|00200180`, '6A86'],
    ['P2 without the top bit', `${SELECT}|00200018`, '6A86'],
    ['no EF', `${SELECT}|00200080`, '6986'],
    ['an EF that holds no PIN', `${SELECT}|00A4020C02000A|00200080`, '6981'],
    ['an unknown SFI', `${SELECT}|00200083`, '6A82'],
    ['more than 16 bytes: refused, not counted', `${SELECT}|0020009811${'30'.repeat(17)}|00200098`, '63C3'],
    ['five digits: counted (our assumption)', `${SELECT}|00200098053132333435`, '63C2'],
    ['the query as a T=0 driver writes it', `${SELECT}|0020009800`, '63C3'],
  ])('%s', async (_, commands, expected) => {
    expect(await send(insert(), ...commands.split('|'))).toBe(expected);
  });

  test('verified until power is lost: not by reset, not by another application', async () => {
    const sign = `802A009733${DIGEST_INFO}${'00'.repeat(32)}00`;
    const card = await verified();
    expect(await send(card, '00A4040C0AD3921000310001010408', SELECT, sign)).toMatch(/9000$/);
    card.power('reset');
    expect(await send(card, sign)).toBe('6986');
    expect(await send(card, SELECT, sign)).toMatch(/9000$/);
    card.power('off');
    card.power('on');
    expect(await send(card, SELECT, sign)).toBe('6982');
  });

  test('change: only after VERIFY, only by the rules, and the new PIN holds', async () => {
    expect(await send(insert(), SELECT, '00240198043132 3334')).toBe('6982');
    const card = await verified();
    expect(await send(card, '0024019803313233')).toBe('6A80');
    expect(await send(card, '002401980439393939', '002000980439393939')).toBe('9000');
    expect(await send(card, `0020009804${hexPin(card.pin)}`)).toBe('63C2');
  });
});

describe('signature (SOURCES.md, Card: signing)', () => {
  const digest = createHash('sha256').update('what the person saw').digest();
  const info = Buffer.concat([Buffer.from(DIGEST_INFO, 'hex'), digest]).toString('hex');

  test.each([
    ['by reference 97', [`802A009733${info}00`]],
    ['after selection', ['00A4020C020017', `802A008033${info}00`]],
    ['with extended length', [`802A0097000033${info}0000`]],
  ])('%s: verifies under the certificate', async (_, commands) => {
    const signature = dataOf(await send(await verified(), ...commands));
    expect(signature.length).toBe(256);
    const { publicKey } = new X509Certificate(personOf(pki, 'fresh').authCertDer);
    expect(verify('sha256', Buffer.from('what the person saw'), publicKey, signature)).toBe(true);
  });

  test('the card only pads: any 1 to 245 bytes', async () => {
    const card = await verified();
    const { publicKey } = new X509Certificate(personOf(pki, 'fresh').authCertDer);
    for (const length of [1, 100, 245]) {
      const data = Buffer.alloc(length, 0x5a);
      const header = Buffer.from([0x80, 0x2a, 0, 0x97, length]).toString('hex');
      const signature = dataOf(await send(card, `${header}${data.toString('hex')}00`));
      expect(publicDecrypt(publicKey, signature).equals(data)).toBe(true);
    }
  });

  test('one VERIFY allows many signatures; the other key wants its own password', async () => {
    const card = await verified();
    expect(await send(card, `802A009733${info}00`, `802A009733${info}00`)).toMatch(/9000$/);
    expect(await send(card, `802A009A33${info}00`)).toBe('6982');
    expect(await send(card, `0020009B09${hexPin(personOf(pki, 'fresh').signaturePassword)}`, `802A009A33${info}00`)).toMatch(
      /9000$/,
    );
  });

  test('without PIN: 6982', async () => {
    expect(await send(insert(), SELECT, `802A009733${info}00`)).toBe('6982');
  });

  test.each([
    ['P1 02', `802A029720${'00'.repeat(32)}00`, '6A86'],
    ['246 bytes', `802A0097F6${'00'.repeat(246)}00`, '6985'],
    ['no data', '802A009700', '6985'],
    ['no Le', `802A009733${info}`, '6700'],
    ['Le of 128', `802A009733${info}80`, '6700'],
    ['a PIN file', `802A009833${info}00`, '6981'],
    ['an unknown SFI', `802A008333${info}00`, '6A82'],
  ])('%s', async (_, command, expected) => {
    expect(await send(await verified(), command)).toBe(expected);
  });
});

describe('text application (SOURCES.md, Card: text application): on the card so that a kiosk which strays is seen', () => {
  const TEXT = '00A4040C0AD3921000310001010408';
  test('the number opens by PIN or A, not by B; the attributes by PIN or B, not by A', async () => {
    const a = `002000940C${hexPin('999999999999')}`;
    const b = `002000950E${hexPin('02010120350000')}`;
    expect(await send(insert(), TEXT, '00B0810000')).toBe('6982');
    expect(await send(insert(), TEXT, a, '00B0810000')).toMatch(/^FF100C.*FFFF9000$/);
    expect(await send(insert(), TEXT, a, '00B0820000')).toBe('6982');
    expect(await send(insert(), TEXT, b, '00B0820000')).toMatch(/^FF20.*9000$/);
    expect(await send(insert(), TEXT, b, '00B0810000')).toBe('6982');
    expect(await send(insert(), TEXT, '002000910439393939', '00B0810000')).toMatch(/9000$/);
  });

  test('key 0012 is blocked since issue', async () => {
    expect(await send(insert(), TEXT, '00200092')).toBe('63C0');
    expect(await send(insert(), TEXT, '002000920430303030')).toBe('6984');
  });

  test('the attributes hold their offset table', async () => {
    const file = dataOf(await send(insert(), TEXT, '002000910439393939', '00B0820000'));
    expect([0, 1, 2, 3].map((n) => file.readUInt16BE(file.readUInt16BE(6 + 2 * n)))).toEqual([0xdf22, 0xdf23, 0xdf24, 0xdf25]);
  });
});

describe('states (DESIGN.md, Sandbox)', () => {
  const tries = (state: CardStateName): Promise<string> => send(insert(state), SELECT, '00200098');
  const label = async (state: CardStateName): Promise<string> =>
    dataOf(await send(insert(state), SELECT, '00B0860020'))
      .toString('latin1')
      .trim();

  test('every name makes a card; each person has a PIN of their own', () => {
    const cards = cardStateNames.map((name) => createVirtualCard(name, pki));
    expect(cards.map(({ name }) => name)).toEqual([...cardStateNames]);
    const pins = cards.filter(({ name }) => name !== 'other').map(({ pin }) => pin);
    expect(new Set(pins).size).toBe(pins.length);
  });

  test.each([
    ['fresh', '63C3'],
    ['fresh-2', '63C3'],
    ['child', '63C3'],
    ['wrong-pin-once', '63C2'],
    ['wrong-pin-twice', '63C1'],
    ['locked', '63C0'],
    ['expired', '63C3'],
    ['expiring-soon', '63C3'],
    ['renewed-today', '63C3'],
    ['revoked', '63C3'],
    ['no-auth-certificate', '63C3'],
    ['face', '6984'],
    ['juki', '63C3'],
    ['phone', '63C3'],
  ] as const)('%s: tries %s', async (state, expected) => {
    expect(await tries(state)).toBe(expected);
  });

  test('a face card refuses every PIN, and its certificate reads', async () => {
    const card = insert('face');
    expect(await send(card, SELECT, `0020009804${hexPin(card.pin)}`)).toBe('6984');
    expect(await send(card, '00B08A0002')).toBe('30829000');
  });

  test('labels tell the devices apart', async () => {
    expect(await label('fresh')).toBe('JPKIAPICCTOKEN2');
    expect(await label('juki')).toBe('JPKIAPICCTOKEN');
    expect(await label('phone')).toBe('JPKIAPGPSETOKEN');
  });

  test('each card holds the certificate of its own person', async () => {
    for (const state of ['fresh', 'fresh-2', 'expired', 'revoked', 'renewed-today'] as const) {
      const read = dataOf(await send(insert(state), SELECT, '00B08A00000000'));
      expect(read.equals(personOf(pki, state).authCertDer)).toBe(true);
    }
  });

  test('no authentication certificate: EF 0008 says so, EF 000A does not begin with 30 82', async () => {
    const card = insert('no-auth-certificate');
    expect(await send(card, SELECT, '00B0880003')).toBe('8F00009000');
    expect(await send(card, '00B08A0004')).toBe('FFFFFFFF9000');
  });

  test('a child: no signature certificate', async () => {
    expect(await send(insert('child'), SELECT, '00B0880003')).toBe('008F009000');
    expect(await send(insert('child'), SELECT, '00A4020C02001A')).toBe('6A82');
  });

  test('a phone wants the PIN before its certificate reads', async () => {
    const card = insert('phone');
    expect(await send(card, SELECT, '00B08A0002')).toBe('6982');
    expect(await send(card, `0020009804${hexPin(card.pin)}`, '00B08A0002')).toBe('30829000');
  });

  test('another IC card knows no application', async () => {
    const card = insert('other');
    expect(await send(card, SELECT)).toBe('6A82');
    expect(await send(card, '00B08A0000')).toBe('6986');
    expect(card.pin).toBe('');
  });

  test('ATRs are those that were seen (SOURCES.md, Card: ATRs), and their check byte is right', () => {
    for (const state of cardStateNames) {
      const [first, ...rest] = createVirtualCard(state, pki).atr;
      expect(first).toBe(0x3b);
      expect(rest.reduce((sum, byte) => sum ^ byte, 0)).toBe(0);
    }
    expect(Buffer.from(createVirtualCard('juki', pki).atr).toString('hex')).toBe('3be000ff8131fe4514');
  });

  test('the slow card waits before each answer', async () => {
    const waits: number[] = [];
    const sleep = (ms: number): Promise<void> => {
      waits.push(ms);
      return Promise.resolve();
    };
    await send(insert('slow', { sleep }), SELECT, `802A009733${'00'.repeat(51)}00`);
    expect(waits).toEqual([700, 3000]);
  });

  test('the leaving card leaves at its fifth command, each time it is laid on', async () => {
    const card = insert('leaves-mid-command');
    for (let visit = 0; visit < 2; visit += 1) {
      card.power('on');
      expect(await send(card, SELECT, SELECT, SELECT, SELECT)).toBe('9000');
      expect(await send(card, SELECT)).toBe('leave');
      expect(await send(card, SELECT)).toBe('');
    }
  });
});

describe('options (SOURCES.md, Card: what OpenSC demands)', () => {
  test.each([
    ['before', {}],
    ['after', { 'D392F000260100000001/0018': 2 }],
  ] as const)('removal at command n, %s it is executed', async (leaveMoment, counted) => {
    const memory = cardMemory();
    const card = insert('fresh', { leaveAt: 2, leaveMoment, memory });
    expect(await send(card, SELECT, '002000980430303030')).toBe('leave');
    expect(memory.read('fresh')).toMatchObject(counted);
    expect(Object.keys(memory.read('fresh')).length === 0).toBe(leaveMoment === 'before');
  });

  test('the first command after a cold start answers 6F00, once', async () => {
    const card = insert('fresh', { firstCommandFails: true });
    expect(await send(card, SELECT)).toBe('6F00');
    expect(await send(card, SELECT)).toBe('9000');
    card.power('reset');
    expect(await send(card, SELECT)).toBe('9000');
    card.power('off');
    card.power('on');
    expect(await send(card, SELECT)).toBe('6F00');
  });

  test('no power, no answer', async () => {
    expect(await send(createVirtualCard('fresh', pki), SELECT)).toBe('');
  });

  test('counters outlive the object in a memory, in a process or in a file that holds no PIN', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'madoguchi-card-'));
    const path = join(dir, 'cards.json');
    for (const memory of [cardMemory, () => fileCardMemory(path)].map((make) => make())) {
      expect(await send(insert('fresh', { memory }), SELECT, '002000980430303030')).toBe('63C2');
      expect(await send(insert('fresh', { memory }), SELECT, '00200098')).toBe('63C2');
      expect(await send(insert('child', { memory }), SELECT, '00200098')).toBe('63C3');
    }
    expect(await send(insert('fresh', { memory: fileCardMemory(path) }), SELECT, '00200098')).toBe('63C2');
    expect(readFileSync(path, 'utf8')).not.toContain(personOf(pki, 'fresh').pin);
    rmSync(dir, { recursive: true });
  });
});

describe('T=0 transport (SOURCES.md, Card: status words; SOURCES.md, Card: transport through the reader)', () => {
  const t0 = { transport: 'T=0' } as const;

  test('a signature arrives by 61xx and GET RESPONSE', async () => {
    const card = await verified(t0);
    expect(await send(card, `802A009733${'00'.repeat(51)}`)).toBe('6100');
    expect(dataOf(await send(card, '00C0000000')).length).toBe(256);
    expect(await send(card, '00C0000000')).toBe('6985');
  });

  test('GET RESPONSE in parts; any other command drops what was waiting', async () => {
    const card = await verified(t0);
    const command = `802A009733${'00'.repeat(51)}00`;
    expect(await send(card, command, '00C0000080')).toMatch(/6180$/);
    expect(await send(card, '00C00000FF')).toBe('6C80');
    expect(dataOf(await send(card, '00C0000080')).length).toBe(128);
    expect(await send(card, command, SELECT, '00C0000000')).toBe('6985');
  });

  test('a read of more than there is gets 6Cxx and must be repeated', async () => {
    const card = insert('fresh', t0);
    expect(await send(card, SELECT, '00B0880000')).toBe('6C03');
    expect(await send(card, '00B0880003')).toBe('8F8F009000');
    expect(dataOf(await send(card, '00B08A0000')).length).toBe(256);
  });

  test('no extended length', async () => {
    expect(await send(insert('fresh', t0), SELECT, '00B08A00000000')).toBe('6700');
  });
});
