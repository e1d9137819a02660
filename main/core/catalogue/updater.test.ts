import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, importJWK, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Catalogue, type CatalogueHeader, MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { openHighestVersion } from './highest-version.ts';
import { openCatalogueStore } from './sqlite-store.ts';
import { type CatalogueStore, createCatalogueUpdater } from './updater.ts';
import { createVerifier, type VerifyCatalogue } from './verify-catalogue.ts';

const sample = Catalogue.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json'), 'utf8')),
);
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const DAY_S = 24 * 3600;
const header: CatalogueHeader = { alg: 'ES256', typ: 'madoguchi-catalogue', aud: ['TOWN-01'], iat: 0, exp: 30 * DAY_S };
const signed = async (value: unknown, by = keys, more: object = {}) =>
  new CompactSign(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
    .setProtectedHeader({ ...header, ...more })
    .sign(await importJWK(by.privateKey.export({ format: 'jwk' }), 'ES256'));
const at = (version: number): Catalogue => ({ ...sample, version });

let folder: string;
let verify: VerifyCatalogue;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mado-catalogue-'));
  const made = await createVerifier(keys.publicKey.export({ format: 'jwk' }), 'TOWN-01');
  if (made === null) throw new Error('no verifier');
  verify = made;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a catalogue is believed only as signed', () => {
  it('the right key and a whole catalogue', async () => {
    expect(await verify(await signed(sample))).toMatchObject({
      ok: true,
      value: { catalogue: sample, signedAt: 0, validUntil: 30 * DAY_S * 1000 },
    });
  });
  it.each<[string, () => Promise<string> | string, string]>([
    ['another key', () => signed(sample, others), 'signature'],
    ['no signature', () => new UnsecuredJWT({ ...sample }).encode(), 'signature'],
    ['a changed byte', async () => (await signed(sample)).replace(/.\.([^.]*)$/, 'A.$1'), 'signature'],
    ['garbage', () => 'a.b.c', 'signature'],
    ['nothing', () => '', 'signature'],
    ['no JSON', () => signed('{"v":1'), 'schema'],
    ['an unknown key', () => signed({ ...sample, more: 1 }), 'schema'],
    ['a service twice', () => signed({ ...sample, services: [...sample.services, sample.services[0]] }), 'schema'],
    ['HTML for an id', () => signed({ ...sample, services: [{ ...sample.services[0], id: '<b>' }] }), 'schema'],
    ...[
      ['NUL', 'Pay\u0000'],
      ['a line end', 'Pay\nmore'],
      ['a mark that turns the direction', 'Pay \u202e4321'],
      ['a direction that nobody sees', '\u2066Pay\u2069'],
      ['half a character', 'Pay \ud83c'],
      ['a line separator', 'Pay\u2028'],
    ].flatMap(([what, text = '']): [string, () => Promise<string>, string][] => {
      const words = { ja: text, en: 'Pay' };
      const [service, policy] = [sample.services[0], sample.policies[0]];
      return [
        [`a service’s name with ${what}`, () => signed({ ...sample, services: [{ ...service, name: words }] }), 'schema'],
        [`a policy’s title with ${what}`, () => signed({ ...sample, policies: [{ ...policy, title: words }] }), 'schema'],
      ];
    }),
    [
      'a link that is no https',
      () => signed({ ...sample, services: [{ ...sample.services[0], signUpUrl: 'javascript:alert(1)' }] }),
      'schema',
    ],
    ['a million services', () => `${'A'.repeat(MAX_CATALOGUE_BYTES)}.x.y`, 'too-large'],
    [
      'too many services',
      () => signed({ ...sample, services: Array.from({ length: 2001 }, (_, n) => ({ ...sample.services[0], id: `s${n}` })) }),
      'schema',
    ],
  ])('%s', async (_, make, code) => {
    expect(await verify(await make())).toMatchObject({ ok: false });
    const result = await verify(await make());
    expect(['signature', 'schema', 'too-large']).toContain(result.ok ? '' : result.error);
    if (_ !== 'too many services') expect(result).toEqual({ ok: false, error: code });
  });
  it('a name of HTML, SQL or another script is a name', async () => {
    for (const ja of ['<script>alert(1)</script>', "'; DROP TABLE link; --", 'مرحبا', 'ペイ🍣', 'é']) {
      const made = { ...sample, services: [{ ...sample.services[0], name: { ja, en: 'Pay' } }] };
      expect(await verify(await signed(made))).toMatchObject({
        ok: true,
        value: { catalogue: { services: [{ name: { ja } }] } },
      });
    }
  });
  it('a key that is none makes no verifier', async () => {
    for (const jwk of [null, {}, { kty: 'RSA' }, { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }])
      expect(await createVerifier(jwk, 'TOWN-01')).toBeNull();
  });
});

