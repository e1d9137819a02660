import { accountOf, type Simulated } from '../sandbox/providers/accounts.ts';
import type { CardStateName } from '../sandbox/virtual-card/card.ts';
import { type Counter, expect } from './counter.ts';

export interface Wish {
  readonly service?: string;
  readonly on?: 'charge' | 'purchase';
  readonly whose?: 'self' | 'child' | 'represented';
  /** Where people are helped (the setting `helpers`): who touches the screen. */
  readonly helped?: boolean;
  readonly hasId?: boolean;
}

/** Keys of the kana keyboard: さくらざ, みんと, けやきひ are enough to find them. */
const KEYWORDS: Record<string, string> = { 'sakura-prepaid': 'サクラザ', 'mint-pay': 'ミント', 'keyaki-credit': 'ケヤキヒ' };
const VOICED: Record<string, string> = { ザ: 'サ' };

/** By the kana keyboard, as a person without a slip does. */
export async function findService(counter: Counter, id: string): Promise<void> {
  const { page } = counter;
  await page.locator('[data-button="type"]').tap();
  for (const sign of KEYWORDS[id] ?? '') {
    await page.locator(`[data-key="${VOICED[sign] ?? sign}"]`).tap();
    if (sign in VOICED) await page.locator('[data-key="゛"]').tap();
  }
  // It leaves one service, which is chosen by that.
  await page.locator('[data-edit="ok"]').tap();
}

/** From the attract screen to what the sign-up is about. */
export async function toSignUp(counter: Counter): Promise<void> {
  await counter.see('attract');
  await counter.press('sign-up');
  // A kiosk that has just started may not have its catalogue yet.
  for (;;) {
    await counter.see('about-sign-up', 'no-catalogue');
    if (await counter.page.locator('[data-screen="about-sign-up"]').isVisible()) return;
    await counter.press('back');
    await counter.press('home');
    await counter.press('sign-up');
  }
}

/** Past what it is about: who has their own card says so there. */
const begin = (counter: Counter, { whose = 'self' }: Wish) => counter.press(whose === 'self' ? 'self' : 'next');

/** From a service's own screen to the card. */
async function fromService(counter: Counter, { on = 'charge', whose = 'self', helped, hasId = false }: Wish) {
  await counter.see('service');
  await counter.press(on);
  if (whose !== 'self') {
    await counter.see('whose-card');
    await counter.press(whose);
  }
  if (helped !== undefined) {
    await counter.see('who-types');
    await counter.press(helped ? 'helper' : 'holder');
  }
  await counter.see('has-id');
  await counter.press(hasId ? 'yes' : 'no');
  await counter.see('terms');
  for (let document = 0; document < (hasId ? 2 : 3); document++) await counter.press('agree');
  await counter.see('insert-card');
}

/** From the attract screen to the card, which the kiosk asks for and then looks at by itself. */
export async function toCard(counter: Counter, card: CardStateName, wish: Wish = {}): Promise<void> {
  await toSignUp(counter);
  await begin(counter, wish);
  await counter.see('finder');
  await findService(counter, wish.service ?? 'sakura-prepaid');
  await fromService(counter, wish);
  await counter.lay(card);
}

/** From the attract screen to a service's first field, in the shortest way. */
export async function toEntry(counter: Counter, card: CardStateName, wish: Wish = {}): Promise<void> {
  await toCard(counter, card, wish);
  await counter.see('entry');
}

/** The family goes on: the service stands already. */
export async function nextPersonToEntry(counter: Counter, card: CardStateName, wish: Wish = {}): Promise<void> {
  await counter.press('next-person');
  await counter.see('take-card');
  await counter.takeOff();
  await counter.see('about-sign-up');
  await begin(counter, wish);
  await fromService(counter, wish);
  await counter.lay(card);
  await counter.see('entry');
}

/** The digits of the n-th account, as the provider knows it. */
export const account = (n: number, service: Simulated = 'sakura-prepaid') => accountOf(service, n).account;

/** Types the n-th account and its code, key by key, until the read-back. */
export async function typeAccount(counter: Counter, n: number, service: Simulated = 'sakura-prepaid'): Promise<void> {
  const { account: number, codes } = accountOf(service, n);
  for (const field of [number, ...codes]) await counter.typeField(field);
  await counter.see('read-back');
}

/** Read-back and PIN. */
export async function commit(counter: Counter, card: CardStateName): Promise<void> {
  await counter.confirm();
  await counter.see('pin');
  await counter.typePin(counter.sandbox.cards.pinOf(card));
}

/** A whole sign-up by typing; the card stays. */
export async function signUp(counter: Counter, card: CardStateName, n: number, wish: Wish = {}): Promise<void> {
  await toEntry(counter, card, wish);
  await typeAccount(counter, n);
  await commit(counter, card);
}

/** The card off, and the kiosk ready for the next. */
export async function leave(counter: Counter): Promise<void> {
  await counter.takeOff();
  await counter.see('goodbye', 'attract');
  await counter.see('attract');
  await expect(counter.page.locator('[data-typed]')).toHaveCount(0);
}

/** By the slip's number, as long as it has not been sent. */
export async function takeBack(counter: Counter, receipt: string): Promise<void> {
  await counter.see('attract');
  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.see('receipt-find');
  await counter.typeField(receipt);
  await counter.see('receipt-state');
  await counter.press('cancel-it');
  await counter.see('receipt-cancel');
  await counter.press('cancel-it');
  await counter.see('receipt-cancelled');
}

/** How many acts the platform has accepted. */
export async function acceptedCount({ sandbox }: Counter): Promise<number> {
  const summary = (await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as { accepted: number };
  return summary.accepted;
}

/** The card's status, PIN included. */
export async function askStatus(counter: Counter, card: CardStateName): Promise<void> {
  await counter.see('attract');
  await counter.press('start');
  await counter.press('status');
  await counter.see('insert-card');
  await counter.lay(card);
  await commit(counter, card);
}

/** The receipt number on the screen, ten digits. */
export async function receiptOf(counter: Counter): Promise<string> {
  const [number = ''] = /\d{3}-\d{3}-\d{4}/.exec(await counter.page.locator('main').innerText()) ?? [];
  return number.replaceAll('-', '');
}

/** Presses "print" and reads the paper that comes out, as text. */
export async function printSlip(counter: Counter): Promise<string> {
  const { slips } = counter.sandbox.printer;
  const before = slips.length;
  await counter.page.locator('[data-button="print"]').tap();
  await expect.poll(() => slips.length).toBe(before + 1);
  return JSON.stringify(slips.at(-1)?.slip.lines);
}
