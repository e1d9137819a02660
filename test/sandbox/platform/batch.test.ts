import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sakuraAccount, signUpContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, type PersonName, personOf, type TestPki } from '../pki/index.ts';
import { type Act, type ActOptions, type Counter, createCounter } from './counter.ts';
import type { ProviderAnswer } from './providers.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let pki: TestPki;
let platform: Platform;
let counter: Counter;
let runs = 0;
let faults: Error[];
/** References repeat. */
let repeats: boolean;
/** What the provider says to an account; a throw is a bug of ours. */
let check: (account: string) => ProviderAnswer | Promise<ProviderAnswer>;
let asked: string[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-batch-'));
  pki = await ensureTestPki();
});
beforeEach(async () => {
  runs += 1;
  faults = [];
  repeats = false;
  asked = [];
  check = () => 'known';
  platform = await startPlatform({
    data: join(scratch, `data-${runs}`),
    port: null,
    memory: true,
    pki,
    random: (length) => (repeats && length === 12 ? new Uint8Array(12) : randomBytes(length)),
    providers: {
      check: async (_service, account) => {
        asked.push(account);
        return check(account);
      },
    },
    onFault: (error) => faults.push(error),
  });
  counter = await createCounter(platform);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const act = (name: PersonName = 'fresh', options: ActOptions = {}): Promise<Act> => {
  const { authCertDer, authKey } = personOf(pki, name);
  return counter.actWith({ certDer: authCertDer, key: authKey }, options);
};
const signUp = (name: PersonName, n: number, receipt?: string): Promise<Act> =>
  act(name, { content: { ...signUpContent({ account: sakuraAccount(n) }), ...(receipt === undefined ? {} : { receipt }) } });
const outcomes = async (...acts: readonly Act[]): Promise<string[]> =>
  (await counter.deliver(...acts.map(({ item }) => item))).map((result) => ('code' in result ? result.code : result.outcome));

describe('a bug at one item', () => {
  const broken = () => {
    check = (account) => {
      if (account === sakuraAccount(13)) throw new Error('a bug');
      return 'known';
    };
  };

  test('costs that item a retry; the others go through, and it is told', async () => {
    broken();
    const acts = [await act('fresh'), await signUp('fresh-2', 13), await act('expiring-soon')];
    expect(await outcomes(...acts)).toEqual(['accepted', 'retry', 'accepted']);
    expect(faults.map(({ message }) => message)).toEqual(['a bug']);
    expect(platform.summary()).toMatchObject({ accepted: 2, challenges: { issued: 3, used: 2 } });
    check = () => 'known';
    expect(await outcomes(...acts)).toEqual(['duplicate', 'accepted', 'duplicate']);
  });

  test('alone it is a 500, so that halving finds it', async () => {
    broken();
    const one = await signUp('fresh', 13);
    await expect(counter.send(one.item)).rejects.toThrow('batches: 500');
    expect(faults).toHaveLength(1);
    expect(platform.summary()).toMatchObject({ accepted: 0, challenges: { used: 0 } });
  });

  test('what it had written by then is taken back', async () => {
    const [first, second] = [await act('fresh'), await act('fresh-2')];
    // The references repeat, which the table refuses: by then the second person has been written.
    repeats = true;
    expect(await outcomes(first, second)).toEqual(['accepted', 'retry']);
    expect(faults.map(({ message }) => message)).toEqual(['UNIQUE constraint failed: submissions.reference']);
    expect(platform.people()).toHaveLength(1);
    expect(platform.summary()).toMatchObject({ accepted: 1, challenges: { used: 1 } });
    repeats = false;
    expect(await outcomes(first, second)).toEqual(['duplicate', 'accepted']);
    expect(platform.people()).toHaveLength(2);
  });
});

describe('order in a receipt', () => {
  test('behind a retry later items of the receipt wait; others do not', async () => {
    check = (account) => (account === sakuraAccount(7) ? 'away' : 'known');
    const receipt = '1234567897';
    const first = await signUp('fresh', 7, receipt);
    const second = await act('fresh-2', { content: { receipt } });
    const other = await act('expiring-soon');
    expect(await outcomes(first, second, other)).toEqual(['retry', 'retry', 'accepted']);
    check = () => 'known';
    expect(await outcomes(first, second)).toEqual(['accepted', 'accepted']);
  });

  test('what is here already is told again, also behind a retry', async () => {
    const receipt = '1234567897';
    const settled = await act('fresh-2', { content: { receipt } });
    expect(await outcomes(settled)).toEqual(['accepted']);
    check = () => 'away';
    expect(await outcomes(await signUp('fresh', 7, receipt), settled)).toEqual(['retry', 'duplicate']);
  });

  test('behind a refusal nothing waits', async () => {
    check = () => 'unknown';
    const receipt = '1234567897';
    const acts = [await signUp('fresh', 7, receipt), await act('fresh-2', { content: { receipt } })];
    expect(await outcomes(...acts)).toEqual(['account-refused', 'accepted']);
  });
});

describe('providers', () => {
  test('are asked for all items of a batch side by side, each once', async () => {
    const waiting = Promise.withResolvers<ProviderAnswer>();
    check = () => waiting.promise;
    const delivered = outcomes(await signUp('fresh', 1), await signUp('fresh-2', 2), await signUp('expiring-soon', 3));
    while (asked.length < 3) await new Promise((resolve) => setImmediate(resolve));
    waiting.resolve('known');
    expect(await delivered).toEqual(['accepted', 'accepted', 'accepted']);
    expect(asked).toHaveLength(3);
  });

  test('while one is slow, a batch of another kiosk goes through; what it changed counts', async () => {
    const waiting = Promise.withResolvers<ProviderAnswer>();
    check = (account) => (account === sakuraAccount(1) ? waiting.promise : 'known');
    const slow = outcomes(await signUp('fresh', 1));
    while (asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await outcomes(await signUp('fresh', 2))).toEqual(['accepted']);
    waiting.resolve('known');
    expect(await slow).toEqual(['already-signed-up']);
  });

  test('an item that an earlier one of the batch made possible is asked for too', async () => {
    const makesId = await act('fresh');
    const rests = await act('fresh', { content: signUpContent({ makeId: false }) });
    expect(await outcomes(makesId, rests)).toEqual(['accepted', 'accepted']);
    expect(asked).toHaveLength(1);
  });

  test('two with one account in a batch: the first', async () => {
    expect(await outcomes(await signUp('fresh', 1), await signUp('fresh-2', 1))).toEqual(['accepted', 'account-in-use']);
  });
});
