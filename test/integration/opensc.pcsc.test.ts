import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { findForbidden } from '../sandbox/virtual-card/forbidden.ts';
import { type InsertedCard, insertCard } from '../sandbox/virtual-card/insert.ts';
import type { LogEntry } from '../sandbox/virtual-card/log.ts';

/**
 * OpenSC, written by others against real cards, must take the virtual card for a JPKI card (SOURCES.md, Card: what OpenSC
 * demands). Needs a pcscd with the virtual reader on port 35963 (npm run test:pcsc makes one).
 */
interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let dir: string;
let pki: TestPki;
let inserted: InsertedCard | null = null;
let log: LogEntry[] = [];

/** Runs a program while the card, in this process, goes on answering. */
function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, LC_ALL: 'C', HOME: dir, ...env }, timeout: 60_000 }, (error, out, err) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

/** Asks until the reader's list shows a card, or none: pcscd polls the virtual reader, and a swap must be seen by it. */
async function readerShows(card: 'Yes' | 'No'): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const { out } = await run('opensc-tool', ['--list-readers']);
    if (new RegExp(`^0\\s+${card}\\s`, 'm').test(out)) return;
  }
  throw new Error(`the reader does not show a card: ${card}`);
}

async function layOn(state: CardStateName): Promise<VirtualCard> {
  const card = createVirtualCard(state, pki);
  log = [];
  inserted = await insertCard(card, { log: (entry) => void log.push(entry) });
  await readerShows('Yes');
  return card;
}

const commands = (): string[] => log.flatMap((entry) => (entry.event === 'apdu' ? [`${entry.command} ${entry.sw}`] : []));
const derOf = (pem: string): Buffer => new X509Certificate(pem).raw;
const triesLeft = async (): Promise<string[]> =>
  [...(await run('pkcs15-tool', ['--list-pins'])).out.matchAll(/Tries left\s*: (\d+)/g)].map(([, tries = '']) => tries);
const verifyPin = (pin: string): Promise<Ran> => run('pkcs15-tool', ['--verify-pin', '--auth-id', '1', '--pin', pin]);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'madoguchi-opensc-'));
  pki = await ensureTestPki();
});
afterAll(() => rm(dir, { recursive: true, force: true }));
afterEach(async () => {
  await inserted?.remove();
  inserted = null;
  await readerShows('No');
});

describe('recognition', () => {
  test('a fresh card is a JPKI card, after some thirty probes that it refuses', async () => {
    await layOn('fresh');
    expect((await run('opensc-tool', ['--name'])).out.trim()).toBe('jpki');
    const refused = commands().filter((line) => /(6A82|6D00|6E00)$/.test(line));
    expect(refused.length).toBeGreaterThan(15);
  });

  test('an old 住基カード is recognised too: only the label, which OpenSC does not read, tells it apart', async () => {
    await layOn('juki');
    expect((await run('opensc-tool', ['--name'])).out.trim()).toBe('jpki');
  });

  test('another IC card is not', async () => {
    await layOn('other');
    expect((await run('opensc-tool', ['--name'])).out.trim()).not.toBe('jpki');
  });

  test('the tokens of both PINs are listed through PKCS#11', async () => {
    await layOn('fresh');
    const { out } = await run('pkcs11-tool', ['--list-slots']);
    expect(out).toContain('JPKI (User Authentication PIN)');
    expect(out).toContain('JPKI (Digital Signature PIN)');
  });
});

describe('certificates', () => {
  test('the authentication certificate comes out byte for byte, in the 15 commands counted from the source', async () => {
    await layOn('fresh');
    const { out } = await run('pkcs15-tool', ['--read-certificate', '1'], { OPENSC_DRIVER: 'jpki' });
    expect(derOf(out).equals(personOf(pki, 'fresh').authCertDer)).toBe(true);
    expect(commands().length).toBe(15);
  });

  test('all four are listed, both CAs come out whole', async () => {
    await layOn('fresh');
    const { out } = await run('pkcs15-tool', ['--list-certificates']);
    expect(out.match(/^X\.509 Certificate/gm)?.length).toBe(4);
    for (const [id, der] of [
      ['3', pki.caAuthDer],
      ['4', pki.caSignDer],
    ] as const)
      expect(derOf((await run('pkcs15-tool', ['--read-certificate', id])).out).equals(der)).toBe(true);
  });

  test('the signature certificate wants its password', async () => {
    await layOn('fresh');
    const { signaturePassword, signCertDer } = personOf(pki, 'fresh');
    expect((await run('pkcs15-tool', ['--read-certificate', '2'])).code).not.toBe(0);
    const opened = await run('pkcs15-tool', [
      '--read-certificate',
      '2',
      '--verify-pin',
      '--auth-id',
      '2',
      '--pin',
      signaturePassword,
    ]);
    const pem = opened.out.slice(opened.out.indexOf('-----BEGIN'));
    expect(derOf(pem).equals(signCertDer ?? Buffer.alloc(0))).toBe(true);
  });

  test('filler after the DER, and a second person', async () => {
    await layOn('fresh-2');
    const { out } = await run('pkcs15-tool', ['--read-certificate', '1']);
    expect(derOf(out).equals(personOf(pki, 'fresh-2').authCertDer)).toBe(true);
    await inserted?.remove();
    await readerShows('No');
    inserted = await insertCard(createVirtualCard('child', pki, { filler: 200 }));
    await readerShows('Yes');
    const padded = await run('pkcs15-tool', ['--read-certificate', '1']);
    expect(derOf(padded.out).equals(personOf(pki, 'child').authCertDer)).toBe(true);
  });
});

