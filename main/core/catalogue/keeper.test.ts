import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign, importJWK, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Catalogue, MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { type CatalogueStore, createCatalogueKeeper } from './keeper.ts';
import { openCatalogueStore } from './sqlite-store.ts';
import { createVerifier, type VerifyCatalogue } from './verify-catalogue.ts';

const sample = Catalogue.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../kiosk-config/catalogue/sample.generated.json'), 'utf8')),
);
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signed = async (value: unknown, by = keys) =>
  new CompactSign(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(await importJWK(by.privateKey.export({ format: 'jwk' }), 'ES256'));
const at = (version: number): Catalogue => ({ ...sample, version });

let folder: string;
let verify: VerifyCatalogue;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mado-catalogue-'));
  const made = await createVerifier(keys.publicKey.export({ format: 'jwk' }));
  if (made === null) throw new Error('no verifier');
  verify = made;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a catalogue is believed only as signed', () => {
  it('the right key and a whole catalogue', async () => {
    expect(await verify(await signed(sample))).toEqual({ ok: true, value: sample });
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
      expect(await verify(await signed(made))).toMatchObject({ ok: true, value: { services: [{ name: { ja } }] } });
    }
  });
  it('a key that is none makes no verifier', async () => {
    for (const jwk of [null, {}, { kty: 'RSA' }, { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }])
      expect(await createVerifier(jwk)).toBeNull();
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
  let answer: string | null | undefined;
  const asked: number[] = [];
  const lines: string[] = [];
  let store: CatalogueStore;
  const keeper = () =>
    createCatalogueKeeper({
      store,
      verify,
      fetch: async (known) => {
        asked.push(known);
        return answer;
      },
      clock: { now: () => now },
      log: (event, fields) => lines.push(`${event} ${JSON.stringify(fields)}`),
    });
  const signal = new AbortController().signal;
  beforeEach(() => {
    now = 1000;
    answer = undefined;
    asked.length = 0;
    lines.length = 0;
    store = memory();
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
  it('what was changed on the disk is not believed', async () => {
    store.save({ jws: await signed(at(3), others), fetchedAt: 1 });
    const it = keeper();
    await it.load();
    expect(it.current()).toBeNull();
    expect(lines).toEqual(['catalogue.refused {"reason":"kept.signature"}']);
  });
});
