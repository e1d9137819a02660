import type { ContactKind, PhotoHint, PhotoWay } from '../../main/contract/application.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { TestApplicant } from './applicants.ts';
import type { PageDriver } from './page-driver.ts';

export interface ApplicationWish {
  readonly read?: 'scan' | 'keys';
  readonly moved?: boolean;
  readonly contact?: ContactKind | 'none';
  /** Which certificates are not wanted. */
  readonly without?: readonly ('signature' | 'authentication')[];
  readonly braille?: boolean;
  readonly way?: PhotoWay;
  readonly hints?: readonly PhotoHint[];
}

export function scan(page: PageDriver, text: string): void {
  page.send({ type: 'scanned', step: page.now.step, text });
}

/** Types over what is there and says that it is all. */
export function typeOver(page: PageDriver, text: string): void {
  const { step } = page.now;
  page.send({ type: 'type-edit', step, edit: 'clear' });
  for (const key of text) page.send({ type: 'type', step, key });
  page.send({ type: 'type-edit', step, edit: 'ok' });
}

/** From the attract screen (or the menu) until the form was read. */
export async function walkToFormRead(page: PageDriver, who: TestApplicant, read: 'scan' | 'keys' = 'scan'): Promise<Snapshot> {
  const { screen } = await page.see('attract', 'goodbye', 'menu');
  if (screen.name !== 'menu') await page.go('start', 'menu');
  await page.go('card-application', 'about-application');
  await page.go('next', 'form-read');
  if (read === 'scan') scan(page, who.form);
  else {
    typeOver(page, who.form);
    await page.see('form-check');
    page.press('confirm');
  }
  return page.see('form-moved');
}

/** On, until the camera is open. */
export async function walkToPhoto(page: PageDriver, who: TestApplicant, wish: ApplicationWish = {}): Promise<Snapshot> {
  const { read = 'scan', moved = false, contact = 'none', without = [], braille = false, way = 'normal' } = wish;
  await walkToFormRead(page, who, read);
  if (moved) {
    await page.go('yes', 'form-moved-advice');
    await page.go('next', 'contact-kind');
  } else await page.go('no', 'contact-kind');
  if (contact === 'none') {
    await page.go('none', 'contact-none');
    await page.go('next', 'certificates');
  } else {
    await page.go(contact, 'contact-entry');
    typeOver(page, contact === 'email' ? who.email : who.phone);
    await page.see('certificates');
  }
  for (const which of without) await page.go(`toggle-${which}`, 'certificates');
  await page.go('next', 'braille');
  await page.go(braille ? 'yes' : 'no', 'photo-prepare');
  if (way !== 'normal') await page.go(way, 'photo-prepare');
  return page.go('next', 'photo');
}

/** On, until everything is read back (or cannot be accepted). */
export async function walkToReadBack(page: PageDriver, who: TestApplicant, wish: ApplicationWish = {}): Promise<Snapshot> {
  await walkToPhoto(page, who, wish);
  page.sendPhoto(who.photo(), wish.hints);
  const { screen } = await page.see('photo-advice', 'photo-review');
  if (screen.name === 'photo-advice') await page.go('use', 'photo-review');
  return page.go('use', 'application-read-back', 'cannot-accept');
}

/** All of it, with the same form again at the end. */
export async function apply(page: PageDriver, who: TestApplicant, wish: ApplicationWish = {}): Promise<Snapshot> {
  await walkToReadBack(page, who, wish);
  await page.go('confirm', 'form-again');
  scan(page, who.form);
  return page.see('application-accepted', 'received', 'refused', 'parked', 'cannot-accept');
}
