import type { GrantOn } from '../../main/contract/catalogue.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { PageDriver } from './page-driver.ts';

export interface SignUpWish {
  readonly service?: string;
  readonly on?: GrantOn;
  readonly whose?: 'self' | 'child' | 'represented';
  readonly helped?: boolean;
  /** The person says that there is a My Key ID. */
  readonly hasId?: boolean;
  /** Puts the card on the reader. */
  readonly lay: () => void;
}

/** From the menu (or the attract screen) to a service's own screen. */
export async function walkToService(page: PageDriver, service: string): Promise<Snapshot> {
  const { screen } = await page.see('attract', 'goodbye', 'menu');
  if (screen.name !== 'menu') await page.go('start', 'menu');
  await page.go('sign-up', 'about-sign-up');
  await page.go('next', 'finder');
  page.send({ type: 'choose', step: page.now.step, id: service });
  return page.see('service');
}

/** From a service's screen until the card is on the reader and the first field is up. */
export async function walkToEntry(page: PageDriver, wish: SignUpWish): Promise<Snapshot> {
  const { service = 'sakura-prepaid', on = 'charge', whose = 'self', helped = false, hasId = false, lay } = wish;
  if (page.now.screen.name !== 'service') await walkToService(page, service);
  // Somebody who has registered where a service wants that first.
  if ((await page.go(on, 'whose-card', 'pre-registration')).screen.name === 'pre-registration')
    await page.go('yes', 'whose-card');
  await page.go(whose, 'who-types', 'has-id');
  // Asked only where people are helped.
  if (page.now.screen.name === 'who-types') await page.go(helped ? 'helper' : 'holder', 'has-id');
  await page.go(hasId ? 'yes' : 'no', 'terms');
  while (page.now.screen.name === 'terms') await page.go('agree', 'terms', 'insert-card', 'entry');
  if (page.now.screen.name === 'insert-card') lay();
  return page.see('entry', 'card-problem', 'expiring-notice', 'renewed-question');
}

/** Types one field and says that it is all. The screen stays where the field is wrong. */
export async function typeField(page: PageDriver, text: string): Promise<Snapshot> {
  const { step } = page.now;
  page.send({ type: 'type-edit', step, edit: 'clear' });
  for (const key of text) page.send({ type: 'type', step, key });
  page.send({ type: 'type-edit', step, edit: 'ok' });
  return page.until(
    ({ screen, step: now }) => now > step || (screen.name === 'entry' && screen.text === text && screen.problem !== null),
  );
}

/** Every field, one after the other, up to the read-back. */
export async function typeFields(page: PageDriver, fields: readonly string[]): Promise<Snapshot> {
  for (const field of fields) await typeField(page, field);
  return page.see('read-back', 'cannot-accept');
}

/** From the read-back to the PIN pad, with the second read-back where somebody helps. */
export async function confirmReadBack(page: PageDriver): Promise<Snapshot> {
  const { screen } = await page.go('confirm', 'pin', 'pin-last-try', 'hand-over');
  if (screen.name === 'hand-over') {
    await page.go('next', 'read-back');
    await page.go('confirm', 'pin', 'pin-last-try');
  }
  return page.now.screen.name === 'pin' ? page.now : page.go('try-again', 'pin');
}
