import type { TestPki } from '../sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import type { InMemoryReader } from '../sandbox/virtual-reader/in-memory.ts';
import { loggedCard } from './logged-card.ts';
import type { PageDriver } from './page-driver.ts';
import type { Person } from './person.ts';
import { typeField } from './sign-up-walk.ts';

/** What somebody at the Port stands in front of. */
export interface AtPort {
  readonly page: PageDriver;
  readonly reader: InMemoryReader;
  readonly pki: TestPki;
  /** For the log of every command that a card saw. */
  readonly name: string;
}

/** A person without a picture: every press, key and scan goes over the Port, and each step is waited for. */
export function personAtPort({ page, reader, pki, name }: AtPort): Person {
  /** Does something, and waits for the step after the one that is up. */
  const onward = async (act: (step: number) => void) => {
    const { step } = page.now;
    act(step);
    await page.until((next) => next.step > step);
  };
  const choose = (id: string) => onward((step) => page.send({ type: 'choose', step, id }));
  const cards = new Map<CardStateName, ReturnType<typeof createVirtualCard>>();
  // The same card comes back with what was done to it.
  const cardOf = (state: CardStateName) => {
    const card = cards.get(state) ?? createVirtualCard(state, pki);
    cards.set(state, card);
    return card;
  };
  return {
    see: async (...names) => (await page.see(...names)).screen.name,
    press: (button) => onward(() => page.press(button)),
    choose,
    findService: choose,
    async typeField(text) {
      await typeField(page, text);
    },
    async typePin(pin) {
      page.enterPin(pin);
    },
    async scan(text) {
      page.send({ type: 'scanned', step: page.now.step, text });
    },
    async confirm() {
      await page.see('read-back');
      await onward(() => page.press('confirm'));
    },
    async insertCard(state) {
      reader.insert(loggedCard(cardOf(state), name));
    },
    async takeCard() {
      reader.remove();
    },
    pinOf: (state) => cardOf(state).pin,
    async readReceipt() {
      const { screen } = page.now;
      return 'receipt' in screen && typeof screen.receipt === 'string' ? screen.receipt : '';
    },
  };
}
