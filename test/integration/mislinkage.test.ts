import { afterEach, expect, test } from 'vitest';
import { personOf } from '../sandbox/pki/index.ts';
import type { Providers } from '../sandbox/platform/providers.ts';
import { type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreBench, createBench } from '../support/core-bench.ts';
import { loggedCard } from '../support/logged-card.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';
import { confirmReadBack, type SignUpWish, typeFields, walkToEntry } from '../support/sign-up-walk.ts';

// SOURCES.md, Mishaps of 2023: what somebody mistypes is linked to nobody, and what cannot be decided now is not decided.

let bench: CoreBench;
afterEach(() => bench.close());

/** @param check what the providers say of an account */
async function start(check: (account: string, codes: readonly string[]) => Awaited<ReturnType<Providers['check']>>) {
  bench = await createBench({
    name: 'mislinkage',
    platform: { providers: { check: async (_, account, codes) => check(account, codes) } },
  });
}

const lay = (card: CardStateName) => () => void bench.reader.insert(loggedCard(createVirtualCard(card, bench.pki), 'mislinkage'));

async function commit() {
  await confirmReadBack(bench.page);
  bench.page.enterPin(personOf(bench.pki, 'fresh').pin);
  await bench.page.until(({ screen }) => !['pin', 'signing', 'delivering', 'read-back'].includes(screen.name));
  return bench.page.now.screen;
}

async function signUp(fields: readonly string[], wish: Partial<SignUpWish> = {}) {
  await walkToEntry(bench.page, { lay: lay('fresh'), ...wish });
  await typeFields(bench.page, fields);
  return commit();
}

const links = () => bench.platform.links().length;

test('two digits wrong so that the check digit fits: the service does not know them, nothing is linked, and the right ones go on', async () => {
  const right = sakuraAccount(505_050_505);
  // Adding 1 in an odd place and taking 1 away in another odd place keeps the Luhn sum.
  const digits = [...right].map(Number);
  const up = digits.findIndex((digit, at) => at > 4 && at % 2 === 1 && digit < 9);
  const down = digits.findIndex((digit, at) => at > up && at % 2 === 1 && digit > 0);
  digits[up] = (digits[up] ?? 0) + 1;
  digits[down] = (digits[down] ?? 0) - 1;
  const wrong = digits.join('');
  expect(wrong).not.toBe(right);
  await start((account) => (account === right ? 'known' : 'unknown'));
  expect(await signUp([wrong, '1234'])).toMatchObject({ name: 'refused', code: 'account-refused' });
  expect(links()).toBe(0);
  await bench.leave();
  expect(await signUp([right, '1234'])).toMatchObject({ name: 'signed-up' });
  expect(links()).toBe(1);
});

test('a service without a check digit: the last sign wrong is not linked, and scanning cannot get it wrong', async () => {
  const right = 'MINT00000005';
  const mint = { service: 'mint-pay', on: 'purchase' } as const;
  await start((account) => (account === right ? 'known' : 'unknown'));
  expect(await signUp(['MINT00000006', '123456'], mint)).toMatchObject({ name: 'refused', code: 'account-refused' });
  expect(links()).toBe(0);
  await bench.leave();
  await walkToEntry(bench.page, { lay: lay('fresh'), ...mint });
  bench.page.send({ type: 'scanned', step: bench.page.now.step, text: `mintpay:${right}:123456` });
  await bench.page.see('read-back');
  expect(await commit()).toMatchObject({ name: 'signed-up' });
  expect(bench.platform.submissions().at(-1)?.content).toMatchObject({ account: right });
});

test('a provider that cannot be asked now: received, linked to nobody, and linked once it can be asked', async () => {
  let away = true;
  await start(() => (away ? 'away' : 'known'));
  await walkToEntry(bench.page, { lay: lay('fresh') });
  await typeFields(bench.page, [sakuraAccount(2), '1234']);
  await confirmReadBack(bench.page);
  bench.page.enterPin(personOf(bench.pki, 'fresh').pin);
  await bench.page.see('delivering', 'received');
  bench.clock.advance(8000);
  await bench.page.see('received');
  await bench.leave();
  expect(links()).toBe(0);
  away = false;
  for (let n = 0; n < 30 && bench.waiting() > 0; n += 1) {
    bench.clock.advance(10_000);
    await bench.until(() => bench.inFlight() === 0);
  }
  expect(bench.waiting()).toBe(0);
  expect(links()).toBe(1);
});

test('a certificate that was revoked since: refused by name, and linked to nobody', async () => {
  await start(() => 'known');
  await walkToEntry(bench.page, { lay: lay('revoked') });
  await typeFields(bench.page, [sakuraAccount(4), '1234']);
  await confirmReadBack(bench.page);
  bench.page.enterPin(personOf(bench.pki, 'revoked').pin);
  await bench.page.see('refused');
  expect(bench.page.now.screen).toMatchObject({ code: 'certificate-revoked' });
  expect(links()).toBe(0);
});
