import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { SealingKey } from '../../main/core/seal/seal.ts';
import { enrolDevice } from '../../main/core/staff/device/enrol.ts';
import { readIdentity } from '../../main/core/staff/device/identity.ts';
import { ensureTestPki, personOf } from '../sandbox/pki/index.ts';
import { createCounter } from '../sandbox/platform/counter.ts';
import { testFolder } from '../support/test-folder.ts';
import { startTlsPlatform, type TlsPlatform } from '../support/tls-platform.ts';

/** A new kiosk and the real platform process over HTTPS: a one-time code is all that passes between two people. */
const TERMINAL = 'NEW-01';
let platform: TlsPlatform;
let world: string;
let data: string;
const signal = () => AbortSignal.timeout(20_000);
const file = (name: string) => join(world, 'tls', name);
const newCode = (terminal = TERMINAL) => platform.newCode(terminal);

beforeEach(async () => {
  await ensureTestPki();
  world = testFolder('world', 'enrolment');
  data = testFolder('kiosk', 'enrolment');
  platform = await startTlsPlatform(world);
});
afterEach(() => platform.stop());

/** The kiosk's client as it stands: with the identity that it has, else with nothing but whom it believes. */
const clientOf = (terminal = TERMINAL, believes = readFileSync(file('ca.pem'), 'utf8')) => {
  const own = readIdentity(data, terminal);
  const pem = own === null ? { ca: believes } : { ca: own.ca, cert: own.certificate, key: own.key };
  return createHttpPlatform(httpExchange({ url: platform.url, timeoutMs: 10_000, tls: pem }), terminal, Date.now, randomBytes);
};
async function enrol(code: string, terminal = TERMINAL, believes?: string) {
  const client = clientOf(terminal, believes);
  const done = await enrolDevice({ data, terminal, client, now: Date.now() }, code);
  await client.close();
  return done.ok ? 'ok' : done.error;
}
async function drawn(terminal = TERMINAL) {
  const client = clientOf(terminal);
  const answer = await client.challenges(3, signal());
  await client.close();
  return answer.ok ? answer.value.body.challenges.length : answer.error;
}

/** A whole set-up over the enrolled kiosk's own connection. */
async function delivered() {
  const own = readIdentity(data, TERMINAL);
  if (own === null) throw new Error('not enrolled');
  const http = httpExchange({ url: platform.url, timeoutMs: 10_000, tls: { ca: own.ca, cert: own.certificate, key: own.key } });
  const publicJwk = SealingKey.parse(JSON.parse(readFileSync(join(world, 'sealing-key.jwk.json'), 'utf8')));
  const counter = await createCounter({ publicJwk, exchange: http.exchange }, TERMINAL);
  const { authCertDer, authKey } = personOf(await ensureTestPki(), 'fresh');
  const result = await counter.send((await counter.actWith({ certDer: authCertDer, key: authKey })).item);
  await http.close();
  return result;
}

describe('enrolment by a one-time code', () => {
  test('before it nothing is heard; after it the kiosk delivers under mutual TLS with its own new key, also to a platform started again', async () => {
    expect(await drawn()).toEqual({ kind: 'denied', status: 403 });
    const code = await newCode();
    expect(code).toMatch(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/);
    expect(await enrol(code)).toBe('ok');
    expect(statSync(join(data, 'device/identity.json')).mode & 0o077).toBe(0);
    expect(readdirSync(join(data, 'device'))).toEqual(['identity.json']);
    expect(await drawn()).toBe(3);
    // Its key went nowhere: the platform's folder holds no such thing.
    const { key = '' } = readIdentity(data, TERMINAL) ?? {};
    expect(key).toContain('PRIVATE KEY');
    for (const name of readdirSync(join(world, 'tls')))
      expect(readFileSync(file(name), 'utf8')).not.toContain(key.split('\n')[1]);

    const { port } = new URL(platform.url);
    await platform.stop();
    platform = await startTlsPlatform(world, port);
    expect(await drawn()).toBe(3);
    expect(await delivered()).toMatchObject({ outcome: 'accepted' });
    // Only as itself.
    const own = readIdentity(data, TERMINAL) ?? { ca: '', certificate: '', key: '' };
    const pem = { ca: own.ca, cert: own.certificate, key: own.key };
    const other = createHttpPlatform(
      httpExchange({ url: platform.url, timeoutMs: 10_000, tls: pem }),
      'K-TEST-1',
      Date.now,
      randomBytes,
    );
    expect(await other.challenges(1, signal())).toEqual({ ok: false, error: { kind: 'denied', status: 403 } });
    await other.close();
  });

  test('a code works once, for its kiosk, and not when a newer one was made', async () => {
    const code = await newCode();
    expect(await enrol(code)).toBe('ok');
    const before = readFileSync(join(data, 'device/identity.json'), 'utf8');
    expect(await enrol(code)).toBe('code-refused');
    const old = await newCode();
    await newCode();
    expect(await enrol(old)).toBe('code-refused');
    expect(await enrol(await newCode('OTHER-01'))).toBe('code-refused');
    expect(await enrol('AAAA-BBBB-CCCC-DDDD')).toBe('code-refused');
    // What was there is still there, and works.
    expect(readFileSync(join(data, 'device/identity.json'), 'utf8')).toBe(before);
    expect(await drawn()).toBe(3);
  });

  test('a new identity takes the place of the old one', async () => {
    await enrol(await newCode());
    const { key } = readIdentity(data, TERMINAL) ?? {};
    expect(await enrol(await newCode())).toBe('ok');
    expect(readIdentity(data, TERMINAL)?.key).not.toBe(key);
    expect(await drawn()).toBe(3);
  });

  test('too many wrong codes: nobody is heard for a while, not even with a right one', async () => {
    for (let n = 0; n < 10; n++) expect(await enrol('AAAA-BBBB-CCCC-DDDD')).toBe('code-refused');
    expect(await enrol(await newCode())).toBe('platform-away');
    expect(readIdentity(data, TERMINAL)).toBeNull();
  });

  test('no platform, a platform of somebody else, a disk that cannot be written: said so, and nothing changes', async () => {
    const code = await newCode();
    const believes = readFileSync(file('ca.pem'), 'utf8');
    await platform.stop();
    expect(await enrol(code)).toBe('platform-away');
    // At the same address, with a certificate that is not of the authority that this kiosk believes.
    const { port } = new URL(platform.url);
    const strangers = testFolder('world', 'strangers');
    platform = await startTlsPlatform(strangers, port);
    expect(await enrol(await newCode(), TERMINAL, believes)).toBe('platform-away');
    expect(existsSync(join(data, 'device'))).toBe(false);
    world = strangers;
    writeFileSync(join(data, 'device'), 'no folder');
    expect(await enrol(await newCode())).toBe('storage');
    expect(await drawn()).toEqual({ kind: 'denied', status: 403 });
  });

  test('an identity of another terminal is not this one’s', async () => {
    await enrol(await newCode());
    expect(readIdentity(data, 'NEW-02')).toBeNull();
    writeFileSync(join(data, 'device/identity.json'), '{"v":1}');
    expect(readIdentity(data, TERMINAL)).toBeNull();
  });
});
