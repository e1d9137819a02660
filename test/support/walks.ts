import { accountOf, type Simulated } from '../sandbox/providers/accounts.ts';
import type { CardStateName } from '../sandbox/virtual-card/card.ts';
import type { Person } from './person.ts';

/** How somebody signs up. */
export interface SignUpWish {
  readonly service?: string;
  readonly on?: 'charge' | 'purchase';
  readonly whose?: 'self' | 'child' | 'represented';
  /** Where people are helped (the setting `helpers`): who touches the screen. */
  readonly helped?: boolean;
  readonly hasId?: boolean;
}

/** The digits of the n-th account, as the provider knows it. */
export const account = (n: number, service: Simulated = 'sakura-prepaid') => accountOf(service, n).account;

/** Set-up, from the attract screen to the read-back in the shortest way; the card is laid when the kiosk asks. */
export async function toReadBack(person: Person, card: CardStateName): Promise<void> {
  await person.see('attract');
  await person.press('set-up');
  await person.see('about-set-up');
  await person.press('self');
  await person.see('terms');
  await person.press('agree');
  await person.press('agree');
  await person.see('insert-card');
  await person.insertCard(card);
  await person.see('read-back');
}

/** From the attract screen to what the sign-up is about. */
export async function toSignUp(person: Person): Promise<void> {
  await person.see('attract');
  await person.press('sign-up');
  // A kiosk that has just started may not have its catalogue yet.
  while ((await person.see('about-sign-up', 'no-catalogue')) === 'no-catalogue') {
    await person.press('back');
    await person.press('home');
    await person.press('sign-up');
  }
}

/** Past what it is about: who has their own card says so there. */
const begin = (person: Person, { whose = 'self' }: SignUpWish) => person.press(whose === 'self' ? 'self' : 'next');

/** From a service's own screen to the card. */
async function fromService(person: Person, { on = 'charge', whose = 'self', helped, hasId = false }: SignUpWish) {
  await person.see('service');
  await person.press(on);
  if (whose !== 'self') {
    await person.see('whose-card');
    await person.press(whose);
  }
  if (helped !== undefined) {
    await person.see('who-types');
    await person.press(helped ? 'helper' : 'holder');
  }
  await person.see('has-id');
  await person.press(hasId ? 'yes' : 'no');
  await person.see('terms');
  for (let document = 0; document < (hasId ? 2 : 3); document++) await person.press('agree');
  await person.see('insert-card');
}

/** From the attract screen to the card, which the kiosk asks for and then looks at by itself. */
export async function toCard(person: Person, card: CardStateName, wish: SignUpWish = {}): Promise<void> {
  await toSignUp(person);
  await begin(person, wish);
  await person.see('finder');
  await person.findService(wish.service ?? 'sakura-prepaid');
  await fromService(person, wish);
  await person.insertCard(card);
}

/** From the attract screen to a service's first field, in the shortest way. */
export async function toEntry(person: Person, card: CardStateName, wish: SignUpWish = {}): Promise<void> {
  await toCard(person, card, wish);
  await person.see('entry');
}

/** The family goes on: the service stands already. */
export async function nextPersonToEntry(person: Person, card: CardStateName, wish: SignUpWish = {}): Promise<void> {
  await person.press('next-person');
  await person.see('take-card');
  await person.takeCard();
  await person.see('about-sign-up');
  await begin(person, wish);
  await fromService(person, wish);
  await person.insertCard(card);
  await person.see('entry');
}

/** Types the n-th account and its code, key by key, until the read-back. */
export async function typeAccount(person: Person, n: number, service: Simulated = 'sakura-prepaid'): Promise<void> {
  const { account: number, codes } = accountOf(service, n);
  for (const field of [number, ...codes]) await person.typeField(field);
  await person.see('read-back');
}

/** Read-back and PIN. */
export async function commit(person: Person, card: CardStateName): Promise<void> {
  await person.confirm();
  await person.see('pin');
  await person.typePin(person.pinOf(card));
}

/** A whole sign-up by typing; the card stays. */
export async function signUp(person: Person, card: CardStateName, n: number, wish: SignUpWish = {}): Promise<void> {
  await toEntry(person, card, wish);
  await typeAccount(person, n);
  await commit(person, card);
}

/** The card off, and the kiosk ready for the next. */
export async function leave(person: Person): Promise<void> {
  await person.takeCard();
  await person.see('goodbye', 'attract');
  await person.see('attract');
}

/** The card's status, PIN included. */
export async function askStatus(person: Person, card: CardStateName): Promise<void> {
  await person.see('attract');
  await person.press('start');
  await person.press('status');
  await person.see('insert-card');
  await person.insertCard(card);
  await commit(person, card);
}

/** By the slip's number, as long as it has not been sent. */
export async function takeBack(person: Person, receipt: string): Promise<void> {
  await person.see('attract');
  await person.press('start');
  await person.press('receipt-lookup');
  await person.see('receipt-find');
  await person.typeField(receipt);
  await person.see('receipt-state');
  await person.press('cancel-it');
  await person.see('receipt-cancel');
  await person.press('cancel-it');
  await person.see('receipt-cancelled');
}

/** Municipal points of a policy with two questions that are answered with yes, from its own screen to the PIN. */
export async function applyForPoints(person: Person, card: CardStateName): Promise<void> {
  await person.see('policy');
  await person.press('next');
  await person.press('yes');
  await person.press('yes');
  await person.see('whose-card');
  await person.press('self');
  await person.press('agree');
  await person.see('insert-card');
  await person.insertCard(card);
  await commit(person, card);
}