/** What every store must do; the first is the one in memory. */
const memory = (): CatalogueStore => {
  let kept: { jws: string; fetchedAt: number } | null = null;
  return {
    load: () => kept,
    save(next) {
      kept = { ...next };
    },
  };
};
let files = 0;
describe.each<[string, () => CatalogueStore]>([
  ['memory', memory],
  ['SQLite', () => openCatalogueStore(join(folder, `${files++}.db`), () => {})],
])('a store in %s', (_, open) => {
  it('is empty, keeps one, replaces it', () => {
    const store = open();
    expect(store.load()).toBeNull();
    store.save({ jws: 'a', fetchedAt: 1 });
    store.save({ jws: 'b', fetchedAt: 2 });
    expect(store.load()).toEqual({ jws: 'b', fetchedAt: 2 });
  });
});

describe('the file', () => {
  it('outlives its process; a damaged one is begun anew', () => {
    const path = join(folder, 'kept.db');
    const failures: string[] = [];
    const first = openCatalogueStore(path, (reason) => failures.push(reason));
    first.save({ jws: 'a', fetchedAt: 1 });
    first.close();
    const second = openCatalogueStore(path, (reason) => failures.push(reason));
    expect(second.load()).toEqual({ jws: 'a', fetchedAt: 1 });
    second.close();
    writeFileSync(path, 'no database at all, but long enough to be one'.repeat(50));
    const third = openCatalogueStore(path, (reason) => failures.push(reason));
    expect(third.load()).toBeNull();
    third.save({ jws: 'c', fetchedAt: 3 });
    expect(third.load()).toEqual({ jws: 'c', fetchedAt: 3 });
    third.close();
    expect(failures).toEqual([]);
  });
  it('a folder that cannot be written: said once, and it goes on without', () => {
    const failures: string[] = [];
    writeFileSync(join(folder, 'a-file'), '');
    const store = openCatalogueStore(join(folder, 'a-file/c.db'), (reason) => failures.push(reason));
    expect(store.load()).toBeNull();
    store.save({ jws: 'a', fetchedAt: 1 });
    expect(failures).toEqual(['storage']);
  });
});