describe('PIN', () => {
  test('wrong: two left; right: three again; the log holds no PIN', async () => {
    const card = await layOn('fresh');
    expect(await triesLeft()).toEqual(['3', '5']);
    const wrong = await verifyPin('0000');
    expect(wrong.code).not.toBe(0);
    expect(wrong.err).toContain('PIN code or key incorrect');
    expect(await triesLeft()).toEqual(['2', '5']);
    expect((await verifyPin(card.pin)).code).toBe(0);
    expect(await triesLeft()).toEqual(['3', '5']);
    expect(commands()).toContain('0020008004******** 63C2');
    expect(commands()).toContain('0020008004******** 9000');
    for (const pin of ['0000', card.pin]) expect(commands().join('\n')).not.toContain(`04${Buffer.from(pin).toString('hex')}`);
  });

  test('three wrong ones lock it; the certificate still reads', async () => {
    const card = await layOn('wrong-pin-twice');
    expect(await triesLeft()).toEqual(['1', '5']);
    await verifyPin('0000');
    expect(await triesLeft()).toEqual(['0', '5']);
    expect((await verifyPin(card.pin)).code).not.toBe(0);
    const { out } = await run('pkcs15-tool', ['--read-certificate', '1']);
    expect(derOf(out).equals(personOf(pki, 'wrong-pin-twice').authCertDer)).toBe(true);
  });

  test('a card that came locked refuses its own PIN', async () => {
    const card = await layOn('locked');
    expect(await triesLeft()).toEqual(['0', '5']);
    const refused = await verifyPin(card.pin);
    expect(refused.code).not.toBe(0);
    expect(commands()).toContain('0020008004******** 6984');
  });
});

describe('signature', () => {
  const text = 'what the person saw';

  /** openssl's verdict on a signature over `text`, under the person's certificate. */
  async function openssl(certDer: Buffer, signature: string): Promise<Ran> {
    const key = new X509Certificate(certDer).publicKey.export({ type: 'spki', format: 'pem' });
    await writeFile(join(dir, 'key.pem'), key);
    await writeFile(join(dir, 'text'), text);
    return run('openssl', ['dgst', '-sha256', '-verify', join(dir, 'key.pem'), '-signature', signature, join(dir, 'text')]);
  }

  test('pkcs11-tool signs with the authentication key; openssl verifies it, and not under another person', async () => {
    const card = await layOn('fresh');
    await writeFile(join(dir, 'text'), text);
    const signature = join(dir, 'p11.sig');
    const args = ['--sign', '--mechanism', 'SHA256-RSA-PKCS', '--id', '01', '--slot-index', '0', '--login', '--pin', card.pin];
    const signed = await run('pkcs11-tool', [...args, '--input-file', join(dir, 'text'), '--output-file', signature]);
    expect(signed.code).toBe(0);
    expect((await readFile(signature)).length).toBe(256);
    expect((await openssl(personOf(pki, 'fresh').authCertDer, signature)).out.trim()).toBe('Verified OK');
    expect((await openssl(personOf(pki, 'fresh-2').authCertDer, signature)).code).not.toBe(0);
  });

  test('pkcs15-crypt signs a digest; openssl verifies it', async () => {
    const card = await layOn('fresh');
    await writeFile(join(dir, 'digest'), createHash('sha256').update(text).digest());
    const signature = join(dir, 'p15.sig');
    const args = ['--sign', '--key', '1', '--pkcs1', '--sha-256', '--pin', card.pin, '--raw'];
    const signed = await run('pkcs15-crypt', [...args, '--input', join(dir, 'digest'), '--output', signature]);
    expect(signed.code).toBe(0);
    expect((await openssl(personOf(pki, 'fresh').authCertDer, signature)).out.trim()).toBe('Verified OK');
  });

  test('direct references, through the real reader stack: counter 98, signature 97 without PIN', async () => {
    await layOn('fresh');
    const select = '00A4040C0AD392F000260100000001';
    const sign = `802A009733${'00'.repeat(51)}00`;
    const { out } = await run('opensc-tool', ['--send-apdu', select, '--send-apdu', '00200098', '--send-apdu', sign]);
    expect([...out.matchAll(/SW1=0x(\w\w), SW2=0x(\w\w)/g)].map(([, a, b]) => `${a}${b}`)).toEqual(['9000', '63C3', '6982']);
  });
});

test('OpenSC itself does what the kiosk must not: the search of the log finds it', async () => {
  await layOn('fresh');
  await run('pkcs15-tool', ['--list-pins'], { OPENSC_DRIVER: 'jpki' });
  const found = findForbidden(log);
  expect(found.map(({ command }) => command)).toContain('00A4020C02001B');
  expect(found.length).toBeLessThan(commands().length);
});
