import { afterEach, expect, test } from 'vitest';
import { personOf } from '../../../../test/sandbox/pki/index.ts';
import type { Providers } from '../../../../test/sandbox/platform/providers.ts';
import { type CardStateName, createVirtualCard } from '../../../../test/sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../../../../test/support/core-harness.ts';
import { loggedCard } from '../../../../test/support/logged-card.ts';
import { sakuraAccount } from '../../../../test/support/sign-up-acts.ts';
import { confirmReadBack, type SignUpWish, typeFields, walkToEntry } from '../../../../test/support/sign-up-walk.ts';

// SOURCES.md, Mishaps of 2023: what somebody mistypes is linked to nobody, and what cannot be decided now is not decided.

let harness: CoreHarness;
afterEach(() => harness.close());

/** @param check what the providers say of an account */
async function start(check: (account: string, codes: readonly string[]) => Awaited<ReturnType<Providers['check']>>) {
  harness = await createHarness({
    name: 'mislinkage',
    platform: { providers: { check: async (_, account, codes) => check(account, codes) } },
  });
}

const lay = (card: CardStateName) => () =>
  void harness.reader.insert(loggedCard(createVirtualCard(card, harness.pki), 'mislinkage'));

async function commit() {
  await confirmReadBack(harness.page);
  harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
  await harness.page.until(({ screen }) => !['pin', 'signing', 'delivering', 'read-back'].includes(screen.name));
  return harness.page.now.screen;
}

async function signUp(fields: readonly string[], wish: Partial<SignUpWish> = {}) {
  await walkToEntry(harness.page, { lay: lay('fresh'), ...wish });
  await typeFields(harness.page, fields);
  return commit();
}

const links = () => harness.platform.links().length;

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
  await harness.leave();
  expect(await signUp([right, '1234'])).toMatchObject({ name: 'signed-up' });
  expect(links()).toBe(1);
});

test('a service without a check digit: the last sign wrong is not linked, and scanning cannot get it wrong', async () => {
  const right = 'MINT00000005';
  const mint = { service: 'mint-pay', on: 'purchase' } as const;
  await start((account) => (account === right ? 'known' : 'unknown'));
  expect(await signUp(['MINT00000006', '123456'], mint)).toMatchObject({ name: 'refused', code: 'account-refused' });
  expect(links()).toBe(0);
  await harness.leave();
  await walkToEntry(harness.page, { lay: lay('fresh'), ...mint });
  harness.page.send({ type: 'scanned', step: harness.page.now.step, text: `mintpay:${right}:123456` });
  await harness.page.see('read-back');
  expect(await commit()).toMatchObject({ name: 'signed-up' });
  expect(harness.platform.submissions().at(-1)?.content).toMatchObject({ account: right });
});

test('a provider that cannot be asked now: received, linked to nobody, and linked once it can be asked', async () => {
  let away = true;
  await start(() => (away ? 'away' : 'known'));
  await walkToEntry(harness.page, { lay: lay('fresh') });
  await typeFields(harness.page, [sakuraAccount(2), '1234']);
  await confirmReadBack(harness.page);
  harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
  await harness.page.see('delivering', 'received');
  harness.clock.advance(8000);
  await harness.page.see('received');
  await harness.leave();
  expect(links()).toBe(0);
  away = false;
  for (let n = 0; n < 30 && harness.waiting() > 0; n += 1) {
    harness.clock.advance(10_000);
    await harness.until(() => harness.inFlight() === 0);
  }
  expect(harness.waiting()).toBe(0);
  expect(links()).toBe(1);
});

test('a certificate that was revoked since: refused by name, and linked to nobody', async () => {
  await start(() => 'known');
  await walkToEntry(harness.page, { lay: lay('revoked') });
  await typeFields(harness.page, [sakuraAccount(4), '1234']);
  await confirmReadBack(harness.page);
  harness.page.enterPin(personOf(harness.pki, 'revoked').pin);
  await harness.page.see('refused');
  expect(harness.page.now.screen).toMatchObject({ code: 'certificate-revoked' });
  expect(links()).toBe(0);
});