describe('the keeper', () => {
  let now = 0;
  let top = '';
  let answer: string | null | undefined;
  const asked: number[] = [];
  const lines: string[] = [];
  let store: CatalogueStore;
  const keeper = () =>
    createCatalogueUpdater({
      store,
      verify,
      fetch: async (known) => {
        asked.push(known);
        return answer;
      },
      highest: openHighestVersion(top, (reason) => lines.push(`store.${reason}`)),
      clock: { now: () => now },
      civilTime: () => now,
      log: (event, fields) => lines.push(`${event} ${JSON.stringify(fields)}`),
    });
  const signal = new AbortController().signal;
  beforeEach(() => {
    now = 1000;
    answer = undefined;
    asked.length = 0;
    lines.length = 0;
    store = memory();
    top = join(folder, `top-${files++}`, 'highest.json');
  });

  it('takes a newer one, keeps it over a restart, and says how old its knowledge is', async () => {
    const first = keeper();
    await first.load();
    expect(first.current()).toBeNull();
    answer = await signed(at(3));
    await first.refresh(signal);
    expect(first.current()).toMatchObject({ catalogue: { version: 3 }, checkedAt: 1000 });
    const second = keeper();
    now = 5000;
    await second.load();
    expect(second.current()).toMatchObject({ catalogue: { version: 3 }, checkedAt: 1000 });
    answer = null;
    await second.refresh(signal);
    expect(asked).toEqual([0, 3]);
    expect(second.current()).toMatchObject({ checkedAt: 5000 });
  });
  it.each<[string, () => Promise<string | undefined>]>([
    ['bad signature', () => signed(at(9), others)],
    ['bad content', () => signed({ v: 1 })],
    ['a lower version', () => signed(at(2))],
    ['no usable answer', async () => undefined],
  ])('%s changes nothing', async (_, make) => {
    const it = keeper();
    answer = await signed(at(3));
    await it.refresh(signal);
    now = 9000;
    answer = await make();
    await it.refresh(signal);
    expect(it.current()).toMatchObject({ catalogue: { version: 3 }, checkedAt: 1000 });
    expect(store.load()?.fetchedAt).toBe(1000);
  });
  it('an older one is not taken either when the cache is gone, nor another content under its version', async () => {
    const first = keeper();
    answer = await signed(at(3));
    await first.refresh(signal);
    for (const other of [at(2), { ...at(3), issuedAt: '2026-01-01T00:00:00Z' }]) {
      store = memory();
      const again = keeper();
      await again.load();
      answer = await signed(other);
      await again.refresh(signal);
      expect(again.current()).toBeNull();
      // Also where the disk has it.
      store.save({ jws: answer, fetchedAt: 1 });
      await again.load();
      expect(again.current()).toBeNull();
    }
    const last = keeper();
    answer = await signed(Object.fromEntries(Object.entries(at(3)).reverse()));
    await last.refresh(signal);
    expect(last.current()).toMatchObject({ catalogue: { version: 3 } });
    expect(lines.filter((line) => line.includes('refused'))).toEqual(
      ['older', 'kept.older', 'same-version', 'kept.same-version'].map((reason) => `catalogue.refused {"reason":"${reason}"}`),
    );
  });
  it('the same version with another content changes nothing while the first is in use', async () => {
    const it = keeper();
    answer = await signed(at(3));
    await it.refresh(signal);
    answer = await signed({ ...at(3), services: sample.services.slice(1) });
    await it.refresh(signal);
    expect(it.current()?.catalogue.services).toHaveLength(sample.services.length);
    expect(lines.at(-1)).toBe('catalogue.refused {"reason":"same-version"}');
  });
  it('holds until its last moment, and is asked for again in good time', async () => {
    const it = keeper();
    answer = await signed(at(3));
    await it.refresh(signal);
    answer = null;
    now = 15 * DAY_S * 1000 - 1;
    await it.refresh(signal);
    now += 1;
    await it.refresh(signal);
    expect(asked).toEqual([0, 3, 2]);
    now = 30 * DAY_S * 1000 - 1;
    expect(it.current()).toMatchObject({ catalogue: { version: 3 } });
    answer = await signed(at(3), keys, { iat: 20 * DAY_S, exp: 50 * DAY_S });
    const renewed = keeper();
    await renewed.load();
    await renewed.refresh(signal);
    now += 1;
    expect(it.current()).toBeNull();
    expect(renewed.current()).toMatchObject({ catalogue: { version: 3 }, checkedAt: now - 1 });
    answer = await signed(at(4));
    await it.refresh(signal);
    expect(it.current()).toBeNull();
    expect(lines.at(-1)).toBe('catalogue.refused {"reason":"expired"}');
  });
  it.each([
    ['for another town', { aud: ['TOWN-02', 'CITY-*'] }, 'audience'],
    ['for nobody', { aud: [] }, 'unaddressed'],
    ['without an end', { exp: undefined }, 'unaddressed'],
    ['that ended before it was signed', { iat: 2, exp: 1 }, 'unaddressed'],
    ['signed as an answer', { typ: 'madoguchi-answer' }, 'unaddressed'],
    ['of the version of this program before', { typ: undefined, aud: undefined, iat: undefined, exp: undefined }, 'unaddressed'],
  ])('one %s is not taken, and is no trouble in the cache', async (_, more, reason) => {
    const it = keeper();
    answer = await signed(at(3), keys, more);
    store.save({ jws: answer, fetchedAt: 1 });
    await it.load();
    await it.refresh(signal);
    expect(it.current()).toBeNull();
    expect(lines).toEqual(['kept.', ''].map((where) => `catalogue.refused {"reason":"${where}${reason}"}`));
    answer = await signed(at(1), keys, { aud: ['CITY-*', 'TOWN-*'] });
    await it.refresh(signal);
    expect(it.current()).toMatchObject({ catalogue: { version: 1 } });
  });
  it('a file of the highest version that cannot be read or written is told, and what is in memory counts', async () => {
    top = join(folder, 'a-file/highest.json');
    writeFileSync(join(folder, 'a-file'), '');
    const it = keeper();
    answer = await signed(at(3));
    await it.refresh(signal);
    answer = await signed(at(2));
    await it.refresh(signal);
    expect(it.current()).toMatchObject({ catalogue: { version: 3 } });
    expect(lines).toContain('store.highest');
  });
  it('what was changed on the disk is not believed', async () => {
    store.save({ jws: await signed(at(3), others), fetchedAt: 1 });
    const it = keeper();
    await it.load();
    expect(it.current()).toBeNull();
    expect(lines).toEqual(['catalogue.refused {"reason":"kept.signature"}']);
  });
});
